// SPDX-License-Identifier: MIT
// Ticks and their labels round the picture of the surface, and the colour bar beside it.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "web/model/geometry/view_math.h"
#include "web/model/plots/colormap.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kTick = 4;
constexpr float kTickSpacing = 76;  // points between labels, at least
constexpr float kOrbitTick = 5;     // and as much again to the label
constexpr int kOrbitTicks = 5;      // of each axis, about

void small_label(ImDrawList* list, ImVec2 at, std::string_view text, ImU32 color) {
  list->AddText(ImVec2(std::floor(at.x), std::floor(at.y)), color, text.data(), text.data() + text.size());
}

void report(std::string_view name, ImVec2 low, ImVec2 high) {
  ImGui::ItemAdd(ImRect(low, high), 0);
  annotate_item(name, "mark");
}

void draw_flat_axes(const ViewFrame& frame) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = frame.low(), high = frame.high();
  const double unit = frame.unit();
  const float line = ImGui::GetTextLineHeight();
  const ImU32 color = palette().text_muted;
  const auto count = [](float length) { return std::max(2, static_cast<int>(length / kTickSpacing)); };
  for (const Tick& tick : linear_ticks(frame.shown.x0, frame.shown.x1, count(high.x - low.x))) {
    const float x = low.x + static_cast<float>((tick.value - frame.shown.x0) / unit);
    list->AddLine(ImVec2(x, high.y), ImVec2(x, high.y + kTick), color);
    const float width = widgets::text_width(tick.label);
    const float left = std::clamp(x - width / 2, low.x - 8, high.x - width);
    small_label(list, ImVec2(left, high.y + kTick + 1), tick.label, color);
  }
  // The name stands in the row of the ticks' numbers: beside the picture stands the colour bar.
  small_label(list, ImVec2(high.x + 6, high.y + kTick + 1), "x", palette().text);
  report("x axis", ImVec2(high.x + 6, high.y + kTick + 1), ImVec2(high.x + 14, high.y + kTick + 1 + line));
  small_label(list, ImVec2(low.x - (frame.compact ? 36.0F : 42.0F), (low.y + high.y) / 2 - line), "y", palette().text);
  for (const Tick& tick : linear_ticks(frame.shown.y0, frame.shown.y1, count((high.y - low.y) * 1.3F))) {
    const float y = low.y + static_cast<float>((frame.shown.y1 - tick.value) / unit);
    list->AddLine(ImVec2(low.x - kTick, y), ImVec2(low.x, y), color);
    const float top = std::clamp(y - line / 2, low.y - 2, high.y - line + 2);
    small_label(list, ImVec2(low.x - kTick - 4 - widgets::text_width(tick.label), top), tick.label, color);
  }
}

// Ticks along the two floor edges that are nearest to the viewer and up the left edge of the block; the edges
// themselves belong to the picture.
class OrbitAxes {
 public:
  OrbitAxes(const PanelContext& context, const ViewFrame& frame)
      : context_(context),
        orbit_(context.render.orbit(frame.scene)),
        frame_(frame),
        view_(frame.scene.camera.view),
        near_(orbit_.near_corner()),
        far_{view_.x0 + view_.x1 - near_[0], view_.y0 + view_.y1 - near_[1]},
        left_(at({near_[0], far_[1]}, 0).x < at({far_[0], near_[1]}, 0).x ? surfaces::Point{near_[0], far_[1]}
                                                                          : surfaces::Point{far_[0], near_[1]}),
        upright_(at(left_, 0)),
        centre_(at({0.5 * (view_.x0 + view_.x1), 0.5 * (view_.y0 + view_.y1)}, 0)) {}

  void draw() const {
    floor_axis(0, "x");
    floor_axis(1, "y");
    upright_axis();
  }

 private:
  [[nodiscard]] ImVec2 at(surfaces::Point point, double t) const {
    const OrbitView::Clip clip = orbit_.clip(point, t);
    const Rect& rect = frame_.scene.rect;
    return ImVec2(rect.x + rect.width * static_cast<float>(0.5 + 0.5 * clip.x / clip.w),
                  rect.y + rect.height * static_cast<float>(0.5 - 0.5 * clip.y / clip.w));
  }
  void floor_axis(std::size_t axis, std::string_view name) const;
  void upright_axis() const;
  // A tick at `p`, its label beyond.
  void label(std::string_view axis, ImVec2 p, ImVec2 outwards, std::string_view text) const;

  const PanelContext& context_;
  const OrbitView& orbit_;
  const ViewFrame& frame_;
  surfaces::Domain view_;
  surfaces::Point near_, far_, left_;  // corners
  ImVec2 upright_, centre_;            // on the floor
  ImDrawList* list_ = ImGui::GetWindowDrawList();
};

void OrbitAxes::label(std::string_view axis, ImVec2 p, ImVec2 outwards, std::string_view text) const {
  const float length = std::max(std::hypot(outwards.x, outwards.y), 1.0F);
  const ImVec2 out(outwards.x / length, outwards.y / length);
  const ImVec2 tip(p.x + out.x * kOrbitTick, p.y + out.y * kOrbitTick);
  list_->AddLine(p, tip, palette().text_faint);
  const float width = widgets::text_width(text), height = ImGui::GetTextLineHeight();
  const ImVec2 low(tip.x + out.x * (kOrbitTick + width / 2) - width / 2, tip.y + out.y * (4 + height / 2) - height / 2);
  small_label(list_, low, text, palette().text_muted);
  report(std::string(axis) + " tick " + std::string(text), low, ImVec2(low.x + width, low.y + height));
}

