// SPDX-License-Identifier: MIT
#include "engine/surfaces/sampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace descent::surfaces {
namespace {

constexpr int kAcross = 41;         // samples along each axis
constexpr double kMuchLarger = 11;  // times the distance from the lowest value to the median
constexpr double kLow = 0.18;       // fractions of the domain
constexpr double kHigh = 0.78;

std::vector<double> finite_values(const Surface& surface, const Domain& domain) {
  std::vector<double> x, y;
  for (int row = 0; row < kAcross; ++row)
    for (int column = 0; column < kAcross; ++column) {
      x.push_back(domain.x0 + (domain.x1 - domain.x0) * column / (kAcross - 1));
      y.push_back(domain.y0 + (domain.y1 - domain.y0) * row / (kAcross - 1));
    }
  std::vector<double> values(x.size());
  surface.evaluate_many(x, y, values, {}, {});
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  return values;
}

bool leads_somewhere(const Surface& surface, Point p) {
  Point gradient{};
  const double value = surface.evaluate(p, gradient);
  const double norm = std::hypot(gradient[0], gradient[1]);
  return std::isfinite(value) && std::isfinite(norm) && norm > 0;
}

}  // namespace

Point telling_start(const Surface& surface, const Domain& domain) {
  const auto at = [&](double u, double v) {
    return Point{domain.x0 + u * (domain.x1 - domain.x0), domain.y0 + v * (domain.y1 - domain.y0)};
  };
  for (const auto& [u, v] : {Point{kLow, kHigh}, Point{kHigh, kHigh}, Point{kHigh, kLow}, Point{kLow, kLow}})
    if (leads_somewhere(surface, at(u, v))) return at(u, v);
  constexpr int kTries = 12;
  for (int row = 0; row < kTries; ++row)
    for (int column = 0; column < kTries; ++column)
      if (const Point p = at((column + 0.5) / kTries, (row + 0.5) / kTries); leads_somewhere(surface, p)) return p;
  return at(0.5, 0.5);
}

bool spans_magnitudes(const Surface& surface, const Domain& domain) {
  std::vector<double> values = finite_values(surface, domain);
  if (values.size() < 2) return false;
  std::sort(values.begin(), values.end());
  const double low = values.front();
  return values.back() - low > kMuchLarger * (values[values.size() / 2] - low);
}

}  // namespace descent::surfaces
