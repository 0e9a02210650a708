// SPDX-License-Identifier: MIT
#include "web/model/plots/rate_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using survey::LaneEnd;
using survey::RateCurve;
using survey::RateSweepSnapshot;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kShownFall = 1e14;  // shown below the start: farther down lies rounding
constexpr double kShownRise = 100;   // shown above the start

bool drawn(const RateCurve& curve, std::size_t i) {
  return std::isfinite(curve.losses[i]) && curve.ends[i] != LaneEnd::diverged && curve.ends[i] != LaneEnd::undefined;
}

// The lowest and the highest loss of runs that did not diverge.
struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
};
Extent extent_of(const RateSweepSnapshot& sweep) {
  Extent extent;
  for (const RateCurve& curve : sweep.curves)
    for (std::size_t i = 0; i < curve.losses.size(); ++i) {
      if (!drawn(curve, i)) continue;
      extent.low = std::min(extent.low, curve.losses[i]);
      extent.high = std::max(extent.high, curve.losses[i]);
    }
  return extent;
}

RateAxis steps_axis(const RateSweepSnapshot& sweep) {
  RateAxis axis;
  axis.low = 0.8;
  axis.high = 1.25 * static_cast<double>(std::max<std::int64_t>(sweep.config.steps, 2));
  axis.start = kNaN;
  axis.empty = !std::isfinite(sweep.target);
  axis.caption = axis.empty
                     ? "No minimum is known here, so there is nothing to count steps to."
                     : core::fill("steps until f is within {} of the minimum, log", display_number(sweep.tolerance, 2));
  return axis;
}

// The axis of f − f_min, logarithmic.
RateAxis excess_axis(const RateSweepSnapshot& sweep, const Extent& extent, double start) {
  RateAxis axis;
  axis.start = start - sweep.target;
  const double reference = axis.start > 0 ? axis.start : std::max(extent.high - sweep.target, 1e-12);
  const double low = std::max(extent.low - sweep.target, reference / kShownFall);
  const double high = std::clamp(extent.high - sweep.target, reference, reference * kShownRise);
  axis.low = std::min(low, reference) / 2;
  axis.high = high * 2;
  axis.caption = core::fill("{} after {} steps, log", above_words(sweep.target, reference, 5), sweep.config.steps);
  return axis;
}

RateAxis plain_axis(const RateSweepSnapshot& sweep, const Extent& extent, double start) {
  RateAxis axis;
  axis.log = false;
  axis.start = start;
  const double fall = std::max(start - extent.low, 1e-9 * std::max(1.0, std::abs(start)));
  axis.low = extent.low - 0.05 * fall;
  axis.high = std::clamp(extent.high, start, start + 0.5 * fall) + 0.05 * fall;
  axis.caption = core::fill("f after {} steps", sweep.config.steps);
  return axis;
}

}  // namespace

RateAxis rate_axis(const RateSweepSnapshot& sweep, bool count_steps, double start_loss) {
  if (count_steps) return steps_axis(sweep);
  Extent extent = extent_of(sweep);
  if (!(extent.low <= extent.high)) extent = {start_loss, start_loss};
  return std::isfinite(sweep.target) ? excess_axis(sweep, extent, start_loss) : plain_axis(sweep, extent, start_loss);
}

RateRange rate_range(const RateSweepSnapshot& sweep, double start_loss) {
  constexpr double kGain = 0.01, kHalfDecade = 3.1622776601683795;
  const double floor = std::isfinite(sweep.target) ? sweep.target : extent_of(sweep).low;
  const double gained = start_loss - kGain * (start_loss - floor);
  double low = std::numeric_limits<double>::infinity(), high = 0;
  for (const RateCurve& curve : sweep.curves)
    for (std::size_t i = 0; i < sweep.rates.size(); ++i) {
      if (!drawn(curve, i)) continue;
      if (curve.losses[i] < gained) low = std::min(low, sweep.rates[i]);
      high = std::max(high, sweep.rates[i]);
    }
  if (!(low < high)) return {sweep.config.rate_min, sweep.config.rate_max};
  return {std::max(low / kHalfDecade, sweep.config.rate_min), std::min(high * kHalfDecade, sweep.config.rate_max)};
}

std::vector<double> rate_line(const RateSweepSnapshot& sweep, const RateCurve& curve, bool count_steps,
                              const RateAxis& axis) {
  std::vector<double> y(curve.losses.size(), kNaN);
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!drawn(curve, i)) continue;
    if (count_steps) {
      if (curve.steps_to[i] >= 0) y[i] = std::max(1.0, static_cast<double>(curve.steps_to[i]));
    } else {
      y[i] = axis.log ? std::max(curve.losses[i] - sweep.target, axis.low) : curve.losses[i];
    }
  }
  return y;
}

double line_value(std::span<const double> rates, std::span<const double> y, double rate, bool log) {
  if (rates.size() < 2 || !(rate >= rates.front()) || !(rate <= rates.back())) return kNaN;
  const auto above = std::upper_bound(rates.begin() + 1, rates.end() - 1, rate);
  const auto i = static_cast<std::size_t>(above - rates.begin());
  const double t = std::log(rate / rates[i - 1]) / std::log(rates[i] / rates[i - 1]);
  if (t <= 0) return y[i - 1];
  if (t >= 1) return y[i];
  if (!log) return y[i - 1] + t * (y[i] - y[i - 1]);
  return y[i - 1] * std::pow(y[i] / y[i - 1], t);
}

std::vector<std::size_t> cliffs(const RateCurve& curve) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i + 1 < curve.ends.size(); ++i)
    if (drawn(curve, i) && curve.ends[i + 1] == LaneEnd::diverged) found.push_back(i);
  return found;
}

}  // namespace descent::web
