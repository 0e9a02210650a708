// SPDX-License-Identifier: MIT
// Title, legend, axes and read-out of a plot.
#include "web/widgets/plot.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/widgets/item.h"
#include "web/widgets/plot_curve.h"
#include "web/widgets/plot_legend.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kTitleHeight = 24;
constexpr float kAxisGap = 6;
constexpr float kTickSpacingY = 34;
constexpr float kTickSpacingX = 84;
constexpr float kLegendGap = 24;  // from the title
constexpr float kLowPlot = 110, kLowest = 60;
constexpr float kLegendShare = 0.4f;  // of the plot's height, at most
constexpr double kFewestSteps = 10;   // shown on an axis that counts steps

PlotAxis x_axis(const PlotOptions& options, std::span<const PlotSeries> series) {
  if (options.x_minimum != 0 || options.x_maximum != 0)
    return {.low = options.x_minimum, .high = options.x_maximum, .log = options.log_x};
  PlotRange range;
  bool counted = true;
  for (const PlotSeries& s : series) {
    const std::size_t n = points_of(s);
    if (n == 0) continue;
    const double ends[2] = {x_at(s, 0), x_at(s, n - 1)};
    range.add(ends, false);
    counted = counted && s.x.empty();
  }
  PlotAxis axis{.low = range.low, .high = range.high};
  if (counted) axis.high = std::max(axis.high, axis.low + kFewestSteps);
  if (!(axis.high > axis.low)) axis.high = axis.low + 1;
  return axis;
}

PlotAxis y_axis(const PlotOptions& options, std::span<const PlotSeries> series) {
  if (options.share) return {.low = 0, .high = 1, .share = true};
  PlotAxis axis;
  if (options.y_minimum != 0 || options.y_maximum != 0) {
    axis = {.low = options.y_minimum, .high = options.y_maximum, .log = options.log_y};
  } else {
    PlotRange range;
    for (const PlotSeries& s : series) range.add(s.y, options.log_y);
    if (!range.known) range = {.low = options.log_y ? 0.1 : 0, .high = 1, .known = true};
    axis = fitted_axis(range, options.log_y, 0.05);
  }
  return axis;
}

// The title has the legend at its right or, without room there, in rows below it; a low plot then has none. What is
// returned is the height used.
float draw_head(const PlotOptions& options, std::span<const PlotSeries> series, const ImRect& area) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = area.Min.y + kTitleHeight / 2 - 2;
  push_font(Font::strong);
  float left = area.Min.x + draw_text(list, ImVec2(area.Min.x, middle), area.Max.x, p.text, options.title);
  pop_font();
  push_font(Font::small);
  const float gap = options.title.empty() ? 0 : 8;
  if (!options.y_label.empty()) {
    const float from = left + gap;
    left = from + draw_text(list, ImVec2(from, middle), area.Max.x, p.text_faint, options.y_label);
    report_part(options.y_label, "axis", ImRect(from, middle - 8, left, middle + 8));
  }
  if (!options.legend) series = {};
  const float legend = legend_width(series);
  int rows = 0;
  if (left + kLegendGap + legend <= area.Max.x) {
    draw_legend(series, {area.Max.x - legend, area.Max.x, middle, 1});
  } else if (area.GetHeight() >= kLowPlot) {
    const float height = kLegendShare * area.GetHeight() + area.Min.y - middle - kLegendRow;
    rows = draw_legend(series, {area.Min.x, area.Max.x, middle + kLegendRow,
                                std::max(1, static_cast<int>(height / kLegendRow + 0.5f))});
  }
  pop_font();
  return kTitleHeight + static_cast<float>(rows) * kLegendRow;
}

void draw_y_axis(const PlotFigure& figure, const std::vector<PlotTick>& ticks) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = ImGui::GetTextLineHeight() / 2;
  for (const PlotTick& tick : ticks) {
    const float y = ImFloor(figure.box.Max.y - static_cast<float>(tick.position) * figure.box.GetHeight()) + 0.5f;
    const bool fine = tick.label.empty();
    list->AddLine(ImVec2(figure.box.Min.x, y), ImVec2(figure.box.Max.x, y), fine ? with_alpha(p.grid, 0.55f) : p.grid);
    if (fine) continue;
    const float middle = std::clamp(y, figure.box.Min.y + half - 4, figure.box.Max.y - half + 6);
    draw_text(list, ImVec2(figure.box.Min.x - kAxisGap - text_width(tick.label), middle), figure.box.Min.x,
              p.text_faint, tick.label);
  }
}

