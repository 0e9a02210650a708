// SPDX-License-Identifier: MIT
#include "engine/race/outcome/finish.h"

#include <algorithm>
#include <numbers>

namespace descent::race {
namespace {

constexpr double kRounding = 1e-12;  // of the lowest value, or of 1: what two computations of it may differ by
constexpr double kSameValue = 1e-9;  // the same for minima that Newton's method found
constexpr int kRays = 16;
constexpr int kDistances = 8;
constexpr double kFarther = 4;  // times

bool falls_along(const surfaces::Surface& surface, surfaces::Point from, surfaces::Point direction) {
  const auto at = [&](double distance) {
    return surface.evaluate(surfaces::Point{from[0] + distance * direction[0], from[1] + distance * direction[1]}, {});
  };
  double before = at(1), fell = 0, distance = 1;
  for (int i = 0; i < kDistances; ++i) {
    const double value = at(distance *= kFarther);
    const double falls = before - value;
    if (std::isnan(value) || !(falls > 0) || falls < (1 - kSameValue) * fell) return false;
    if (std::isinf(value)) return true;
    before = value;
    fell = falls;
  }
  return true;
}

}  // namespace

bool falls_for_ever(const surfaces::Surface& surface) {
  const surfaces::Domain& d = surface.info().domain;
  const surfaces::Point middle{(d.x0 + d.x1) / 2, (d.y0 + d.y1) / 2};
  const double half = std::max(d.x1 - d.x0, d.y1 - d.y0) / 2;
  for (int i = 0; i < kRays; ++i) {
    const double angle = 2 * std::numbers::pi * i / kRays;
    if (falls_along(surface, middle, {half * std::cos(angle), half * std::sin(angle)})) return true;
  }
  return false;
}

FinishLine finish_line(const surfaces::Surface& surface, const surfaces::MinimaList& minima, double sampled,
                       surfaces::Point start) {
  FinishLine line;
  double lowest = std::numeric_limits<double>::infinity(), next = lowest;
  for (const surfaces::Minimum& minimum : minima.minima) lowest = std::min(lowest, minimum.value);
  const double size = std::max(1.0, std::abs(lowest));
  for (const surfaces::Minimum& minimum : minima.minima)
    if (minimum.value > lowest + kSameValue * size) next = std::min(next, minimum.value);
  const bool listed = !minima.found && !minima.minima.empty();
  line.bottomless = !listed && falls_for_ever(surface);
  if (minima.minima.empty() || line.bottomless) return line;
  const double height = surface.evaluate(start, {}) - lowest;
  const double tolerance = std::max(std::min(kFinishShare * height, kGapShare * (next - lowest)), kRounding * size);
  if (!listed && sampled < lowest - tolerance) return line;
  line.lowest = lowest;
  line.tolerance = tolerance;
  return line;
}

}  // namespace descent::race
