// SPDX-License-Identifier: MIT
// Title, legend, axes, curves and read-out of a plot. A curve with more points than pixel columns is drawn as one
// vertical extent (minimum to maximum) a column, so no spike is lost.
#include "web/widgets/plot.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "web/widgets/item.h"
#include "web/widgets/plot_axis.h"

namespace descent::web::widgets {
namespace {

constexpr float kTitleHeight = 24;
constexpr float kAxisGap = 6;
constexpr float kTickSpacingY = 34;
constexpr float kTickSpacingX = 84;
constexpr float kLineWidth = 1.7f;

struct Plot {
  ImRect box;  // of the curves
  PlotAxis x, y;

  [[nodiscard]] float px(double value) const {
    return box.Min.x + static_cast<float>(x.position(value)) * box.GetWidth();
  }
  // Kept near the box, so that values far outside stay within what a draw list can clip.
  [[nodiscard]] float py(double value) const {
    const double t = std::clamp(y.position(value), -0.5, 1.5);
    return box.Max.y - static_cast<float>(t) * box.GetHeight();
  }
};

double x_at(const PlotSeries& series, std::size_t i) {
  return series.x.empty() ? static_cast<double>(i) : series.x[i];
}

std::size_t points_of(const PlotSeries& series) {
  return series.x.empty() ? series.y.size() : std::min(series.x.size(), series.y.size());
}

bool shown(const Plot& plot, double value) {
  return std::isfinite(value) && (!plot.y.log || value > 0);
}

PlotAxis x_axis(std::span<const PlotSeries> series) {
  PlotRange range;
  for (const PlotSeries& s : series) {
    const std::size_t n = points_of(s);
    if (n == 0) continue;
    const double ends[2] = {x_at(s, 0), x_at(s, n - 1)};
    range.add(ends, false);
  }
  PlotAxis axis{.low = range.low, .high = range.high};
  if (!(axis.high > axis.low)) axis.high = axis.low + 1;
  return axis;
}

PlotAxis y_axis(const PlotOptions& options, std::span<const PlotSeries> series) {
  PlotAxis axis;
  if (options.y_minimum != 0 || options.y_maximum != 0) {
    axis = {.low = options.y_minimum, .high = options.y_maximum, .log = options.log_y};
  } else {
    PlotRange range;
    for (const PlotSeries& s : series) range.add(s.y, options.log_y);
    if (!range.known) range = {.low = options.log_y ? 0.1 : 0, .high = 1, .known = true};
    axis = fitted_axis(range, options.log_y, 0.05);
  }
  axis.percent = options.percent;
  return axis;
}

// Title at the left, legend entries from the right as far as they fit.
void draw_head(const PlotOptions& options, std::span<const PlotSeries> series, const ImRect& area) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = area.Min.y + kTitleHeight / 2 - 2;
  push_font(Font::strong);
  float left = area.Min.x + draw_text(list, ImVec2(area.Min.x, middle), area.Max.x, p.text, options.title);
  pop_font();
  push_font(Font::small);
  if (!options.y_label.empty())
    left += 8 + draw_text(list, ImVec2(left + 8, middle), area.Max.x, p.text_faint, options.y_label);
  float right = area.Max.x;
  for (std::size_t i = series.size(); i-- > 0;) {
    const PlotSeries& s = series[i];
    if (s.label.empty()) continue;
    const float width = text_width(s.label) + 26;
    if (right - width < left + 12) break;
    right -= width;
    const ImVec2 sample(right + 9, middle);
    if (s.marker) {
      draw_marker(list, *s.marker, sample, 4.5f, s.color, 0);
    } else if (s.dashed) {
      for (const float x : {-8.0f, 2.0f})
        list->AddLine(ImVec2(sample.x + x, middle), ImVec2(sample.x + x + 6, middle), s.color, 2);
    } else {
      list->AddLine(ImVec2(sample.x - 8, middle), ImVec2(sample.x + 8, middle), s.color, 2);
    }
    draw_text(list, ImVec2(right + 22, middle), right + width, p.text_muted, s.label);
    right -= 10;
  }
  pop_font();
}

void draw_y_axis(const Plot& plot, const std::vector<PlotTick>& ticks) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = ImGui::GetTextLineHeight() / 2;
  for (const PlotTick& tick : ticks) {
    const float y = ImFloor(plot.box.Max.y - static_cast<float>(tick.position) * plot.box.GetHeight()) + 0.5f;
    const bool fine = tick.label.empty();
    list->AddLine(ImVec2(plot.box.Min.x, y), ImVec2(plot.box.Max.x, y), fine ? with_alpha(p.grid, 0.55f) : p.grid);
    if (fine) continue;
    const float middle = std::clamp(y, plot.box.Min.y + half - 4, plot.box.Max.y - half + 6);
    draw_text(list, ImVec2(plot.box.Min.x - kAxisGap - text_width(tick.label), middle), plot.box.Min.x, p.text_faint,
              tick.label);
  }
}

