// SPDX-License-Identifier: MIT
#include "web/model/plots/plot_reading.h"

#include <algorithm>
#include <cmath>

namespace descent::web {
namespace {

constexpr double kReach = 6;   // points: from as far a marked point can be pointed at
constexpr double kSame = 1.5;  // points: what stands closer together is read as one

}  // namespace

std::size_t MeasuredPoints::nearest(double value) const {
  if (x.empty()) return static_cast<std::size_t>(std::clamp(std::round(value), 0.0, static_cast<double>(count - 1)));
  const auto end = x.begin() + static_cast<std::ptrdiff_t>(count);
  const auto above = std::lower_bound(x.begin(), end, value);
  if (above == x.begin()) return 0;
  const auto i = static_cast<std::size_t>(above - x.begin());
  return i == count || value - x[i - 1] < x[i] - value ? i - 1 : i;
}

std::optional<double> measured_x(const PlotAxis& axis, float width, double pointer,
                                 std::span<const MeasuredPoints> curves) {
  std::optional<double> found;
  double least = 0;
  for (const MeasuredPoints& curve : curves) {
    if (curve.count == 0) continue;
    const double x = curve.at(curve.nearest(axis.value(pointer)));
    double distance = std::abs(axis.position(x) - pointer) * static_cast<double>(width);
    if (curve.few && distance <= kReach) distance -= kReach;
    if (found && distance >= least) continue;
    found = x;
    least = distance;
  }
  return found;
}

std::optional<std::size_t> measured_point(const PlotAxis& axis, float width, const MeasuredPoints& curve, double x) {
  if (curve.count == 0) return {};
  const std::size_t i = curve.nearest(x);
  const double away = std::abs(axis.position(curve.at(i)) - axis.position(x)) * static_cast<double>(width);
  return away <= kSame ? std::optional(i) : std::nullopt;
}

void smoothed(std::span<const double> y, double weight, std::vector<double>& out) {
  out.clear();
  double mean = 0, missing = 1;  // 1 − the weights so far
  for (const double value : y) {
    if (!std::isfinite(value)) {
      out.push_back(value);
      continue;
    }
    mean = weight * mean + (1 - weight) * value;
    missing *= weight;
    out.push_back(mean / (1 - missing));
  }
}

bool sharp_turn(float ax, float ay, float bx, float by, float cx, float cy) {
  return (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0;
}

}  // namespace descent::web
