// SPDX-License-Identifier: MIT
// Bisection and ladder, see automatic_settings.h.
#include "engine/sampling/automatic_settings.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace descent::sampling {
namespace {

using surfaces::Point;

constexpr int kSide = 64;            // cells along each side of the domain
constexpr std::size_t kDraws = 256;  // from the density
constexpr std::size_t kAtStart = 16;
constexpr double kStartTarget = 0.2;  // acceptance there
constexpr double kLargestStep = 100, kSmallestStep = 1e-9, kLadder = 0.8;
constexpr int kBisections = 50;
constexpr std::uint64_t kSeed = 1;

// Values at the cells' middles; holes left out.
struct Cells {
  std::vector<Point> points;
  std::vector<double> values;
};

Cells middles(const surfaces::Surface& surface) {
  const surfaces::Domain& d = surface.info().domain;
  std::vector<double> x, y;
  for (int j = 0; j < kSide; ++j)
    for (int i = 0; i < kSide; ++i) {
      x.push_back(d.x0 + (i + 0.5) * (d.x1 - d.x0) / kSide);
      y.push_back(d.y0 + (j + 0.5) * (d.y1 - d.y0) / kSide);
    }
  std::vector<double> f(x.size());
  surface.evaluate_many(x, y, f, {}, {});
  Cells cells;
  for (std::size_t i = 0; i < f.size(); ++i) {
    if (!std::isfinite(f[i])) continue;
    cells.points.push_back({x[i], y[i]});
    cells.values.push_back(f[i]);
  }
  return cells;
}

// exp(−(f − lowest)/T), not normalised.
std::vector<double> weights(std::span<const double> values, double lowest, double temperature) {
  std::vector<double> w;
  w.reserve(values.size());
  for (const double f : values) w.push_back(std::exp(-(f - lowest) / temperature));
  return w;
}

// exp(entropy) as a share of the cells.
double filled(std::span<const double> w) {
  double sum = 0;
  for (const double one : w) sum += one;
  double entropy = 0;
  for (const double one : w) {
    const double share = one / sum;
    if (share > 0) entropy -= share * std::log(share);
  }
  return std::exp(entropy) / static_cast<double>(w.size());
}

// The value to that many significant digits.
double rounded(double value, int digits) {
  const double exponent = std::floor(std::log10(value)) - digits + 1;
  // Divided by a whole number where the unit is below 1: 0.3 as such, not 0.30000000000000004.
  if (exponent < 0) {
    const double inverse = std::pow(10.0, -exponent);
    return std::round(value * inverse) / inverse;
  }
  const double unit = std::pow(10.0, exponent);
  return std::round(value / unit) * unit;
}

double fit_temperature(std::span<const double> values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double range = *high - *low;
  if (!(range > 0) || !std::isfinite(range)) return 1;
  double below = std::log(1e-12 * range), above = std::log(1e3 * range);
  for (int i = 0; i < kBisections; ++i) {
    const double middle = 0.5 * (below + above);
    (filled(weights(values, *low, std::exp(middle))) < kFilledShare ? below : above) = middle;
  }
  return std::clamp(rounded(std::exp(below), 2), 1e-9, 1e6);
}

// Cells' middles at even steps of the cumulated density.
std::vector<Point> draws(const Cells& cells, double temperature) {
  const double lowest = *std::min_element(cells.values.begin(), cells.values.end());
  const std::vector<double> w = weights(cells.values, lowest, temperature);
  double sum = 0;
  for (const double one : w) sum += one;
  std::vector<Point> points;
  double passed = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    passed += w[i];
    while (points.size() < kDraws &&
           passed >= sum * (static_cast<double>(points.size()) + 0.5) / static_cast<double>(kDraws))
      points.push_back(cells.points[i]);
  }
  return points;
}

double acceptance(const surfaces::Surface& surface, std::span<const Point> points, double temperature, double rate) {
  Langevin chains(surface, points, kSeed);
  chains.step({SamplingMethod::mala, temperature, rate});
  return static_cast<double>(chains.accepted()) / static_cast<double>(chains.proposed());
}

}  // namespace

SamplingFit fit_sampling(const surfaces::Surface& surface, Point start, SamplingMethod method) {
  const Cells cells = middles(surface);
  if (cells.values.empty()) return {};
  SamplingFit fit;
  fit.temperature = fit_temperature(cells.values);
  const std::vector<Point> typical = draws(cells, fit.temperature);
  const std::vector<Point> at_start(kAtStart, start);
  const double target = method == SamplingMethod::mala ? kMalaTarget : kUlaTarget;
  for (double rate = kLargestStep; rate > kSmallestStep; rate *= kLadder) {
    const double step = rounded(rate, 1);
    if (acceptance(surface, typical, fit.temperature, step) < target) continue;
    if (acceptance(surface, at_start, fit.temperature, step) < kStartTarget) continue;
    fit.learning_rate = step;
    return fit;
  }
  return fit;
}

}  // namespace descent::sampling
