// SPDX-License-Identifier: MIT
// Cells, their probabilities and the divergence, see boltzmann.h.
#include "engine/sampling/boltzmann.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/check.h"

namespace descent::sampling {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Nodes in −1 … 1 and weights (Abramowitz & Stegun, table 25.4).
constexpr std::size_t kNodes = 4;
constexpr std::array<double, kNodes> kPosition{-0.861136311594052575, -0.339981043584856265, 0.339981043584856265,
                                               0.861136311594052575};
constexpr std::array<double, kNodes> kWeight{0.347854845137453857, 0.652145154862546143, 0.652145154862546143,
                                             0.347854845137453857};

// A sum of exponentials Σ w exp(e), kept relative to the largest exponent met.
class ExponentialSum {
 public:
  void add(double weight, double exponent) {
    if (exponent > largest_) {
      sum_ = sum_ * std::exp(largest_ - exponent) + weight;
      largest_ = exponent;
    } else if (exponent > -kInfinity) {
      sum_ += weight * std::exp(exponent - largest_);
    }
  }
  [[nodiscard]] double log() const { return sum_ > 0 ? largest_ + std::log(sum_) : -kInfinity; }

 private:
  double largest_ = -kInfinity;
  double sum_ = 0;
};

// The nodes of `bins` cells in a row.
std::vector<double> node_positions(double low, double high, int bins) {
  std::vector<double> nodes;
  const double width = (high - low) / bins;
  for (int cell = 0; cell < bins; ++cell)
    for (const double position : kPosition) nodes.push_back(low + (cell + 0.5 * (1 + position)) * width);
  return nodes;
}

constexpr double kExpansion = 20;
constexpr int kMostTerms = 80;

// E[c ln c] − λ ln λ for a Poisson number c of mean λ: the series where it is short, elsewhere its expansion, which is
// good to 1e-4 there.
double poisson_excess(double mean) {
  static const std::array<double, kMostTerms> kEntropy = [] {
    std::array<double, kMostTerms> values{};
    for (std::size_t c = 1; c < values.size(); ++c)
      values[c] = static_cast<double>(c) * std::log(static_cast<double>(c));
    return values;
  }();
  if (mean <= 0) return 0;
  if (mean >= kExpansion) return 0.5 + 1 / (12 * mean) + 1 / (12 * mean * mean);
  const int last = std::min(kMostTerms, static_cast<int>(mean + 12 * std::sqrt(mean)) + 7);
  double share = std::exp(-mean);
  double sum = 0;
  for (int c = 1; c < last; ++c) {
    share *= mean / c;
    sum += share * kEntropy[static_cast<std::size_t>(c)];
  }
  return sum - mean * std::log(mean);
}

std::int64_t bin_of(double value, double low, double high, int bins) {
  const double share = (value - low) / (high - low);
  if (!(share >= 0 && share <= 1)) return -1;
  return std::min<std::int64_t>(bins - 1, static_cast<std::int64_t>(share * bins));
}

}  // namespace

std::int64_t CellGrid::cell_of(double x, double y) const {
  const std::int64_t column = bin_of(x, domain.x0, domain.x1, bins);
  const std::int64_t row = bin_of(y, domain.y0, domain.y1, bins);
  return column < 0 || row < 0 ? -1 : row * bins + column;
}

std::vector<double> log_boltzmann(const surfaces::Surface& surface, const CellGrid& grid, double temperature) {
  DESCENT_ASSERT(temperature > 0 && grid.bins > 0);
  const std::vector<double> xs = node_positions(grid.domain.x0, grid.domain.x1, grid.bins);
  const std::vector<double> ys = node_positions(grid.domain.y0, grid.domain.y1, grid.bins);
  const auto bins = static_cast<std::size_t>(grid.bins);
  std::vector<ExponentialSum> cells(grid.count());
  std::vector<double> y(xs.size());
  std::vector<double> f(xs.size());
  for (std::size_t j = 0; j < ys.size(); ++j) {
    std::fill(y.begin(), y.end(), ys[j]);
    surface.evaluate_many(xs, y, f, {}, {});
    for (std::size_t i = 0; i < xs.size(); ++i)
      if (std::isfinite(f[i]))
        cells[j / kNodes * bins + i / kNodes].add(kWeight[j % kNodes] * kWeight[i % kNodes], -f[i] / temperature);
  }
  std::vector<double> logs;
  ExponentialSum total;
  for (const ExponentialSum& cell : cells) {
    logs.push_back(cell.log());
    total.add(1, logs.back());
  }
  const double log_total = total.log();
  if (log_total > -kInfinity)
    for (double& log : logs) log -= log_total;
  return logs;
}

Divergence kl_divergence(std::span<const std::uint64_t> visits, std::span<const double> log_density) {
  DESCENT_ASSERT(visits.size() == log_density.size());
  std::uint64_t draws = 0;
  std::uint64_t visited = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits[i] == 0 || log_density[i] == -kInfinity) continue;
    draws += visits[i];
    ++visited;
  }
  if (draws == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  const double log_draws = std::log(static_cast<double>(draws));
  double sum = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits[i] == 0 || log_density[i] == -kInfinity) continue;
    const auto count = static_cast<double>(visits[i]);
    sum += count * (std::log(count) - log_draws - log_density[i]);
  }
  const auto n = static_cast<double>(draws);
  return {sum / n, static_cast<double>(visited - 1) / (2 * n)};
}

double expected_divergence(std::span<const double> log_density, std::uint64_t draws) {
  DESCENT_ASSERT(draws >= 1);
  const auto n = static_cast<double>(draws);
  double sum = 0;
  for (const double log : log_density) sum += poisson_excess(n * std::exp(log));
  return (sum - poisson_excess(n)) / n;
}

}  // namespace descent::sampling
