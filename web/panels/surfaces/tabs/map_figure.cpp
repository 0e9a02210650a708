// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/map_figure.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"
#include "engine/survey/survey_csv.h"
#include "web/model/plots/colormap.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/state/race_defaults.h"
#include "web/widgets/controls.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using survey::HeatMapSnapshot;
using widgets::kGrid;
using widgets::palette;

constexpr float kGutter = 46;    // at the left, for the numbers of the vertical axis
constexpr float kWidest = 2.2F;  // times the height
constexpr float kBar = 12, kBarLabels = 62;
constexpr float kTick = 4;

std::optional<double> lowest_of(const race::RaceSnapshot& race) {
  std::optional<double> lowest;
  for (const surfaces::Minimum& minimum : race.minima) lowest = std::min(lowest.value_or(minimum.value), minimum.value);
  return lowest;
}

// Axes are what the map's axes vary in the race that is shown; nothing while that is another surface or optimizer.
using Axes = std::optional<std::pair<survey::AxisChoice, survey::AxisChoice>>;
Axes axes_of(const PanelContext& context) {
  const survey::HeatMapConfig& map = context.surveys.heat_map.config;
  const race::RaceConfig& race = context.ui.race;
  const race::RunnerConfig& runner = race.runners[static_cast<std::size_t>(context.ui.selected_runner)];
  const surfaces::SurfaceInfo* surface = shown_surface(race, context.race);
  if (surface == nullptr || map.runner.optimizer != runner.optimizer || map.surface.surface != race.surface ||
      map.surface.expression != race.expression)
    return {};
  const optim::OptimizerInfo& optimizer = *optim::find_optimizer(runner.optimizer)->info;
  const auto x = survey::find_axis(optimizer, *surface, map.x.name);
  const auto y = survey::find_axis(optimizer, *surface, map.y.name);
  if (!x.ok() || !y.ok()) return {};
  return std::pair(*x, *y);
}

std::size_t cell_of(std::span<const double> values, const PlotAxis& axis, double value) {
  const double t = std::clamp(axis.position(value), 0.0, 1.0);
  return static_cast<std::size_t>(std::lround(t * static_cast<double>(values.size() - 1)));
}

}  // namespace

// Colours anew when the map, the theme or what the colours mean has changed.
void MapFigure::colour(const PanelContext& context) {
  const HeatMapSnapshot& map = context.surveys.heat_map;
  const std::optional<double> lowest = lowest_of(context.race);
  if (!pixels_.empty() && seen_version_ == map.version && seen_progress_ == map.progress &&
      seen_theme_ == context.ui.theme && seen_lowest_ == lowest)
    return;
  seen_version_ = map.version;
  seen_progress_ = map.progress;
  seen_theme_ = context.ui.theme;
  seen_lowest_ = lowest;
  scale_ = heat_scale(map, lowest);
  pixels_ = heat_pixels(map, scale_, context.ui.theme);
  ++pixels_version_;
  caption_ =
      core::fill("{} after {} steps", scale_.log ? above_words(scale_.base, scale_.high, 5) : "f", map.config.steps);
}

void MapFigure::draw_axes(const PanelContext& context) const {
  const HeatMapSnapshot& map = context.surveys.heat_map;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect& box = figure_.box;
  const float line = ImGui::GetTextLineHeight();
  const ImU32 color = palette().text_faint;
  const std::string across = display_name(map.config.x.name);
  const float label_width = widgets::text_width(across);
  const float label_left = std::max(box.Max.x - label_width, box.Min.x - kGutter);
  const float below = box.Max.y + kTick + line / 2 + 2;
  widgets::draw_text(list, ImVec2(label_left, below), label_left + label_width + 1, palette().text_muted, across);
  for (const PlotTick& tick : figure_.x.ticks(box.GetWidth(), 64)) {
    if (tick.label.empty()) continue;
    const float x = box.Min.x + static_cast<float>(tick.position) * box.GetWidth();
    list->AddLine(ImVec2(x, box.Max.y), ImVec2(x, box.Max.y + kTick), color);
    const float width = widgets::text_width(tick.label);
    const float left = std::max(x - width / 2, box.Min.x - 8);
    if (left + width < label_left - 6)
      widgets::draw_text(list, ImVec2(left, below), left + width + 1, color, tick.label);
  }
  for (const PlotTick& tick : figure_.y.ticks(box.GetHeight(), 30)) {
    if (tick.label.empty()) continue;
    const float y = box.Max.y - static_cast<float>(tick.position) * box.GetHeight();
    list->AddLine(ImVec2(box.Min.x - kTick, y), ImVec2(box.Min.x, y), color);
    const float middle = std::clamp(y, box.Min.y + line / 2, box.Max.y - line / 2 + 4);
    widgets::draw_text(list, ImVec2(box.Min.x - kTick - 3 - widgets::text_width(tick.label), middle), box.Min.x, color,
                       tick.label);
  }
}