void draw_x_axis(const PlotFigure& figure, std::string_view label) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = figure.box.Max.y + kAxisGap + ImGui::GetTextLineHeight() / 2;
  const float label_left = figure.box.Max.x - text_width(label);
  draw_text(list, ImVec2(label_left, y), figure.box.Max.x + 1, p.text_faint, label);
  for (const PlotTick& tick : figure.x.ticks(figure.box.GetWidth(), kTickSpacingX)) {
    const float x = ImFloor(figure.box.Min.x + static_cast<float>(tick.position) * figure.box.GetWidth()) + 0.5f;
    const bool fine = tick.label.empty();
    list->AddLine(ImVec2(x, figure.box.Min.y), ImVec2(x, figure.box.Max.y), fine ? with_alpha(p.grid, 0.55f) : p.grid);
    if (fine) continue;
    const float width = text_width(tick.label);
    const float left = std::max(x - width / 2, figure.box.Min.x - 12);
    if (left + width < label_left - 8) draw_text(list, ImVec2(left, y), left + width + 1, p.text_faint, tick.label);
  }
  list->AddLine(ImVec2(figure.box.Min.x, figure.box.Max.y + 0.5f), ImVec2(figure.box.Max.x, figure.box.Max.y + 0.5f),
                p.separator);
}

// A level is dashed so that it is no curve.
void draw_level(const PlotFigure& figure, const PlotLevel& level) {
  if (level.name.empty() || !figure.shown(level.value)) return;
  const float y = ImFloor(figure.py(level.value)) + 0.5f;
  if (y < figure.box.Min.y || y > figure.box.Max.y) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  constexpr float kDash = 6;
  for (float x = figure.box.Min.x; x < figure.box.Max.x; x += 2 * kDash)
    list->AddLine(ImVec2(x, y), ImVec2(std::min(x + kDash, figure.box.Max.x), y), level.color);
  // In a low figure the curves would cross its name; there the line alone says it, and the scale has its value.
  if (figure.box.GetHeight() < 4 * ImGui::GetTextLineHeight())
    return report_part(level.name, "mark", ImRect(figure.box.Min.x, y - 2, figure.box.Max.x, y + 2), level.value);
  const float half = ImGui::GetTextLineHeight() / 2, width = text_width(level.name);
  const float middle = y - half - 2 > figure.box.Min.y + half ? y - half - 2 : y + half + 2;
  const float left = level.at_right ? figure.box.Max.x - 4 - width : figure.box.Min.x + 4;
  draw_text(list, ImVec2(left, middle), figure.box.Max.x, level.color, level.name);
  report_part(level.name, "mark", ImRect(left, middle - half, left + width, middle + half), level.value);
}

constexpr float kMarkReach = 5;  // points: from as far a mark can be pointed at

// Marks stand on the x axis, with a line through the curves.
void draw_marks(const PlotFigure& figure, std::span<const PlotMark> marks) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 color = palette().warning;
  const float foot = figure.box.Max.y;
  for (const PlotMark& mark : marks) {
    const float x = ImFloor(figure.px(mark.x)) + 0.5f;
    list->AddLine(ImVec2(x, figure.box.Min.y), ImVec2(x, foot), with_alpha(color, 0.5f));
    list->AddTriangleFilled(ImVec2(x - 4, foot), ImVec2(x + 4, foot), ImVec2(x, foot - 7), color);
    report_part(mark.text, "mark", ImRect(x - kMarkReach, figure.box.Min.y, x + kMarkReach, foot), mark.x);
  }
}

void readout_row(const PlotFigure& figure, const PlotSeries& series, double value) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_marker(list, series.marker.value_or(Marker::circle), ImVec2(at.x + 6, middle), 4, series.color, 0);
  const std::string text = figure.y.format(value);
  const float label = std::max(text_width(series.label), 60.0f);
  ImGui::Dummy(ImVec2(18 + label + 16 + std::max(text_width(text), 56.0f), ImGui::GetTextLineHeight()));
  const float right = ImGui::GetItemRectMax().x;
  draw_text(list, ImVec2(at.x + 18, middle), right, palette().text_muted, series.label);
  draw_text(list, ImVec2(right - text_width(text), middle), right + 1, palette().text, text);
}

// Tells what was changed at the marks under the pointer, the first ones.
void readout_marks(const PlotFigure& figure, std::span<const PlotMark> marks, float mouse, std::string& words) {
  int lines = 4;
  for (const PlotMark& mark : marks) {
    if (std::fabs(figure.px(mark.x) - mouse) > kMarkReach || lines-- <= 0) continue;
    ImGui::TextUnformatted(mark.text.c_str());
    words += "; " + mark.text;
  }
}