void OrbitAxes::floor_axis(std::size_t axis, std::string_view name) const {
  const double low = axis == 0 ? view_.x0 : view_.y0, high = axis == 0 ? view_.x1 : view_.y1;
  surfaces::Point point = near_;
  point[axis] = 0.5 * (low + high);
  const ImVec2 middle = at(point, 0);
  const ImVec2 outwards(middle.x - centre_.x, middle.y - centre_.y);
  for (const Tick& tick : linear_ticks(low, high, kOrbitTicks)) {
    // The corner where both edges meet would get two labels on one another.
    if (std::abs(tick.value - near_[axis]) < 0.06 * (high - low)) continue;
    point[axis] = tick.value;
    const ImVec2 p = at(point, 0);
    if (std::hypot(p.x - upright_.x, p.y - upright_.y) < 16) continue;  // where the upright axis has its label
    label(name, p, outwards, tick.label);
  }
  const float reach = 34 / std::max(std::hypot(outwards.x, outwards.y), 1.0F);
  small_label(list_, ImVec2(middle.x + outwards.x * reach - 3, middle.y + outwards.y * reach - 8), name,
              palette().text);
}

void OrbitAxes::upright_axis() const {
  const ImVec2 high = at(left_, 1);
  const ValueScale scale = context_.render.value_scale(frame_.scene);
  const float room = std::abs(upright_.y - high.y);
  if (room < 30) return;  // seen from above
  float last = 1e9F;
  for (const Tick& tick : labelled_ticks(scale, kOrbitTicks)) {
    if (tick.value < scale.low + scale.base || tick.value > scale.high - scale.crown) continue;
    const ImVec2 p = at(left_, std::clamp(scale.relief(tick.value), 0.0, 1.0));
    if (last - p.y < ImGui::GetTextLineHeight()) continue;
    last = p.y;
    label("f", p, ImVec2(-1, 0), tick.label);
  }
  small_label(list_, ImVec2(high.x - 4, high.y - 20), "f", palette().text);
}

}  // namespace

void draw_axes(const PanelContext& context, const ViewFrame& frame) {
  widgets::push_font(widgets::Font::small);
  if (frame.scene.camera.three_d)
    OrbitAxes(context, frame).draw();
  else
    draw_flat_axes(frame);
  widgets::pop_font();
}

OrbitRoom orbit_room(const PanelContext& context, const ViewFrame& frame) {
  const surfaces::Domain& view = frame.scene.camera.view;
  widgets::push_font(widgets::Font::small);
  float floor = 0, upright = 0;
  for (const auto& [low, high] : {std::pair(view.x0, view.x1), std::pair(view.y0, view.y1)})
    for (const Tick& tick : linear_ticks(low, high, kOrbitTicks))
      floor = std::max(floor, widgets::text_width(tick.label));
  for (const Tick& tick : labelled_ticks(context.render.value_scale(frame.scene), kOrbitTicks))
    upright = std::max(upright, widgets::text_width(tick.label));
  const float below = 2 * kOrbitTick + ImGui::GetTextLineHeight();
  widgets::pop_font();
  const float width = std::max(frame.scene.rect.width, 1.0F), height = std::max(frame.scene.rect.height, 1.0F);
  constexpr float kEdge = 2, kAbove = 22;  // the name of the upright axis
  const auto beside = [&](float label) { return static_cast<double>((2 * kOrbitTick + label + kEdge) / width); };
  return {beside(std::max(floor, upright)), static_cast<double>(std::min(kAbove / height, 0.2F)), beside(floor),
          static_cast<double>(below / height)};
}

void draw_color_bar(const PanelContext& context, const ViewFrame& frame, ImVec2 low, ImVec2 high) {
  if (context.render.field() == nullptr || high.y - low.y < 40) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ValueScale scale = context.render.value_scale(frame.scene);
  constexpr int kStrips = 48;
  for (int i = 0; i < kStrips; ++i) {
    const auto y = [&](int k) { return high.y - (high.y - low.y) * static_cast<float>(k) / kStrips; };
    const auto color = [&](int k) {
      const Rgb c = surface_color(frame.scene.theme, static_cast<float>(k) / kStrips);
      return ImGui::ColorConvertFloat4ToU32(ImVec4(c.r, c.g, c.b, 1));
    };
    list->AddRectFilledMultiColor(ImVec2(low.x, y(i + 1)), ImVec2(high.x, y(i)), color(i + 1), color(i + 1), color(i),
                                  color(i));
  }
  report("colour bar", low, ImVec2(high.x + 2 * kTick, high.y));
  widgets::push_font(widgets::Font::small);
  const float line = ImGui::GetTextLineHeight();
  const int count = std::max(2, static_cast<int>((high.y - low.y) / 34));
  for (const Tick& tick : labelled_ticks(scale, count)) {
    const float y = high.y - (high.y - low.y) * static_cast<float>(std::clamp(scale(tick.value), 0.0, 1.0));
    list->AddLine(ImVec2(high.x, y), ImVec2(high.x + kTick, y), palette().text_muted);
    const ImVec2 at(high.x + kTick + 4, std::clamp(y - line / 2, low.y - 2, high.y - line + 2));
    small_label(list, at, tick.label, palette().text_muted);
    report("colour bar " + tick.label, at, ImVec2(at.x + widgets::text_width(tick.label), at.y + line));
  }
  widgets::pop_font();
}

}  // namespace descent::web
