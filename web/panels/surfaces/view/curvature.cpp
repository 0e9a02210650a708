// SPDX-License-Identifier: MIT
// The local quadratic model at the chosen head, drawn on the surface: the level set of f + ½ dᵀ H d round the head, the
// direction −∇f, and Newton's step −H⁻¹ ∇f, which ends where the model's gradient is zero.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "web/model/geometry/arrow_labels.h"
#include "web/model/geometry/view_math.h"
#include "web/model/words/point_words.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using surfaces::LocalModel;
using surfaces::Point;

constexpr int kOutlinePieces = 72, kDashedPieces = 144;         // of the ellipse
constexpr int kMeshPieces = 32;                                 // of a straight line on the mesh
constexpr double kEllipseSize = 0.17, kMeshEllipseSize = 0.11;  // longer half axis, of the picture's smaller side
constexpr double kGradientArrow = 0.16, kLongestNewton = 0.5;   // of the same
constexpr float kShortestArrow = 9;                             // points; below, an arrow says nothing
constexpr float kHeadLength = 9, kHeadHalfWidth = 4.2F;
constexpr float kHeadRadius = 11;  // of the chosen head's ring: arrows begin outside

double wide(float value) {
  return static_cast<double>(value);
}

class CurvatureDrawing {
 public:
  CurvatureDrawing(const PanelContext& context, const ViewFrame& frame, const LocalModel& model, Point head)
      : context_(context),
        frame_(frame),
        model_(model),
        head_(head),
        ink_(overlay_ink(frame)),
        halo_(widgets::with_alpha(overlay_halo(frame), 0.6F)) {
    const surfaces::Domain& view = frame.scene.camera.view;
    const double side =
        std::min(static_cast<double>(frame.scene.rect.width), static_cast<double>(frame.scene.rect.height));
    extent_ = frame.scene.camera.three_d ? std::min(view.x1 - view.x0, view.y1 - view.y0) : side * frame.unit();
  }

  void ellipse() const;
  void gradient();
  void newton();
  // Draws the names of the arrows, over all of them.
  void names();

 private:
  [[nodiscard]] ImVec2 place(Point point) const {
    const auto q = context_.render.project(frame_.scene, point, height_at(context_, point, model_.value));
    return ImVec2(q.x, q.y);
  }
  [[nodiscard]] std::vector<ImVec2> line(Point from, Point to, int pieces) const;
  void stroke(const std::vector<ImVec2>& points, bool dashed, ImU32 color, float width) const;
  // arrow() goes from the head's ring to head + step, dashed for the model's step, solid for what the surface says.
  void arrow(Point step, bool dashed, const char* name);

  const PanelContext& context_;
  const ViewFrame& frame_;
  const LocalModel& model_;
  Point head_;
  double extent_ = 1;  // surface units
  ImU32 ink_, halo_;
  std::array<NamedArrow, 2> arrows_;
  std::array<const char*, 2> names_{};  // of arrows_
  std::size_t count_ = 0;
  ImDrawList* list_ = ImGui::GetWindowDrawList();
};

std::vector<ImVec2> CurvatureDrawing::line(Point from, Point to, int pieces) const {
  std::vector<ImVec2> points;
  for (int i = 0; i <= pieces; ++i) {
    const double s = static_cast<double>(i) / pieces;
    points.push_back(place({from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1])}));
  }
  return points;
}

// Widths are whole numbers: lines of these need a third of the triangles.
void CurvatureDrawing::stroke(const std::vector<ImVec2>& points, bool dashed, ImU32 color, float width) const {
  if (!dashed) {
    list_->AddPolyline(points.data(), static_cast<int>(points.size()), color, ImDrawFlags_None, width);
    return;
  }
  constexpr float kDash = 6.5F, kPeriod = 11;
  float walked = 0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const ImVec2 a = points[i], b = points[i + 1];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    for (float at = 0; at < length;) {
      const float phase = std::fmod(walked + at, kPeriod);
      const float step = std::clamp((phase < kDash ? kDash : kPeriod) - phase, 0.05F, std::max(length - at, 0.05F));
      const float from = at / length, to = std::min((at + step) / length, 1.0F);
      if (phase < kDash)
        list_->AddLine(ImVec2(a.x + from * (b.x - a.x), a.y + from * (b.y - a.y)),
                       ImVec2(a.x + to * (b.x - a.x), a.y + to * (b.y - a.y)), color, width);
      at += step;
    }
    walked += length;
  }
}

void CurvatureDrawing::ellipse() const {
  const double a = std::abs(model_.eigenvalues[0]), b = std::abs(model_.eigenvalues[1]);
  if (a == 0 && b == 0) return;
  const double least = std::max(std::min(a, b), std::max(a, b) * 1e-6);
  const double size = frame_.scene.camera.three_d ? kMeshEllipseSize : kEllipseSize;
  std::array<double, 2> half{};
  for (std::size_t k = 0; k < 2; ++k)
    half[k] = size * extent_ * std::sqrt(least / std::max(std::abs(model_.eigenvalues[k]), least));
  const auto point_at = [&](double along, double across) {
    const auto& v = model_.eigenvectors;
    return Point{head_[0] + along * v[0] + across * v[2], head_[1] + along * v[1] + across * v[3]};
  };
  for (std::size_t k = 0; k < 2; ++k) {
    const double u = k == 0 ? half[0] : 0, v = k == 1 ? half[1] : 0;
    const std::vector<ImVec2> axis = line(point_at(-u, -v), point_at(u, v), frame_.scene.camera.three_d ? 24 : 1);
    stroke(axis, false, halo_, 2);
    stroke(axis, false, widgets::with_alpha(ink_, 0.4F), 1);
  }
  const bool indefinite = !(model_.eigenvalues[0] > 0);
  const int pieces = indefinite ? kDashedPieces : kOutlinePieces;
  std::vector<ImVec2> outline;
  for (int i = 0; i <= pieces; ++i) {
    const double angle = 2 * std::numbers::pi * i / pieces;
    outline.push_back(place(point_at(half[0] * std::cos(angle), half[1] * std::sin(angle))));
  }
  stroke(outline, indefinite, halo_, 4);
  stroke(outline, indefinite, ink_, 2);
}

