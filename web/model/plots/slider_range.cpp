// SPDX-License-Identifier: MIT
#include "web/model/plots/slider_range.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace descent::web {
namespace {

constexpr int kEverydayRange = 3;  // ±10
constexpr double kLeastEveryday = 0.1;
constexpr double kMostEveryday = 5;
constexpr double kRoom = 2;        // range over value, at least
constexpr double kSmallRoom = 20;  // the same of very small values: their neighbours matter

}  // namespace

double range_end(int range) {
  constexpr std::array kMantissas{1.0, 2.0, 5.0};
  const int decade = static_cast<int>(std::floor(range / 3.0));
  return kMantissas[static_cast<std::size_t>(range - 3 * decade)] * std::pow(10.0, decade);
}

int following_range(double value) {
  const double size = std::abs(value);
  if (size == 0 || !std::isfinite(size) || (size >= kLeastEveryday && size <= kMostEveryday)) return kEverydayRange;
  const double wanted = size * (size < kLeastEveryday ? kSmallRoom : kRoom);
  int range = 3 * static_cast<int>(std::floor(std::log10(wanted)));
  while (range_end(range) < wanted) ++range;
  return range;
}

core::ParamSpec with_range(const core::ParamSpec& spec, int range) {
  core::ParamSpec ranged = spec;
  ranged.slider_maximum = std::min(range_end(range), spec.maximum);
  ranged.slider_minimum = std::max(-range_end(range), spec.minimum);
  return ranged;
}

}  // namespace descent::web
