// SPDX-License-Identifier: MIT
// References: Liang and Barsky, "A new concept and method for line clipping", ACM Transactions on Graphics 3 (1984).
#include "web/model/geometry/view_math.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "web/model/words/number_format.h"

namespace descent::web {

using surfaces::Domain;
using surfaces::Point;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// 1, 2 or 5 times a power of ten, at least `least`.
struct RoundStep {
  double step = 1;
  int digit = 1;
};
RoundStep round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const int digit : {1, 2, 5})
    if (digit * power >= least * (1 - 1e-9)) return {digit * power, digit};
  return {10 * power, 1};
}

}  // namespace

double round_step_above(double least) {
  return round_step(least).step;
}

double round_near(double value, double unit) {
  const double inverse = std::pow(10.0, -std::floor(std::log10(unit)));
  return std::round(value * inverse) / inverse;
}

Domain expand_to_aspect(const Domain& view, double width, double height) {
  const double w = view.x1 - view.x0;
  const double h = view.y1 - view.y0;
  if (!(width > 0) || !(height > 0) || !(w > 0) || !(h > 0)) return view;
  const double unit = std::max(w / width, h / height);  // surface units per point
  const double cx = 0.5 * (view.x0 + view.x1);
  const double cy = 0.5 * (view.y0 + view.y1);
  return {cx - 0.5 * unit * width, cx + 0.5 * unit * width, cy - 0.5 * unit * height, cy + 0.5 * unit * height};
}

Domain with_margin(const Domain& view, double fraction) {
  const double dx = fraction * (view.x1 - view.x0);
  const double dy = fraction * (view.y1 - view.y0);
  return {view.x0 - dx, view.x1 + dx, view.y0 - dy, view.y1 + dy};
}

bool contains(const Domain& outer, const Domain& inner) {
  return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
}

bool contains(const Domain& view, Point point) {
  return point[0] >= view.x0 && point[0] <= view.x1 && point[1] >= view.y0 && point[1] <= view.y1;
}

bool same_size(const Domain& a, const Domain& b) {
  const auto close = [](double x, double y) { return std::abs(x - y) <= 1e-9 * std::abs(y); };
  return close(a.x1 - a.x0, b.x1 - b.x0) && close(a.y1 - a.y0, b.y1 - b.y0);
}

bool same_camera(const SurfaceCamera& a, const SurfaceCamera& b) {
  const Domain &v = a.view, &w = b.view;
  if (v.x0 != w.x0 || v.x1 != w.x1 || v.y0 != w.y0 || v.y1 != w.y1 || a.three_d != b.three_d) return false;
  return !a.three_d || (a.yaw == b.yaw && a.pitch == b.pitch && a.distance == b.distance && a.look_x == b.look_x &&
                        a.look_y == b.look_y);
}

double ValueScale::operator()(double value) const {
  const double range = high - low;
  if (!(range > 0)) return 0;
  if (!log) return (value - low) / range;
  return std::log1p(std::max(value - low, 0.0) / soft) / std::log1p(range / soft);
}

double ValueScale::relief(double value) const {
  const double range = high - crown - low - base, above = value - low - base;
  if (!(range > 0)) return 0;
  return log ? std::log1p(std::max(above, 0.0) / relief_soft) / std::log1p(range / relief_soft) : above / range;
}

double ValueScale::inverse(double t) const {
  if (!log) return low + t * (high - low);
  return low + soft * std::expm1(t * std::log1p((high - low) / soft));
}

ValueScale fit_scale(const race::HeightRange& core, const race::HeightRange& around, bool log,
                     std::optional<double> known_minimum) {
  ValueScale scale;
  scale.log = log;
  race::HeightRange inner = core.known() ? core : around;
  if (!inner.known()) inner = {0, 1};
  if (log && known_minimum) inner.low = std::min(inner.low, *known_minimum);
  const double range = inner.high - inner.low;
  scale.low = std::min(inner.low, log ? around.low : std::max(around.low, inner.low - 0.5 * range));
  scale.high = std::max(inner.high, std::min(around.high, inner.high + (log ? 9 : 0.5) * range));
  scale.constant = !(scale.high > scale.low);
  if (scale.constant) scale.high = scale.low + std::max(std::abs(scale.low) * 1e-9, 1e-12);
  if (range > 0) {
    scale.base = inner.low - scale.low;
    scale.crown = scale.high - inner.high;
  }
  // Three orders of magnitude are shown even when zoomed in to a range below 1.
  scale.soft = std::min(1.0, 1e-3 * (scale.high - scale.low));
  scale.relief_soft = std::sqrt(scale.soft * 0.1 * (scale.high - scale.crown - scale.low - scale.base));
  return scale;
}

Domain scale_surroundings(const Domain& core) {
  return expand_to_aspect(core, 2, 1);
}