void MapFigure::draw_bar() const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low(figure_.box.Max.x + kGrid, figure_.box.Min.y), high(low.x + kBar, figure_.box.Max.y);
  constexpr int kStrips = 32;
  const auto color = [](int k) { return pixel_of(colormap(Colormap::viridis, static_cast<float>(k) / kStrips)); };
  for (int i = 0; i < kStrips; ++i) {
    const auto y = [&](int k) { return high.y - (high.y - low.y) * static_cast<float>(k) / kStrips; };
    list->AddRectFilledMultiColor(ImVec2(low.x, y(i + 1)), ImVec2(high.x, y(i)), color(i + 1), color(i + 1), color(i),
                                  color(i));
  }
  const PlotAxis axis{.low = scale_.low, .high = scale_.high, .log = scale_.log};
  const float line = ImGui::GetTextLineHeight();
  for (const PlotTick& tick : axis.ticks(high.y - low.y, 30)) {
    if (tick.label.empty()) continue;
    const float y = high.y - static_cast<float>(tick.position) * (high.y - low.y);
    list->AddLine(ImVec2(high.x, y), ImVec2(high.x + kTick, y), palette().text_faint);
    widgets::draw_text(list, ImVec2(high.x + kTick + 3, std::clamp(y, low.y + line / 2, high.y - line / 2)),
                       high.x + kBarLabels + kTick, palette().text_faint, tick.label);
  }
}

void MapFigure::draw_marks(const PanelContext& context, double x, double y) const {
  const HeatMapSnapshot& map = context.surveys.heat_map;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(ImVec2(figure_.box.Min.x - 11, figure_.box.Min.y - 11),
                     ImVec2(figure_.box.Max.x + 11, figure_.box.Max.y + 11), true);
  if (map.best >= 0) {
    const auto best = static_cast<std::size_t>(map.best);
    widgets::draw_marker(list, widgets::Marker::star,
                         ImVec2(figure_.px(map.x[best % map.x.size()]), figure_.py(map.y[best / map.x.size()])), 6,
                         IM_COL32_WHITE, IM_COL32(0, 0, 0, 200));
  }
  const double tx = figure_.x.position(x), ty = figure_.y.position(y);
  if (tx >= 0 && tx <= 1 && ty >= 0 && ty <= 1) {
    const ImVec2 at(figure_.px(x), figure_.py(y));
    const int slot = context.ui.race.runners[static_cast<std::size_t>(context.ui.selected_runner)].slot;
    list->AddCircle(at, 9, IM_COL32(0, 0, 0, 200), 24, 3.5F);
    list->AddCircle(at, 9, IM_COL32_WHITE, 24, 1.5F);
    widgets::draw_marker(list, widgets::runner_marker(slot), at, 5, widgets::runner_color(slot),
                         IM_COL32(0, 0, 0, 200));
    ImGui::SetCursorScreenPos(ImVec2(at.x - 5, at.y - 5));
    ImGui::Dummy(ImVec2(10, 10));
    annotate_item(name_of(context, context.ui.selected_runner).item + " pair", "mark", x, display_number(y, 6));
  }
  list->PopClipRect();
}