void CurvatureDrawing::arrow(Point step, bool dashed, const char* name) {
  const ImVec2 centre = place(head_);
  std::vector<ImVec2> points =
      line(head_, {head_[0] + step[0], head_[1] + step[1]}, frame_.scene.camera.three_d ? kMeshPieces : 1);
  const ImVec2 tip = points.back();
  const float length = std::hypot(tip.x - centre.x, tip.y - centre.y);
  if (!(length > kHeadRadius + kShortestArrow)) return;
  const auto distance = [](ImVec2 a, ImVec2 b) { return std::hypot(a.x - b.x, a.y - b.y); };
  // The shaft, without what lies under the head's ring and under the arrow's head.
  const ImVec2 next = points[1];
  std::erase_if(points,
                [&](ImVec2 p) { return distance(p, centre) < kHeadRadius || distance(p, tip) < 0.7F * kHeadLength; });
  const float first = std::max(distance(next, centre), 1.0F);
  const ImVec2 begin(centre.x + kHeadRadius * (next.x - centre.x) / first,
                     centre.y + kHeadRadius * (next.y - centre.y) / first);
  points.insert(points.begin(), begin);
  const ImVec2 last = points.back();
  const float back = distance(last, tip);
  const ImVec2 along((tip.x - last.x) / back, (tip.y - last.y) / back), across(-along.y, along.x);
  const ImVec2 foot(tip.x - kHeadLength * along.x, tip.y - kHeadLength * along.y);
  const ImVec2 left(foot.x + kHeadHalfWidth * across.x, foot.y + kHeadHalfWidth * across.y);
  const ImVec2 right(foot.x - kHeadHalfWidth * across.x, foot.y - kHeadHalfWidth * across.y);
  points.push_back(foot);
  stroke(points, dashed, halo_, 4);
  stroke(points, dashed, ink_, 2);
  list_->AddTriangle(tip, left, right, halo_, 2.5F);
  list_->AddTriangleFilled(tip, left, right, ink_);
  widgets::push_font(widgets::Font::small);
  arrows_[count_] = {wide(begin.x),
                     wide(begin.y),
                     wide(tip.x),
                     wide(tip.y),
                     wide(widgets::text_width(name) + 6),
                     wide(ImGui::GetTextLineHeight()),
                     {}};
  widgets::pop_font();
  names_[count_++] = name;
}

void CurvatureDrawing::names() {
  const ImVec2 low = frame_.low(), high = frame_.high(), head = place(head_);
  const double x = wide(head.x), y = wide(head.y), ring = wide(kHeadRadius);
  place_arrow_labels(std::span(arrows_).first(count_),
                     {wide(low.x) + 2, wide(low.y) + 2, wide(high.x) - 2, wide(high.y) - 2},
                     {x - ring, y - ring, x + ring, y + ring}, frame_.kept_free);
  widgets::push_font(widgets::Font::small);
  for (std::size_t i = 0; i < count_; ++i) {
    const LabelBox& name = arrows_[i].name;
    const ImRect box(static_cast<float>(name.x0), static_cast<float>(name.y0), static_cast<float>(name.x1),
                     static_cast<float>(name.y1));
    list_->AddRectFilled(box.Min, box.Max, halo_, 4);
    list_->AddText(ImVec2(box.Min.x + 3, box.Min.y), ink_, names_[i]);
    ImGui::ItemAdd(box, 0);
    annotate_item(names_[i], "mark");
  }
  widgets::pop_font();
}

void CurvatureDrawing::gradient() {
  const double slope = std::hypot(model_.gradient[0], model_.gradient[1]);
  if (!(slope > 0) || !std::isfinite(slope)) return;
  const double length = kGradientArrow * extent_ / slope;
  arrow({-length * model_.gradient[0], -length * model_.gradient[1]}, false, "−∇f");
}

void CurvatureDrawing::newton() {
  const Point step = surfaces::newton_step(model_);
  const double length = std::hypot(step[0], step[1]);
  if (!std::isfinite(length)) return;
  const double shortened = std::min(1.0, kLongestNewton * extent_ / length);
  arrow({shortened * step[0], shortened * step[1]}, true, "Newton");
}

bool stationary(surfaces::PointKind kind) {
  using enum surfaces::PointKind;
  return kind == minimum || kind == maximum || kind == saddle || kind == flat;
}

}  // namespace

void draw_curvature(const PanelContext& context, const ViewFrame& frame) {
  const int selected = context.ui.selected_runner;
  if (selected < 0 || selected >= static_cast<int>(context.race.runners.size())) return;
  const race::RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(selected)];
  if (runner.losses.empty()) return;
  const LocalModel& model = runner.head;
  if (!std::isfinite(model.eigenvalues[0]) || !std::isfinite(model.eigenvalues[1])) return;
  const std::size_t last = runner.losses.size() - 1;
  const Point head{runner.points[2 * last], runner.points[2 * last + 1]};
  if (!context.render.project(frame.scene, head, height_at(context, head, model.value)).visible) return;
  CurvatureDrawing drawing(context, frame, model, head);
  drawing.ellipse();
  if (stationary(kind_of_point(context.race, model))) return;  // directions would be those of rounding errors
  drawing.newton();
  drawing.gradient();
  drawing.names();
}

}  // namespace descent::web
