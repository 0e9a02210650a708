// SPDX-License-Identifier: MIT
#include "engine/surfaces/minima.h"

#include <algorithm>
#include <cmath>

#include "engine/surfaces/kink_minimum.h"

namespace descent::surfaces {
namespace {

constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 40;
constexpr int kAcross = 64;  // samples along each axis
constexpr std::size_t kMostStarts = kAcross * kAcross / 4;
constexpr double kSmallestCurvature = 1e-8;  // of the largest
constexpr double kRelativeGradient = 1e-9;   // of the largest curvature times the point's size
constexpr double kSame = 1e-5;               // of the domain's extent: two ends are one minimum
constexpr std::size_t kMostKinks = 16;       // starts that look for a minimum at a kink

Point modified_newton_step(const LocalModel& model) {
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
bool halve_until_lower(const Surface& surface, const LocalModel& model, Point& at, Point step) {
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

bool inside(const Domain& domain, Point p) {
  return p[0] >= domain.x0 && p[0] <= domain.x1 && p[1] >= domain.y0 && p[1] <= domain.y1;
}

double distance(Point a, Point b) {
  return std::hypot(a[0] - b[0], a[1] - b[1]);
}

// The samples of a grid that no neighbour is lower than, the lowest first: one at least in every basin wider than two
// cells, and several along a curved valley. So they are at most a quarter of the samples, unless f is level.
std::vector<Point> lowest_samples(const Surface& surface, const Domain& domain) {
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

std::optional<Minimum> polish_minimum(const Surface& surface, Point from) {
  Point at = from;
  LocalModel model = local_model(surface, at);
  for (int i = 0; i < kMostSteps; ++i) {
    if (!std::isfinite(model.value) || !std::isfinite(model.eigenvalues[0])) return {};
    if (!halve_until_lower(surface, model, at, modified_newton_step(model))) break;
    const double gradient = std::hypot(model.gradient[0], model.gradient[1]);
    model = local_model(surface, at);
    // At the bottom only rounding is left; the last steps there no longer lessen the gradient.
    if (is_minimum(model, at) && std::hypot(model.gradient[0], model.gradient[1]) >= gradient) break;
  }
  if (!is_minimum(model, at)) return {};
  return Minimum{at, model.value};
}

MinimaList search_minima(const Surface& surface, const Domain& domain, std::size_t limit) {
  MinimaList list{.found = true};
  std::vector<Minimum>& minima = list.minima;
  const double extent = std::max(domain.x1 - domain.x0, domain.y1 - domain.y0);
  const auto add = [&](const std::optional<Minimum>& found) {
    if (!found || !inside(domain, found->point)) return;
    const bool known = std::any_of(minima.begin(), minima.end(),
                                   [&](const Minimum& m) { return distance(m.point, found->point) <= kSame * extent; });
    if (!known) minima.push_back(*found);
  };
  std::size_t kinks_left = surface.info().smooth ? 0 : kMostKinks;
  for (const Point start : lowest_samples(surface, domain)) {
    const auto found = polish_minimum(surface, start);
    add(found);
    // Newton's method leaves the basin of a minimum at a kink.
    if (kinks_left == 0 || (found && distance(found->point, start) <= 2 * extent / kAcross)) continue;
    --kinks_left;
    add(kink_minimum(surface, start, extent));
  }
  std::stable_sort(minima.begin(), minima.end(), [](const Minimum& a, const Minimum& b) { return a.value < b.value; });
  list.more = minima.size() > limit;
  if (list.more) minima.resize(limit);
  return list;
}

MinimaList list_minima(const Surface& surface, const Domain& domain) {
  MinimaList known{surface.minima()};
  return known.minima.empty() ? search_minima(surface, domain) : known;
}

std::vector<Minimum> find_minima(const Surface& surface, const Domain& domain) {
  return list_minima(surface, domain).minima;
}

}  // namespace descent::surfaces
