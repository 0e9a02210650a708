// SPDX-License-Identifier: MIT
// Decides what an axis shows and where its ticks are. The tick step is the smallest of 1, 2, 5 × 10^k that leaves the
// spacing asked for.
#include "web/model/plots/plot_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

double round_step(double rough) {
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

void add_fine_lines(const PlotAxis& axis, int decade, std::vector<PlotTick>& ticks) {
  for (int digit = 2; digit <= 9; ++digit) {
    const double position = axis.position(digit * std::pow(10.0, decade));
    if (position >= 0 && position <= 1) ticks.push_back({position, {}});
  }
}

std::vector<PlotTick> decade_ticks(const PlotAxis& axis, double count) {
  const int first = static_cast<int>(std::floor(std::log10(axis.low)));
  const int last = static_cast<int>(std::ceil(std::log10(axis.high)));
  const int stride = std::max(1, static_cast<int>(std::ceil((last - first) / std::max(count, 1.0))));
  std::vector<PlotTick> ticks;
  for (int decade = first; decade <= last; ++decade) {
    const double position = axis.position(std::pow(10.0, decade));
    const bool named = (decade % stride + stride) % stride == 0;
    if (position >= -1e-9 && position <= 1 + 1e-9 && named) ticks.push_back({position, power_of_ten(decade)});
    if (stride == 1 && last - first <= 4) add_fine_lines(axis, decade, ticks);
  }
  return ticks;
}

constexpr double kLeastMissing = 1e-3;  // added to what is missing, whose logarithm would not end at a share of 1
// The logarithm of what the share lacks, with its sign turned so that it grows with the share.
double log_of_share(double share) {
  return -std::log(std::max(1 - share, 0.0) + kLeastMissing);
}

// These are as many round shares as the spacing has room for, the most telling first.
constexpr double kTwoShares = 0.6;  // a gap that leaves the first two of these
std::vector<PlotTick> share_ticks(const PlotAxis& axis, double gap) {
  std::vector<PlotTick> ticks;
  for (const double percent : {0.0, 99.0, 90.0, 100.0, 99.8, 50.0, 98.0, 95.0, 99.5, 80.0}) {
    const double position = axis.position(percent / 100);
    const bool inside = position >= -1e-9 && position <= 1 + 1e-9;
    const bool free = std::none_of(ticks.begin(), ticks.end(),
                                   [&](const PlotTick& tick) { return std::fabs(tick.position - position) < gap; });
    if (inside && free) ticks.push_back({position, core::fill("{} %", display_number(percent, 3))});
  }
  std::sort(ticks.begin(), ticks.end(), [](const PlotTick& a, const PlotTick& b) { return a.position < b.position; });
  return ticks;
}

// Ticks at 1, 2 and 5 times powers of ten are for ranges of few decades.
std::vector<PlotTick> one_two_five_ticks(const PlotAxis& axis) {
  std::vector<PlotTick> ticks;
  const int last = static_cast<int>(std::ceil(std::log10(axis.high)));
  for (int decade = static_cast<int>(std::floor(std::log10(axis.low))); decade <= last; ++decade)
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value = decade < 0 ? digit / std::pow(10.0, -decade) : digit * std::pow(10.0, decade);
      const double position = axis.position(value);
      if (position >= -1e-9 && position <= 1 + 1e-9) ticks.push_back({position, display_number(value, 3)});
    }
  return ticks;
}

}  // namespace

double PlotAxis::position(double value) const {
  if (share) return (log_of_share(value) - log_of_share(low)) / (log_of_share(high) - log_of_share(low));
  if (!log) return (value - low) / (high - low);
  if (value <= 0) return -std::numeric_limits<double>::infinity();
  return std::log(value / low) / std::log(high / low);
}

double PlotAxis::value(double position) const {
  if (share) {
    const double t = log_of_share(low) + position * (log_of_share(high) - log_of_share(low));
    return 1 + kLeastMissing - std::exp(-t);
  }
  return log ? low * std::pow(high / low, position) : low + position * (high - low);
}

std::vector<PlotTick> PlotAxis::ticks(float room, float spacing) const {
  // A low axis has two: 0 % and 99 %, or the outermost ones.
  const bool low_axis = room < 2 * spacing;
  if (share) return share_ticks(*this, low_axis ? kTwoShares : static_cast<double>(spacing / room));
  const double count = std::max(1.0, std::floor(static_cast<double>(room / spacing)));
  if (log) {
    std::vector<PlotTick> ticks = one_two_five_ticks(*this);
    if (low_axis && ticks.size() >= 2) return {ticks.front(), ticks.back()};
    const auto labels = static_cast<double>(ticks.size());
    if (labels > count + 2) return decade_ticks(*this, count);
    if (labels >= 3) return ticks;
  }
  const double step = round_step((high - low) / count);
  std::vector<PlotTick> ticks;
  const double first = std::ceil(low / step - 1e-9);
  for (double k = first; k * step <= high * (1 + 1e-12) + 1e-9 * step && ticks.size() < 64; ++k) {
    const double at = position(k * step);
    if (at < -1e-9 || at > 1 + 1e-9) continue;
    ticks.push_back({at, tick_label(k * step, step)});
  }
  return ticks;
}

std::string PlotAxis::format(double value) const {
  return share ? core::fill("{} %", display_number(100 * value, 4)) : display_number(value, 5);
}

void PlotRange::add(std::span<const double> values, bool log) {
  for (const double value : values) {
    if (!std::isfinite(value) || (log && value <= 0)) continue;
    low = known ? std::min(low, value) : value;
    high = known ? std::max(high, value) : value;
    known = true;
  }
}

PlotAxis fitted_axis(const PlotRange& range, bool log, double air) {
  PlotAxis axis{.low = range.low, .high = range.high, .log = log};
  if (log) {
    axis.low = std::max(axis.low, 1e-300);
    axis.high = std::max(axis.high, axis.low);
    const double stretch = std::pow(axis.high / axis.low, air) * (axis.high / axis.low < 1.01 ? 2 : 1);
    axis.low /= stretch;
    axis.high *= stretch;
    return axis;
  }
  double margin = air * (range.high - range.low);
  if (!(margin > 0)) margin = std::max(std::fabs(range.high) * 0.1, 1e-6);
  axis.low -= margin;
  axis.high += margin;
  return axis;
}

}  // namespace descent::web