void draw_x_axis(const Plot& plot, std::string_view label) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = plot.box.Max.y + kAxisGap + ImGui::GetTextLineHeight() / 2;
  const float label_left = plot.box.Max.x - text_width(label);
  draw_text(list, ImVec2(label_left, y), plot.box.Max.x + 1, p.text_faint, label);
  for (const PlotTick& tick : plot.x.ticks(plot.box.GetWidth(), kTickSpacingX)) {
    const float x = ImFloor(plot.box.Min.x + static_cast<float>(tick.position) * plot.box.GetWidth()) + 0.5f;
    list->AddLine(ImVec2(x, plot.box.Min.y), ImVec2(x, plot.box.Max.y), p.grid);
    const float width = text_width(tick.label);
    const float left = std::max(x - width / 2, plot.box.Min.x - 12);
    if (left + width < label_left - 8) draw_text(list, ImVec2(left, y), left + width + 1, p.text_faint, tick.label);
  }
  list->AddLine(ImVec2(plot.box.Min.x, plot.box.Max.y + 0.5f), ImVec2(plot.box.Max.x, plot.box.Max.y + 0.5f),
                p.separator);
}

void stroke(const std::vector<ImVec2>& path, const PlotSeries& series) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const int n = static_cast<int>(path.size());
  if (n == 1) list->AddCircleFilled(path.front(), 2.5f, series.color);
  if (n < 2) return;
  if (!series.dashed) {
    list->AddPolyline(path.data(), n, series.color, ImDrawFlags_None, kLineWidth);
    return;
  }
  constexpr float kDash = 6, kPeriod = 10;
  float travelled = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const ImVec2 a = path[i - 1], b = path[i];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    for (float at = 0; at < length;) {
      const float phase = std::fmod(travelled + at, kPeriod);
      const float step = std::min(length - at, phase < kDash ? kDash - phase : kPeriod - phase);
      if (phase < kDash) {
        const float t0 = at / length, t1 = (at + step) / length;
        list->AddLine(ImVec2(a.x + t0 * (b.x - a.x), a.y + t0 * (b.y - a.y)),
                      ImVec2(a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y)), series.color, kLineWidth);
      }
      at += std::max(step, 0.05f);
    }
    travelled += length;
  }
}

// The points of one pixel column: where the curve enters, its extent, where it leaves.
struct Column {
  float x = 0, first = 0, low = 0, high = 0, last = 0;
  int count = 0;
  void add(float y) {
    if (count++ == 0) first = low = high = y;
    low = std::min(low, y);
    high = std::max(high, y);
    last = y;
  }
  void flush(std::vector<ImVec2>& path) {
    if (count > 0) path.emplace_back(x, first);
    if (count > 2 && low != first) path.emplace_back(x, low);
    if (count > 2 && high != low) path.emplace_back(x, high);
    if (count > 1 && last != path.back().y) path.emplace_back(x, last);
    count = 0;
  }
};

void draw_curve(const Plot& plot, const PlotSeries& series, std::vector<ImVec2>& path) {
  const std::size_t n = points_of(series);
  const bool dense = static_cast<float>(n) > 2 * plot.box.GetWidth();
  path.clear();
  Column column;
  for (std::size_t i = 0; i < n; ++i) {
    if (!shown(plot, series.y[i])) {
      column.flush(path);
      stroke(path, series);
      path.clear();
      continue;
    }
    const ImVec2 point(plot.px(x_at(series, i)), plot.py(series.y[i]));
    if (!dense) {
      path.push_back(point);
      continue;
    }
    const float x = ImFloor(point.x) + 0.5f;
    if (column.count > 0 && x != column.x) column.flush(path);
    column.x = x;
    column.add(point.y);
  }
  column.flush(path);
  stroke(path, series);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (series.markers && !dense)
    for (std::size_t i = 0; i < n; ++i)
      if (shown(plot, series.y[i]))
        list->AddCircleFilled(ImVec2(plot.px(x_at(series, i)), plot.py(series.y[i])), 3, series.color, 12);
  if (series.marker && !path.empty())
    draw_marker(list, *series.marker, path.back(), 4, series.color, palette().background);
}

// The index whose x is nearest.
std::size_t nearest(const PlotSeries& series, double x) {
  const std::size_t n = points_of(series);
  if (series.x.empty()) return static_cast<std::size_t>(std::clamp(std::round(x), 0.0, static_cast<double>(n - 1)));
  const auto end = series.x.begin() + static_cast<std::ptrdiff_t>(n);
  const auto above = std::lower_bound(series.x.begin(), end, x);
  if (above == series.x.begin()) return 0;
  const auto i = static_cast<std::size_t>(above - series.x.begin());
  return i == n || x - series.x[i - 1] < series.x[i] - x ? i - 1 : i;
}