ContourLevels contour_levels(const ValueScale& scale) {
  const RoundStep minor = round_step((scale.high - scale.low) / 36);
  return {minor.step, minor.digit == 5 ? 4 : 5};
}

double sample_field(const race::HeightField& field, Point point) {
  if (field.width < 2 || field.height < 2 || !contains(field.view, point)) return kNaN;
  const double u = (point[0] - field.view.x0) / (field.view.x1 - field.view.x0) * (field.width - 1);
  const double v = (point[1] - field.view.y0) / (field.view.y1 - field.view.y0) * (field.height - 1);
  const int column = std::min(static_cast<int>(u), field.width - 2);
  const int row = std::min(static_cast<int>(v), field.height - 2);
  const double s = u - column;
  const double t = v - row;
  const float* lower = field.values.data() + static_cast<std::ptrdiff_t>(row) * field.width + column;
  const float* upper = lower + field.width;
  const double value = (1 - t) * ((1 - s) * static_cast<double>(lower[0]) + s * static_cast<double>(lower[1])) +
                       t * ((1 - s) * static_cast<double>(upper[0]) + s * static_cast<double>(upper[1]));
  return std::isfinite(value) ? field.offset + value : kNaN;
}

std::vector<Tick> linear_ticks(double low, double high, int count) {
  std::vector<Tick> ticks;
  if (!(high > low) || count < 1) return ticks;
  const double step = round_step((high - low) / count).step;
  const double first = std::ceil(low / step - 0.02);  // a tick that is missed by rounding counts
  for (int k = 0; k <= 2 * count + 2 && (first + k) * step <= high; ++k)
    ticks.push_back({(first + k) * step, tick_label((first + k) * step, step)});
  return ticks;
}

namespace {

std::string bar_label(double value, int digits) {
  const double exponent = std::log10(std::abs(value));
  if (value > 0 && std::abs(exponent) > 2.5 && exponent == std::round(exponent))
    return power_of_ten(static_cast<int>(exponent));
  return display_number(value, digits);
}

}  // namespace

std::vector<double> scale_ticks(const ValueScale& scale, int count) {
  std::vector<double> ticks;
  if (!scale.log) {
    for (const Tick& tick : linear_ticks(scale.low, scale.high, count)) ticks.push_back(tick.value);
    return ticks;
  }
  ticks.push_back(scale.low);
  const double gap = 1.0 / std::max(count, 1);
  double last = 0;
  const auto add = [&](double value) {
    const double t = scale(value);
    if (value <= scale.low || t < last + gap || t > 1) return;
    ticks.push_back(value);
    last = t;
  };
  const int from = static_cast<int>(std::floor(std::log10(scale.soft)));
  const int to = static_cast<int>(std::ceil(std::log10(std::max({std::abs(scale.high), std::abs(scale.low), 1e-300}))));
  if (scale.low < 0) {
    for (int k = to; k >= from; --k) add(-std::pow(10.0, k));
    add(0);
  }
  for (int k = from; k <= to; ++k) add(std::pow(10.0, k));
  return ticks;
}

std::vector<Tick> labelled_ticks(const ValueScale& scale, int count) {
  constexpr int kDigits = 4, kMostDigits = 7;
  if (scale.constant) return {{scale.low, bar_label(scale.low, kDigits)}};
  const std::vector<double> values = scale_ticks(scale, count);
  std::vector<Tick> ticks;
  for (int digits = kDigits; digits <= kMostDigits && ticks.size() < values.size(); ++digits) {
    ticks.clear();
    for (const double value : values) {
      const std::string label = bar_label(value, digits);
      if (ticks.empty() || ticks.back().label != label) ticks.push_back({value, label});
    }
  }
  return ticks;
}

bool clip_segment(std::array<double, 2>& a, std::array<double, 2>& b, const ClipBox& box) {
  const double dx = b[0] - a[0];
  const double dy = b[1] - a[1];
  if (!std::isfinite(dx) || !std::isfinite(dy)) return false;
  double enter = 0;
  double leave = 1;
  const auto against = [&](double direction, double distance) {
    if (direction == 0) return distance >= 0;
    const double t = distance / direction;
    if (direction < 0)
      enter = std::max(enter, t);
    else
      leave = std::min(leave, t);
    return enter <= leave;
  };
  if (!against(-dx, a[0] - box.x0) || !against(dx, box.x1 - a[0]) || !against(-dy, a[1] - box.y0) ||
      !against(dy, box.y1 - a[1]))
    return false;
  const std::array<double, 2> start = a;
  if (leave < 1) b = {start[0] + leave * dx, start[1] + leave * dy};
  if (enter > 0) a = {start[0] + enter * dx, start[1] + enter * dy};
  return true;
}

}  // namespace descent::web