void draw_readout(const PlotFigure& figure, const PlotOptions& options, std::span<const PlotSeries> series) {
  const float mouse = std::clamp(ImGui::GetIO().MousePos.x, figure.box.Min.x, figure.box.Max.x);
  const float width = figure.box.GetWidth();
  std::vector<MeasuredPoints> curves;
  for (const PlotSeries& s : series) curves.push_back({points_of(s), s.x, s.markers});
  const auto x = measured_x(figure.x, width, static_cast<double>((mouse - figure.box.Min.x) / width), curves);
  if (!x) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Palette& p = palette();
  const float line = figure.px(*x);
  list->AddLine(ImVec2(line, figure.box.Min.y), ImVec2(line, figure.box.Max.y), with_alpha(p.text_faint, 0.7f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 8));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
  if (ImGui::BeginTooltip()) {
    push_font(Font::small);
    const std::string head = core::fill("{} {}", options.x_label, PlotAxis{}.format(std::round(*x * 1000) / 1000));
    ImGui::TextUnformatted(head.c_str());
    std::string words = head;
    for (std::size_t k = 0; k < series.size(); ++k) {
      const auto i = measured_point(figure.x, width, curves[k], *x);
      if (!i || !std::isfinite(series[k].y[*i])) continue;
      if (figure.shown(series[k].y[*i]))
        list->AddCircleFilled(ImVec2(figure.px(curves[k].at(*i)), figure.py(series[k].y[*i])), 3.5f, series[k].color,
                              14);
      readout_row(figure, series[k], series[k].y[*i]);
      words += core::fill("; {} {}", series[k].label, figure.y.format(series[k].y[*i]));
    }
    readout_marks(figure, options.marks, mouse, words);
    annotate_item("plot read-out", "text", {}, words);
    pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

// The curves' rectangle inside the area, with as much room at the left as the widest tick label needs.
PlotFigure make_figure(const PlotOptions& options, std::span<const PlotSeries> series, const ImRect& area,
                       std::vector<PlotTick>& y_ticks) {
  PlotFigure figure;
  figure.x = x_axis(options, series);
  figure.y = y_axis(options, series);
  const float top = area.Min.y + 4;
  const float bottom = area.Max.y - ImGui::GetTextLineHeight() - kAxisGap - 2;
  y_ticks = figure.y.ticks(bottom - top, kTickSpacingY);
  float label = 24;
  for (const PlotTick& tick : y_ticks) label = std::max(label, text_width(tick.label));
  figure.box = ImRect(ImFloor(area.Min.x + label + kAxisGap), top, area.Max.x - 6, std::max(bottom, top + 16));
  return figure;
}

// A sentence in the middle of where the curves will be.
void draw_empty(std::string_view text, const ImRect& area) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRect(area.Min, area.Max, palette().grid, kCorner);
  const float wrap = std::max(area.GetWidth() - 4 * kGrid, 40.0f);
  const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size(), false, wrap);
  const ImVec2 center = area.GetCenter();
  list->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                ImVec2(ImFloor(center.x - size.x / 2), ImFloor(center.y - size.y / 2)), palette().text_muted,
                text.data(), text.data() + text.size(), wrap);
}

}  // namespace

DrawnPlot plot(const PlotOptions& options, std::span<const PlotSeries> series) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size(std::max(item_width(room.x), 80.0f),
                    std::max(options.height > 0 ? options.height : room.y, kLowest));
  std::size_t points = 0;
  for (const PlotSeries& s : series) points += points_of(s);
  const std::string_view name = options.title.empty() ? options.id : options.title;
  const Item item = submit_item(name, size, "plot", static_cast<double>(points));
  if (!item.visible) return {item, {}};
  const float head = draw_head(options, series, item.box);
  push_font(Font::small);
  std::vector<PlotTick> y_ticks;
  const PlotFigure figure =
      make_figure(options, series, ImRect(ImVec2(item.box.Min.x, item.box.Min.y + head), item.box.Max), y_ticks);
  if (points > 0) {
    draw_x_axis(figure, options.x_label);
    draw_y_axis(figure, y_ticks);
    draw_level(figure, options.level);
    draw_marks(figure, options.marks);
  } else {
    draw_empty(options.empty_text, ImRect(item.box.Min.x, figure.box.Min.y, item.box.Max.x, item.box.Max.y));
  }
  pop_font();
  draw_curves(figure, series);
  if (options.readout && item.hovered && points > 0) draw_readout(figure, options, series);
  return {item, figure};
}

}  // namespace descent::web::widgets