void MapFigure::draw_readout(const PanelContext& context, double x, double y) const {
  const HeatMapSnapshot& map = context.surveys.heat_map;
  const std::size_t i = cell_of(map.y, figure_.y, y) * map.x.size() + cell_of(map.x, figure_.x, x);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 8));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
  if (ImGui::BeginTooltip()) {
    widgets::push_font(widgets::Font::small);
    ImGui::PushItemWidth(190);
    widgets::readout(display_name(map.config.x.name), display_number(x, 3));
    widgets::readout(display_name(map.config.y.name), display_number(y, 3));
    const bool known = std::isfinite(map.losses[i]);
    widgets::readout("f", known ? short_number_text(map.losses[i]) : "–");
    const bool made = known || map.ends[i] != survey::LaneEnd::running;
    widgets::readout("the run", made ? to_string(map.ends[i]) : "not made yet");
    ImGui::PopItemWidth();
    widgets::pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

// True while the pair under the pointer is to be taken over.
bool MapFigure::point(const PanelContext& context, const widgets::Item& item, double& x, double& y) const {
  if (!item.hovered && !item.held) return false;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const ImRect& box = figure_.box;
  const auto share = [](float at, float from, float to) {
    return std::clamp(static_cast<double>((at - from) / (to - from)), 0.0, 1.0);
  };
  x = rounded_number(figure_.x.value(share(mouse.x, box.Min.x, box.Max.x)));
  y = rounded_number(figure_.y.value(share(mouse.y, box.Max.y, box.Min.y)));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at(figure_.px(x), figure_.py(y));
  list->AddLine(ImVec2(at.x, box.Min.y), ImVec2(at.x, box.Max.y), IM_COL32(255, 255, 255, 110));
  list->AddLine(ImVec2(box.Min.x, at.y), ImVec2(box.Max.x, at.y), IM_COL32(255, 255, 255, 110));
  draw_readout(context, x, y);
  return item.held;
}

void MapFigure::draw(PanelContext& context, ImVec2 room) {
  const HeatMapSnapshot& map = context.surveys.heat_map;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const Axes axes = map.x.empty() ? Axes{} : axes_of(context);
  if (!axes) {
    width_ = room.x;
    return;
  }
  colour(context);
  widgets::push_font(widgets::Font::small);
  figure_.x = {.low = map.config.x.min, .high = map.config.x.max, .log = map.config.x.log};
  figure_.y = {.low = map.config.y.min, .high = map.config.y.max, .log = map.config.y.log};
  const std::string upwards = display_name(map.config.y.name);
  const float line = ImGui::GetTextLineHeight();
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(corner.x, corner.y + line / 2), corner.x + room.x,
                     palette().text_muted, upwards);
  figure_.box.Min = ImVec2(corner.x + kGutter, corner.y + line + 5);
  const float height = std::max(std::floor(room.y - line - 5 - line - kTick - 5), 24.0F);
  const float width = std::clamp(room.x - kGutter - kGrid - kBar - kBarLabels, 24.0F, kWidest * height);
  figure_.box.Max = ImVec2(figure_.box.Min.x + std::floor(width), figure_.box.Min.y + height);
  width_ = figure_.box.Max.x + kGrid + kBar + kBarLabels - corner.x;

  ImGui::SetCursorScreenPos(figure_.box.Min);
  ImGui::SetNextItemAllowOverlap();
  const widgets::Item item =
      widgets::submit_item("map", figure_.box.GetSize(), "plot", static_cast<double>(map.completed),
                           map.completed == map.total ? "complete" : "under way");
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const void* texture = context.render.image("heat map", pixels_version_, static_cast<int>(map.x.size()),
                                               static_cast<int>(map.y.size()), pixels_);
    list->AddImage(const_cast<void*>(texture), figure_.box.Min, figure_.box.Max);
    draw_axes(context);
    draw_bar();
    const int runner = context.ui.selected_runner;
    double x = axis_value(context.ui.race, runner, axes->first), y = axis_value(context.ui.race, runner, axes->second);
    draw_marks(context, x, y);
    if (point(context, item, x, y)) {
      context.commands.set_axis(runner, axes->first, x);
      context.commands.set_axis(runner, axes->second, y);
    }
    widgets::draw_focus_ring(item);
  }
  ImGui::SetCursorScreenPos(ImVec2(corner.x, corner.y));
  ImGui::Dummy(ImVec2(width_, room.y));
  widgets::pop_font();
}

}  // namespace descent::web