void readout_row(const Plot& plot, const PlotSeries& series, double value) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_marker(list, series.marker.value_or(Marker::circle), ImVec2(at.x + 6, middle), 4, series.color, 0);
  const std::string text = plot.y.format(value);
  const float label = std::max(text_width(series.label), 60.0f);
  ImGui::Dummy(ImVec2(18 + label + 16 + std::max(text_width(text), 56.0f), ImGui::GetTextLineHeight()));
  const float right = ImGui::GetItemRectMax().x;
  draw_text(list, ImVec2(at.x + 18, middle), right, palette().text_muted, series.label);
  draw_text(list, ImVec2(right - text_width(text), middle), right + 1, palette().text, text);
}

void draw_readout(const Plot& plot, const PlotOptions& options, std::span<const PlotSeries> series) {
  const float mouse = std::clamp(ImGui::GetIO().MousePos.x, plot.box.Min.x, plot.box.Max.x);
  const double x = plot.x.value(static_cast<double>((mouse - plot.box.Min.x) / plot.box.GetWidth()));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Palette& p = palette();
  list->AddLine(ImVec2(mouse, plot.box.Min.y), ImVec2(mouse, plot.box.Max.y), with_alpha(p.text_faint, 0.7f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 8));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
  if (ImGui::BeginTooltip()) {
    push_font(Font::small);
    const std::string head = std::string(options.x_label) + " " + PlotAxis{}.format(std::round(x * 1000) / 1000);
    ImGui::TextUnformatted(head.c_str());
    for (const PlotSeries& s : series) {
      if (points_of(s) == 0) continue;
      const std::size_t i = nearest(s, x);
      if (shown(plot, s.y[i])) list->AddCircleFilled(ImVec2(plot.px(x_at(s, i)), plot.py(s.y[i])), 3.5f, s.color, 14);
      readout_row(plot, s, s.y[i]);
    }
    pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

void draw_curves(const Plot& plot, std::span<const PlotSeries> series) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(ImVec2(plot.box.Min.x - 5, plot.box.Min.y - 5), ImVec2(plot.box.Max.x + 5, plot.box.Max.y + 2),
                     true);
  std::vector<ImVec2> path;
  for (const PlotSeries& s : series) draw_curve(plot, s, path);
  list->PopClipRect();
}

// The curves' rectangle inside the area, with as much room at the left as the widest tick label needs.
Plot make_plot(const PlotOptions& options, std::span<const PlotSeries> series, const ImRect& area,
               std::vector<PlotTick>& y_ticks) {
  Plot plot;
  plot.x = x_axis(series);
  plot.y = y_axis(options, series);
  const float top = area.Min.y + kTitleHeight + 4;
  const float bottom = area.Max.y - ImGui::GetTextLineHeight() - kAxisGap - 2;
  y_ticks = plot.y.ticks(bottom - top, kTickSpacingY);
  float label = 24;
  for (const PlotTick& tick : y_ticks) label = std::max(label, text_width(tick.label));
  plot.box = ImRect(ImFloor(area.Min.x + label + kAxisGap), top, area.Max.x - 6, std::max(bottom, top + 16));
  return plot;
}

}  // namespace

void plot(const PlotOptions& options, std::span<const PlotSeries> series) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size(std::max(item_width(room.x), 80.0f), std::max(options.height > 0 ? options.height : room.y, 80.0f));
  std::size_t points = 0;
  for (const PlotSeries& s : series) points += points_of(s);
  const std::string_view name = options.title.empty() ? options.id : options.title;
  const Item item = submit_item(name, size, "plot", static_cast<double>(points));
  if (!item.visible) return;
  draw_head(options, series, item.box);
  push_font(Font::small);
  std::vector<PlotTick> y_ticks;
  const Plot figure = make_plot(options, series, item.box, y_ticks);
  draw_x_axis(figure, options.x_label);
  draw_y_axis(figure, y_ticks);
  if (points == 0 && !options.empty_text.empty()) {
    const float width = std::min(text_width(options.empty_text), figure.box.GetWidth());
    const ImVec2 center = figure.box.GetCenter();
    draw_text(ImGui::GetWindowDrawList(), ImVec2(center.x - width / 2, center.y), figure.box.Max.x,
              palette().text_muted, options.empty_text);
  }
  pop_font();
  draw_curves(figure, series);
  if (item.hovered && points > 0) draw_readout(figure, options, series);
}

}  // namespace descent::web::widgets
