// SPDX-License-Identifier: MIT
// Curves: reduction to pixel columns, gaps where a value is not finite, solid and dashed strokes, dots and end markers.
#include "web/widgets/plot_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace descent::web::widgets {
namespace {

constexpr float kLineWidth = 1.7f;

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
  // Excursions below half a pixel are left out, and so is a whole column (unless it must be kept) while the curve stays
  // within a quarter of a pixel: long flat curves need few points.
  void flush(std::vector<ImVec2>& path, bool keep = false) {
    constexpr float kVisible = 0.5f, kFlat = 0.25f, kLongest = 8;
    if (std::exchange(count, 0) == 0) return;
    if (high - low < kVisible) {
      const bool flat = !path.empty() && std::fabs(last - path.back().y) < kFlat && x - path.back().x < kLongest;
      if (keep || !flat) path.emplace_back(x, last);
      return;
    }
    path.emplace_back(x, first);
    const bool rising = first <= last;
    const float before = rising ? low : high, after = rising ? high : low;
    if (std::fabs(before - first) > kVisible) path.emplace_back(x, before);
    if (std::fabs(after - last) > kVisible) path.emplace_back(x, after);
    if (last != path.back().y) path.emplace_back(x, last);
  }
};

void draw_curve(const PlotFigure& figure, const PlotSeries& series, std::vector<ImVec2>& path) {
  const std::size_t n = points_of(series);
  const bool dense = static_cast<float>(n) > 2 * figure.box.GetWidth();
  path.clear();
  Column column;
  for (std::size_t i = 0; i < n; ++i) {
    if (!figure.shown(series.y[i])) {
      column.flush(path, true);
      stroke(path, series);
      path.clear();
      continue;
    }
    const ImVec2 point(figure.px(x_at(series, i)), figure.py(series.y[i]));
    if (!dense) {
      path.push_back(point);
      continue;
    }
    const float x = ImFloor(point.x) + 0.5f;
    if (column.count > 0 && x != column.x) column.flush(path);
    column.x = x;
    column.add(point.y);
  }
  column.flush(path, true);
  stroke(path, series);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (series.markers && !dense)
    for (std::size_t i = 0; i < n; ++i)
      if (figure.shown(series.y[i]))
        list->AddCircleFilled(ImVec2(figure.px(x_at(series, i)), figure.py(series.y[i])), 3, series.color, 12);
  if (series.marker && series.ends_in_marker && !path.empty())
    draw_marker(list, *series.marker, path.back(), 4, series.color, palette().background);
}

}  // namespace

float PlotFigure::px(double value) const {
  return box.Min.x + static_cast<float>(x.position(value)) * box.GetWidth();
}

// Kept near the box, so that values far outside stay within what a draw list can clip.
float PlotFigure::py(double value) const {
  const double t = std::clamp(y.position(value), -0.5, 1.5);
  return box.Max.y - static_cast<float>(t) * box.GetHeight();
}

bool PlotFigure::shown(double value) const {
  return std::isfinite(value) && (!y.log || value > 0);
}

double x_at(const PlotSeries& series, std::size_t i) {
  return series.x.empty() ? static_cast<double>(i) : series.x[i];
}

std::size_t points_of(const PlotSeries& series) {
  return series.x.empty() ? series.y.size() : std::min(series.x.size(), series.y.size());
}

void draw_curves(const PlotFigure& figure, std::span<const PlotSeries> series) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(ImVec2(figure.box.Min.x - 5, figure.box.Min.y - 5),
                     ImVec2(figure.box.Max.x + 5, figure.box.Max.y + 2), true);
  std::vector<ImVec2> path;
  for (const PlotSeries& s : series) draw_curve(figure, s, path);
  list->PopClipRect();
}

}  // namespace descent::web::widgets
