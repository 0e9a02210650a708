// SPDX-License-Identifier: MIT
// Curves: reduction to pixel columns, gaps where a value is not finite, solid and dashed strokes, dots and end markers.
#include "web/widgets/plot_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "web/model/plots/plot_reading.h"

namespace descent::web::widgets {
namespace {

constexpr float kLaterAlpha = 0.38f, kRawAlpha = 0.3f;
constexpr float kLineWidth = 2;  // whole numbers have a texture of their own: a third of the triangles

void stroke(const std::vector<ImVec2>& path, ImU32 color, bool dashed) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const int n = static_cast<int>(path.size());
  if (n == 1) list->AddCircleFilled(path.front(), 2.5f, color);
  if (n < 2) return;
  if (!dashed) {
    draw_line(list, path, color, kLineWidth);
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
                      ImVec2(a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y)), color, kLineWidth);
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

// Values [first, last) of a curve.
struct Stretch {
  std::size_t first = 0, last = 0;
};

// One stretch of a curve on its way from values to strokes.
class CurveDrawing {
 public:
  CurveDrawing(const PlotFigure& figure, const PlotSeries& series, ImU32 color, std::vector<ImVec2>& path)
      : figure_(figure), series_(series), color_(color), path_(path) {
    path_.clear();
  }

  void plain(const Stretch& part) {
    for (std::size_t i = part.first; i < part.last; ++i) {
      if (figure_.shown(series_.y[i]))
        path_.emplace_back(figure_.px(x_at(series_, i)), figure_.py(series_.y[i]));
      else
        gap();
    }
  }
  // More points than pixel columns: value by value, or whole columns at once.
  void dense(const Stretch& part) {
    if (series_.extremes != nullptr)
      columns(part.first, part.last);
    else
      values(part.first, part.last);
    column_.flush(path_, true);
  }
  void finish() const { stroke(path_, color_, series_.dashed); }

 private:
  void gap() {
    column_.flush(path_, true);
    finish();
    path_.clear();
  }
  void enter(float x) {
    if (column_.count > 0 && x != column_.x) column_.flush(path_);
    column_.x = x;
  }
  void values(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      if (!figure_.shown(series_.y[i])) {
        gap();
        continue;
      }
      enter(ImFloor(figure_.px(x_at(series_, i))) + 0.5f);
      column_.add(figure_.py(series_.y[i]));
    }
  }
  void columns(std::size_t first, std::size_t n) {
    const double left = static_cast<double>(figure_.box.Min.x), width = static_cast<double>(figure_.box.GetWidth());
    for (float x = ImFloor(figure_.px(static_cast<double>(first))); first < n; x += 1) {
      const double end = std::ceil(figure_.x.value((static_cast<double>(x) + 1 - left) / width));
      const std::size_t last = end < static_cast<double>(n) ? static_cast<std::size_t>(std::max(end, 0.0)) : n;
      if (last <= first) continue;
      const CurveExtremes::Range range = series_.extremes->over(first, last);
      if (range.finite && figure_.shown(range.low)) {
        enter(x + 0.5f);
        for (const double value : {series_.y[first], range.low, range.high, series_.y[last - 1]})
          column_.add(figure_.py(value));
      } else {
        values(first, last);
      }
      first = last;
    }
  }

  const PlotFigure& figure_;
  const PlotSeries& series_;
  ImU32 color_;
  std::vector<ImVec2>& path_;
  Column column_;
};

// More points than the figure has pixel columns for.
bool is_dense(const PlotFigure& figure, const PlotSeries& series) {
  const float width = figure.box.GetWidth();
  return width >= 1 && static_cast<float>(points_of(series)) > 2 * width;
}

void draw_stretch(const PlotFigure& figure, const PlotSeries& series, const Stretch& part, ImU32 color,
                  std::vector<ImVec2>& path) {
  CurveDrawing drawing(figure, series, color, path);
  if (is_dense(figure, series))
    drawing.dense(part);
  else
    drawing.plain(part);
  drawing.finish();
}

// Values up to the present one.
std::size_t present_of(const PlotSeries& series) {
  return points_of(series) - std::min(series.later, points_of(series));
}

// draw_later() draws from the present value on.
void draw_later(const PlotFigure& figure, const PlotSeries& series, std::vector<ImVec2>& path) {
  const std::size_t present = present_of(series);
  if (series.later == 0 || present == 0) return;
  draw_stretch(figure, series, {present - 1, points_of(series)}, with_alpha(series.color, kLaterAlpha), path);
}

void draw_curve(const PlotFigure& figure, const PlotSeries& series, std::vector<ImVec2>& path) {
  const std::size_t n = present_of(series);
  const bool dense = is_dense(figure, series);
  const bool smooth = !series.smooth.empty() && series.smooth.size() == series.y.size();
  draw_stretch(figure, series, {0, n}, smooth ? with_alpha(series.color, kRawAlpha) : series.color, path);
  if (smooth) {
    PlotSeries line = series;
    line.y = series.smooth;
    draw_stretch(figure, line, {0, n}, series.color, path);
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (series.markers && !dense)
    for (std::size_t i = 0; i < n; ++i)
      if (figure.shown(series.y[i]))
        list->AddCircleFilled(ImVec2(figure.px(x_at(series, i)), figure.py(series.y[i])), 3, series.color, 12);
  if (series.marker && series.ends_in_marker && !path.empty())
    draw_marker(list, *series.marker, path.back(), 4, series.color, palette().background);
}

}  // namespace

void draw_line(ImDrawList* list, std::span<const ImVec2> path, ImU32 color, float width) {
  std::vector<ImVec2> part;
  const auto flush = [&] { list->AddPolyline(part.data(), static_cast<int>(part.size()), color, 0, width); };
  for (const ImVec2& point : path) {
    if (!part.empty() && point.x == part.back().x && point.y == part.back().y) continue;
    if (part.size() > 1) {
      const ImVec2 a = part[part.size() - 2], b = part.back();
      if (sharp_turn(a.x, a.y, b.x, b.y, point.x, point.y)) {
        flush();
        part.assign(1, b);
      }
    }
    part.push_back(point);
  }
  flush();
}

float PlotFigure::px(double value) const {
  return box.Min.x + static_cast<float>(x.position(value)) * box.GetWidth();
}

// py() stays near the box, so that values far outside stay within what a draw list can clip.
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
  for (const PlotSeries& s : series) draw_later(figure, s, path);
  for (const PlotSeries& s : series) draw_curve(figure, s, path);
  list->PopClipRect();
}

}  // namespace descent::web::widgets
