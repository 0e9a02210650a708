// SPDX-License-Identifier: MIT
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "web/panels/surfaces_overlay.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using surfaces::Point;

struct Ellipse {
  Point centre{};
  std::array<double, 2> half{};  // surface units, along the eigenvectors
  bool indefinite = false;
};

Ellipse ellipse_of(const surfaces::LocalModel& model, Point centre, double size) {
  Ellipse ellipse;
  ellipse.centre = centre;
  const double a = std::abs(model.eigenvalues[0]);
  const double b = std::abs(model.eigenvalues[1]);
  const double least = std::max(std::min(a, b), std::max(a, b) * 1e-6);
  for (std::size_t k = 0; k < 2; ++k)
    ellipse.half[k] = size * std::sqrt(least / std::max(std::abs(model.eigenvalues[k]), least));
  ellipse.indefinite = !(model.eigenvalues[0] > 0);
  return ellipse;
}

void stroke(ImDrawList* list, const std::vector<ImVec2>& points, bool dashed, ImU32 color, float width) {
  if (!dashed) {
    list->AddPolyline(points.data(), static_cast<int>(points.size()), color, ImDrawFlags_None, width);
    return;
  }
  float walked = 0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if (std::fmod(walked, 11.0F) < 6.5F) list->AddLine(points[i], points[i + 1], color, width);
    walked += std::hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y);
  }
}

}  // namespace

void draw_ellipse(const PanelContext& context, const ViewFrame& frame) {
  const int selected = context.ui.selected_runner;
  if (selected < 0 || selected >= static_cast<int>(context.race.runners.size())) return;
  const train::RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(selected)];
  if (runner.losses.empty()) return;
  const surfaces::LocalModel& model = runner.head;
  if (!std::isfinite(model.eigenvalues[0]) || !std::isfinite(model.eigenvalues[1])) return;
  if (model.eigenvalues[0] == 0 && model.eigenvalues[1] == 0) return;
  const std::size_t last = runner.losses.size() - 1;
  const Point head{runner.points[2 * last], runner.points[2 * last + 1]};
  if (!context.render.project(frame.scene, head, model.value).visible) return;
  const double extent =
      std::min(static_cast<double>(frame.scene.rect.width), static_cast<double>(frame.scene.rect.height));
  const surfaces::Domain& view = frame.scene.camera.view;
  const double size =
      frame.scene.camera.three_d ? 0.16 * std::min(view.x1 - view.x0, view.y1 - view.y0) : 0.17 * extent * frame.unit();
  const Ellipse ellipse = ellipse_of(model, head, size);
  const auto point_at = [&](double along, double across) {
    const auto& v = model.eigenvectors;
    return Point{ellipse.centre[0] + along * v[0] + across * v[2], ellipse.centre[1] + along * v[1] + across * v[3]};
  };
  const auto place = [&](Point p) {
    const auto q = context.render.project(frame.scene, p, height_at(context, p, model.value));
    return ImVec2(q.x, q.y);
  };
  constexpr int kPieces = 144;
  std::vector<ImVec2> outline(kPieces + 1);
  for (int i = 0; i <= kPieces; ++i) {
    const double angle = 2 * 3.14159265358979323846 * i / kPieces;
    outline[static_cast<std::size_t>(i)] =
        place(point_at(ellipse.half[0] * std::cos(angle), ellipse.half[1] * std::sin(angle)));
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 dark = widgets::with_alpha(overlay_halo(frame), 0.6F);
  for (std::size_t k = 0; k < 2; ++k) {
    const double a = k == 0 ? ellipse.half[0] : 0, b = k == 1 ? ellipse.half[1] : 0;
    const std::vector<ImVec2> axis{place(point_at(-a, -b)), place(point_at(a, b))};
    stroke(list, axis, false, dark, 2.6F);
    stroke(list, axis, false, widgets::with_alpha(overlay_ink(frame), 0.55F), 1.1F);
  }
  stroke(list, outline, ellipse.indefinite, dark, 3.6F);
  stroke(list, outline, ellipse.indefinite, overlay_ink(frame), 1.6F);
}

}  // namespace descent::web
