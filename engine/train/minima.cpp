// SPDX-License-Identifier: MIT
#include "engine/train/minima.h"

#include <algorithm>
#include <cmath>

namespace descent::train {
namespace {

constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 40;
constexpr int kAcross = 64;  // samples along each axis
constexpr std::size_t kMostStarts = 256;
constexpr double kSmallestCurvature = 1e-8;  // of the largest
constexpr double kRelativeGradient = 1e-9;   // of the largest curvature times the point's size
constexpr double kSame = 1e-5;               // of the domain's extent: two ends are one minimum

using surfaces::LocalModel;
using surfaces::Point;

Point newton_step(const LocalModel& model) {
  const double largest = std::max(std::abs(model.eigenvalues[0]), std::abs(model.eigenvalues[1]));
  const double floor = largest > 0 ? kSmallestCurvature * largest : 1;
  Point step{};
  for (std::size_t k = 0; k < 2; ++k) {
    const double* v = &model.eigenvectors[2 * k];
    const double slope = v[0] * model.gradient[0] + v[1] * model.gradient[1];
    const double length = slope / std::max(std::abs(model.eigenvalues[k]), floor);
    step[0] -= length * v[0];
    step[1] -= length * v[1];
  }
  return step;
}

// The first of the halved steps that does not go uphill.
bool halve_until_lower(const surfaces::Surface& surface, const LocalModel& model, Point& at, Point step) {
  for (int i = 0; i < kMostHalvings; ++i) {
    const Point next{at[0] + step[0], at[1] + step[1]};
    if (next == at) return false;
    if (surface.evaluate(next, {}) <= model.value) {
      at = next;
      return true;
    }
    step = {0.5 * step[0], 0.5 * step[1]};
  }
  return false;
}

bool is_minimum(const LocalModel& model, Point at) {
  if (!(model.eigenvalues[0] > kSmallestCurvature * model.eigenvalues[1]) || !std::isfinite(model.value)) return false;
  const double size = std::max(1.0, std::hypot(at[0], at[1]));
  return std::hypot(model.gradient[0], model.gradient[1]) <= kRelativeGradient * model.eigenvalues[1] * size;
}

bool inside(const surfaces::Domain& domain, Point p) {
  return p[0] >= domain.x0 && p[0] <= domain.x1 && p[1] >= domain.y0 && p[1] <= domain.y1;
}

// The samples of a grid that no neighbour is lower than, the lowest first: one at least in every basin wider than two
// cells, and several along a curved valley.
std::vector<Point> lowest_samples(const surfaces::Surface& surface, const surfaces::Domain& domain) {
  std::vector<double> x, y;
  for (int row = 0; row < kAcross; ++row)
    for (int column = 0; column < kAcross; ++column) {
      x.push_back(domain.x0 + (domain.x1 - domain.x0) * (column + 0.5) / kAcross);
      y.push_back(domain.y0 + (domain.y1 - domain.y0) * (row + 0.5) / kAcross);
    }
  std::vector<double> values(x.size());
  surface.evaluate_many(x, y, values, {}, {});
  const auto lowest = [&](int row, int column) {
    const double here = values[static_cast<std::size_t>(row * kAcross + column)];
    if (!std::isfinite(here)) return false;
    for (int r = std::max(row - 1, 0); r <= std::min(row + 1, kAcross - 1); ++r)
      for (int c = std::max(column - 1, 0); c <= std::min(column + 1, kAcross - 1); ++c)
        if (values[static_cast<std::size_t>(r * kAcross + c)] < here) return false;
    return true;
  };
  std::vector<std::size_t> order;
  for (int row = 0; row < kAcross; ++row)
    for (int column = 0; column < kAcross; ++column)
      if (lowest(row, column)) order.push_back(static_cast<std::size_t>(row * kAcross + column));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  order.resize(std::min(order.size(), kMostStarts));
  std::vector<Point> points;
  for (const std::size_t i : order) points.push_back({x[i], y[i]});
  return points;
}

}  // namespace

std::optional<surfaces::Minimum> polish_minimum(const surfaces::Surface& surface, Point from) {
  Point at = from;
  LocalModel model = surfaces::local_model(surface, at);
  for (int i = 0; i < kMostSteps; ++i) {
    if (!std::isfinite(model.value) || !std::isfinite(model.eigenvalues[0])) return {};
    if (!halve_until_lower(surface, model, at, newton_step(model))) break;
    const double gradient = std::hypot(model.gradient[0], model.gradient[1]);
    model = surfaces::local_model(surface, at);
    // At the bottom only rounding is left; the last steps there no longer lessen the gradient.
    if (is_minimum(model, at) && std::hypot(model.gradient[0], model.gradient[1]) >= gradient) break;
  }
  if (!is_minimum(model, at)) return {};
  return surfaces::Minimum{at, model.value};
}

std::vector<surfaces::Minimum> find_minima(const surfaces::Surface& surface, const surfaces::Domain& domain,
                                           std::size_t limit) {
  std::vector<surfaces::Minimum> minima = surface.minima();
  if (!minima.empty()) return minima;
  const double same = kSame * std::max(domain.x1 - domain.x0, domain.y1 - domain.y0);
  for (const Point start : lowest_samples(surface, domain)) {
    const auto found = polish_minimum(surface, start);
    if (!found || !inside(domain, found->point)) continue;
    const bool known = std::any_of(minima.begin(), minima.end(), [&](const surfaces::Minimum& m) {
      return std::hypot(m.point[0] - found->point[0], m.point[1] - found->point[1]) <= same;
    });
    if (!known) minima.push_back(*found);
  }
  std::stable_sort(minima.begin(), minima.end(),
                   [](const surfaces::Minimum& a, const surfaces::Minimum& b) { return a.value < b.value; });
  if (minima.size() > limit) minima.resize(limit);
  return minima;
}

}  // namespace descent::train
