// SPDX-License-Identifier: MIT
// Minima, start and heads: what stands at single points of the surface.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "web/model/geometry/view_math.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using surfaces::Point;

constexpr float kHead = 6.5F;

// hidden() is true in the 3-D view where another part of the surface stands in front of the point, which is drawn
// faintly.
bool hidden(const PanelContext& context, const ViewFrame& frame, const render::Renderer::Projected& place,
            Point point) {
  const race::HeightField* field = context.render.field();
  if (!frame.scene.camera.three_d || field == nullptr) return false;
  const Rect& rect = frame.scene.rect;
  const auto width = static_cast<double>(rect.width), height = static_cast<double>(rect.height);
  const auto front =
      context.render.orbit(frame.scene)
          .pick(static_cast<double>(place.x - rect.x) / width, static_cast<double>(place.y - rect.y) / height, *field,
                context.render.value_scale(frame.scene));
  const surfaces::Domain& view = frame.scene.camera.view;
  const double size = std::max(view.x1 - view.x0, view.y1 - view.y0);
  return front && std::hypot((*front)[0] - point[0], (*front)[1] - point[1]) > 0.08 * size;
}
constexpr float kFaint = 0.4F;

}  // namespace

void draw_minima(const PanelContext& context, const ViewFrame& frame) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  double lowest = std::numeric_limits<double>::infinity();
  for (const surfaces::Minimum& minimum : context.race.minima) lowest = std::min(lowest, minimum.value);
  for (const surfaces::Minimum& minimum : context.race.minima) {
    const auto place = context.render.project(frame.scene, minimum.point, minimum.value);
    if (!place.visible) continue;
    const ImVec2 centre(place.x, place.y);
    const bool global = minimum.value <= lowest + 1e-9 * std::max(1.0, std::abs(lowest));
    const float strength = hidden(context, frame, place, minimum.point) ? kFaint : 1;
    widgets::draw_marker(list, widgets::Marker::star, centre, global ? 8.5F : 6.0F,
                         widgets::with_alpha(overlay_ink(frame), strength),
                         widgets::with_alpha(overlay_halo(frame), strength));
  }
}

void draw_start(const PanelContext& context, const ViewFrame& frame, bool hovered, bool held) {
  const Point start = context.ui.race.start;
  const auto place = context.render.project(frame.scene, start, height_at(context, start, 0));
  if (!place.visible) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 centre(place.x, place.y);
  const float radius = held ? 13.0F : hovered ? 12.0F : 10.5F;
  if (hovered || held) list->AddCircleFilled(centre, radius + 5, widgets::with_alpha(overlay_ink(frame), 0.18F), 32);
  list->AddCircle(centre, radius, overlay_halo(frame), 32, 4.5F);
  list->AddCircle(centre, radius, overlay_ink(frame), 32, 2);
}

void draw_pin(const PanelContext& context, const ViewFrame& frame, bool lively) {
  if (!context.ui.camera.pin) return;
  const Point point = *context.ui.camera.pin;
  const auto place = context.render.project(frame.scene, point, height_at(context, point, 0));
  if (!place.visible) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = lively ? 7.5F : 6.5F, height = 2.2F * radius;
  const ImVec2 head(place.x, place.y - height);
  // The tangents from the tip touch the head at ±62° from straight down.
  const auto outline = [&] {
    list->PathArcTo(head, radius, 2.66F, 6.77F, 24);
    list->PathLineTo(ImVec2(place.x, place.y));
  };
  outline();
  list->PathStroke(overlay_halo(frame), ImDrawFlags_Closed, 4);
  outline();
  list->PathFillConvex(widgets::palette().accent);
  list->AddCircleFilled(head, 0.36F * radius, overlay_halo(frame), 16);
}

std::optional<HeadPlace> head_place(const PanelContext& context, const ViewFrame& frame, int runner) {
  const int count = static_cast<int>(context.race.runners.size());
  if (runner < 0 || runner >= count) return {};
  const race::RunnerSnapshot& run = context.race.runners[static_cast<std::size_t>(runner)];
  if (run.losses.empty()) return {};
  const std::size_t last = run.losses.size() - 1;
  HeadPlace head;
  head.point = {run.points[2 * last], run.points[2 * last + 1]};
  const auto place = context.render.project(frame.scene, head.point, height_at(context, head.point, run.losses[last]));
  if (!place.visible) return {};
  head.gathered = context.race.step == 0 && count > 1;
  head.hidden = hidden(context, frame, place, head.point);
  const double turn = 2 * std::numbers::pi * runner / count - std::numbers::pi / 2;
  const float aside = head.gathered ? 4.0F + static_cast<float>(count) : 0;
  head.centre = ImVec2(place.x + aside * static_cast<float>(std::cos(turn)),
                       place.y + aside * static_cast<float>(std::sin(turn)));
  return head;
}

void draw_heads(const PanelContext& context, const ViewFrame& frame) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const int count = static_cast<int>(context.race.runners.size());
  // The selected one last, on top.
  for (int k = 0; k <= count; ++k) {
    const int i = k < count ? k : context.ui.selected_runner;
    if (k < count && i == context.ui.selected_runner) continue;
    const std::optional<HeadPlace> head = head_place(context, frame, i);
    if (!head) continue;
    if (i == context.ui.selected_runner && !head->gathered) {
      list->AddCircle(head->centre, kHead + 4, overlay_halo(frame), 32, 3.5F);
      list->AddCircle(head->centre, kHead + 4, overlay_ink(frame), 32, 1.5F);
    }
    const int slot = context.race.runners[static_cast<std::size_t>(i)].config.slot;
    const float strength = head->hidden ? kFaint : 1;
    widgets::draw_marker(list, widgets::runner_marker(slot), head->centre, head->gathered ? 4.5F : kHead,
                         widgets::with_alpha(widgets::runner_color(slot), strength),
                         widgets::with_alpha(overlay_halo(frame), strength));
  }
}

std::vector<LabelBox> marks_of(const PanelContext& context, const ViewFrame& frame) {
  constexpr float kRing = 13;
  std::vector<LabelBox> boxes;
  const auto add = [&boxes](ImVec2 centre, float reach) {
    boxes.push_back(label_box(ImVec2(centre.x - reach, centre.y - reach), ImVec2(centre.x + reach, centre.y + reach)));
  };
  const Point start = context.ui.race.start;
  if (const auto place = context.render.project(frame.scene, start, height_at(context, start, 0)); place.visible)
    add(ImVec2(place.x, place.y), kRing);
  for (int i = 0; i < static_cast<int>(context.race.runners.size()); ++i)
    if (const std::optional<HeadPlace> head = head_place(context, frame, i)) add(head->centre, kHead + 4);
  return boxes;
}

}  // namespace descent::web
