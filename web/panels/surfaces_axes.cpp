// SPDX-License-Identifier: MIT
// Ticks and their labels round the picture of the surface, and the colour bar beside it.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "web/panels/surfaces_overlay.h"
#include "web/render/colormap.h"
#include "web/surface_view_math.h"
#include "web/widgets/format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kTick = 4;
constexpr float kTickSpacing = 76;  // points between labels, at least

void small_label(ImDrawList* list, ImVec2 at, std::string_view text, ImU32 color) {
  list->AddText(ImVec2(std::floor(at.x), std::floor(at.y)), color, text.data(), text.data() + text.size());
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
  small_label(list, ImVec2(high.x + 6, high.y - line / 2 - 1), "x", palette().text);
  small_label(list, ImVec2(low.x - (frame.compact ? 36.0F : 42.0F), (low.y + high.y) / 2 - line), "y", palette().text);
  for (const Tick& tick : linear_ticks(frame.shown.y0, frame.shown.y1, count((high.y - low.y) * 1.3F))) {
    const float y = low.y + static_cast<float>((frame.shown.y1 - tick.value) / unit);
    list->AddLine(ImVec2(low.x - kTick, y), ImVec2(low.x, y), color);
    const float top = std::clamp(y - line / 2, low.y - 2, high.y - line + 2);
    small_label(list, ImVec2(low.x - kTick - 4 - widgets::text_width(tick.label), top), tick.label, color);
  }
}

// Along the two edges of the base that are nearest to the viewer.
void draw_orbit_axes(const PanelContext& context, const ViewFrame& frame) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const SurfaceCamera& camera = frame.scene.camera;
  const surfaces::Domain& view = camera.view;
  const double bottom = context.render.value_scale(frame.scene).low;
  const double near_y = std::cos(camera.yaw) > 0 ? view.y0 : view.y1;
  const double near_x = std::sin(camera.yaw) > 0 ? view.x1 : view.x0;
  const ImU32 color = palette().text_muted;
  const auto at = [&](double x, double y) {
    const auto p = context.render.project(frame.scene, {x, y}, bottom);
    return ImVec2(p.x, p.y);
  };
  const ImVec2 centre = at(0.5 * (view.x0 + view.x1), 0.5 * (view.y0 + view.y1));
  const auto label = [&](ImVec2 p, const std::string& text) {
    const ImVec2 out(p.x - centre.x, p.y - centre.y);
    const float length = std::max(std::hypot(out.x, out.y), 1.0F);
    const ImVec2 tip(p.x + out.x / length * 5, p.y + out.y / length * 5);
    list->AddLine(p, tip, color);
    small_label(list,
                ImVec2(tip.x + out.x / length * 12 - widgets::text_width(text) / 2,
                       tip.y + out.y / length * 10 - ImGui::GetTextLineHeight() / 2),
                text, color);
  };
  list->AddLine(at(view.x0, near_y), at(view.x1, near_y), palette().text_faint);
  list->AddLine(at(near_x, view.y0), at(near_x, view.y1), palette().text_faint);
  // The corner where both edges meet would get two labels on one another.
  const auto clear_of = [](double value, double corner, double from, double to) {
    return std::abs(value - corner) > 0.06 * (to - from);
  };
  for (const Tick& tick : linear_ticks(view.x0, view.x1, 5))
    if (clear_of(tick.value, near_x, view.x0, view.x1)) label(at(tick.value, near_y), tick.label);
  for (const Tick& tick : linear_ticks(view.y0, view.y1, 5))
    if (clear_of(tick.value, near_y, view.y0, view.y1)) label(at(near_x, tick.value), tick.label);
  const auto name = [&](ImVec2 p, std::string_view text) {
    small_label(list, ImVec2(p.x + (p.x - centre.x) * 0.22F, p.y + (p.y - centre.y) * 0.22F), text, palette().text);
  };
  name(at(0.5 * (view.x0 + view.x1), near_y), "x");
  name(at(near_x, 0.5 * (view.y0 + view.y1)), "y");
}

std::string bar_label(double value) {
  const double exponent = std::log10(std::abs(value));
  if (value > 0 && std::abs(exponent) > 2.5 && exponent == std::round(exponent))
    return widgets::power_of_ten(static_cast<int>(exponent));
  return widgets::display_number(value, 4);
}

}  // namespace

void draw_axes(const PanelContext& context, const ViewFrame& frame) {
  widgets::push_font(widgets::Font::small);
  if (frame.scene.camera.three_d)
    draw_orbit_axes(context, frame);
  else
    draw_flat_axes(frame);
  widgets::pop_font();
}

void draw_color_bar(const PanelContext& context, const ViewFrame& frame, ImVec2 low, ImVec2 high) {
  if (context.render.field() == nullptr || high.y - low.y < 40) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ValueScale scale = context.render.value_scale(frame.scene);
  constexpr int kStrips = 48;
  for (int i = 0; i < kStrips; ++i) {
    const auto y = [&](int k) { return high.y - (high.y - low.y) * static_cast<float>(k) / kStrips; };
    const auto color = [&](int k) {
      const render::Rgb c = render::surface_color(frame.scene.theme, static_cast<float>(k) / kStrips);
      return ImGui::ColorConvertFloat4ToU32(ImVec4(c.r, c.g, c.b, 1));
    };
    list->AddRectFilledMultiColor(ImVec2(low.x, y(i + 1)), ImVec2(high.x, y(i)), color(i + 1), color(i + 1), color(i),
                                  color(i));
  }
  widgets::push_font(widgets::Font::small);
  const float line = ImGui::GetTextLineHeight();
  const int count = std::max(2, static_cast<int>((high.y - low.y) / 34));
  for (const double value : scale_ticks(scale, count)) {
    const float y = high.y - (high.y - low.y) * static_cast<float>(std::clamp(scale(value), 0.0, 1.0));
    list->AddLine(ImVec2(high.x, y), ImVec2(high.x + kTick, y), palette().text_muted);
    small_label(list, ImVec2(high.x + kTick + 4, std::clamp(y - line / 2, low.y - 2, high.y - line + 2)),
                bar_label(value), palette().text_muted);
  }
  widgets::pop_font();
}

}  // namespace descent::web
