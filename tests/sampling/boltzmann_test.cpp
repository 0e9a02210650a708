// SPDX-License-Identifier: MIT
// Cell probabilities against the error function on a quadratic, at temperatures from a narrow peak to an almost even
// density and with values far beyond what exp() can hold; holes; the divergence by hand, and its bias in an experiment.
#include "engine/sampling/boltzmann.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/rng.h"
#include "tests/support/close.h"
#include "tests/support/status.h"

namespace descent::testing {
namespace {

using sampling::CellGrid;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::unique_ptr<surfaces::Surface> made(std::string_view name, const std::vector<double>& parameters = {}) {
  auto surface = surfaces::make_surface(name, parameters);
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

// P(low < v < high) of a normal number with that deviation.
double normal_share(double low, double high, double deviation) {
  const double s = deviation * std::sqrt(2.0);
  return 0.5 * (std::erf(high / s) - std::erf(low / s));
}

double total(const std::vector<double>& logs) {
  return std::accumulate(logs.begin(), logs.end(), 0.0, [](double sum, double log) { return sum + std::exp(log); });
}

TEST_CASE("on a quadratic the cells hold the normal distribution's shares") {
  const auto bowl = made("quadratic", {4});
  const CellGrid grid{{-3, 3, -2, 2}, 20};
  // At the lowest temperature a cell is almost two standard deviations high: 4 nodes leave 2·10⁻⁵ there.
  for (const auto& [temperature, rtol, atol] : {std::array{0.05, 2e-5, 1e-8}, {0.5, 1e-7, 1e-12}, {30.0, 1e-11, 0.0}}) {
    const std::vector<double> logs = sampling::log_boltzmann(*bowl, grid, temperature);
    const double sx = std::sqrt(temperature);
    const double sy = std::sqrt(temperature / 4);
    const double inside = normal_share(-3, 3, sx) * normal_share(-2, 2, sy);
    CAPTURE(temperature);
    CHECK(close(total(logs), 1, 1e-12, 0));
    for (int row = 0; row < 20; ++row)
      for (int column = 0; column < 20; ++column) {
        const double expected = normal_share(-3 + 0.3 * column, -2.7 + 0.3 * column, sx) *
                                normal_share(-2 + 0.2 * row, -1.8 + 0.2 * row, sy) / inside;
        const double actual = std::exp(logs[static_cast<std::size_t>(20 * row + column)]);
        CHECK(close(actual, expected, rtol, atol));
      }
  }
}

TEST_CASE("no temperature and no height under- or overflows") {
  const auto tall = made("goldstein_price");  // 3 … 1,000,000
  const CellGrid grid{tall->info().domain, 16};
  for (const double temperature : {1e-6, 1e-2, 1.0, 1e6}) {
    const std::vector<double> logs = sampling::log_boltzmann(*tall, grid, temperature);
    CHECK(close(total(logs), 1, 1e-12, 0));
    for (const double log : logs) CHECK(std::isfinite(log));
  }
}

TEST_CASE("where the function is no number the density is 0, and visits there do not count") {
  surfaces::SurfaceChoice choice{.surface = std::string(surfaces::kExpressionName),
                                 .expression = surfaces::TypedFormula("x^2 + y^2 + 0*log(x)")};
  choice.domain = {-1, 1, -1, 1};
  const auto surface = surfaces::make_surface(choice);
  REQUIRE(surface.ok());
  const CellGrid grid{choice.domain, 4};
  const std::vector<double> logs = sampling::log_boltzmann(**surface, grid, 1);
  CHECK(close(total(logs), 1, 1e-12, 0));
  for (std::size_t i = 0; i < logs.size(); ++i) CHECK((logs[i] == -kInfinity) == (i % 4 < 2));
  std::vector<std::uint64_t> visits(16, 0);
  visits[0] = 1000;
  CHECK(std::isnan(sampling::kl_divergence(visits, logs).kl));
}

TEST_CASE("cells: borders, corners, outside") {
  const CellGrid grid{{-1, 1, 0, 4}, 4};
  CHECK(grid.cell_of(-1, 0) == 0);
  CHECK(grid.cell_of(1, 4) == 15);
  CHECK(grid.cell_of(-0.5, 0.5) == 1);
  CHECK(grid.cell_of(-0.51, 1.0) == 4);
  CHECK(grid.cell_of(1.0001, 1) == -1);
  CHECK(grid.cell_of(0, -0.0001) == -1);
  CHECK(grid.cell_of(std::nan(""), 1) == -1);
}

TEST_CASE("the divergence by hand") {
  const std::vector<double> density{std::log(0.5), std::log(0.25), std::log(0.25)};
  const auto same = sampling::kl_divergence(std::vector<std::uint64_t>{200, 100, 100}, density);
  CHECK(close(same.kl, 0, 0, 1e-15));
  CHECK(close(same.bias, 2.0 / 800, 1e-15, 0));
  const auto one_sided = sampling::kl_divergence(std::vector<std::uint64_t>{0, 7, 0}, density);
  CHECK(close(one_sided.kl, std::log(4.0), 1e-15, 0));
  CHECK(one_sided.bias == 0);
  const auto mixed = sampling::kl_divergence(std::vector<std::uint64_t>{1, 3, 0}, density);
  CHECK(close(mixed.kl, 0.25 * std::log(0.5) + 0.75 * std::log(3.0), 1e-14, 0));
  CHECK(std::isnan(sampling::kl_divergence(std::vector<std::uint64_t>{0, 0, 0}, density).kl));
}

// The divergence of that many independent draws, round after round: its mean, the standard error of that, and the mean
// of Miller's term.
struct Drawn {
  double kl = 0, error = 0, bias = 0;
};
Drawn drawn(const std::vector<double>& logs, int draws, int rounds) {
  core::Rng rng(3);
  std::vector<double> cumulative;
  for (const double log : logs) cumulative.push_back((cumulative.empty() ? 0 : cumulative.back()) + std::exp(log));
  std::vector<double> values;
  Drawn result;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::uint64_t> visits(logs.size(), 0);
    for (int i = 0; i < draws; ++i) {
      const auto cell = std::upper_bound(cumulative.begin(), cumulative.end(), rng.uniform() * cumulative.back());
      ++visits[static_cast<std::size_t>(cell - cumulative.begin())];
    }
    const sampling::Divergence divergence = sampling::kl_divergence(visits, logs);
    values.push_back(divergence.kl);
    result.kl += divergence.kl / rounds;
    result.bias += divergence.bias / rounds;
  }
  for (const double value : values) result.error += (value - result.kl) * (value - result.kl);
  result.error = std::sqrt(result.error) / rounds;
  return result;
}

TEST_CASE("independent draws from the density itself have the stated bias on average") {
  const auto bowl = made("quadratic", {2});
  const CellGrid grid{{-2, 2, -2, 2}, 8};
  const std::vector<double> logs = sampling::log_boltzmann(*bowl, grid, 1);
  const Drawn many = drawn(logs, 20000, 300);
  CHECK(close(many.kl, many.bias, 0.05, 0));
  for (const int draws : {5, 40, 400, 5000}) {
    const Drawn round = drawn(logs, draws, 2000000 / (draws + 500));
    const double expected = sampling::expected_divergence(logs, static_cast<std::uint64_t>(draws));
    CAPTURE(draws);
    // Poisson numbers in place of a fixed total cost a little where there are few.
    CHECK(close(round.kl, expected, draws < 10 ? 0.1 : 0.005, 4 * round.error));
    // Negative control: Miller's term alone is off by more than that where cells have few draws.
    CHECK(static_cast<bool>(close(round.kl, round.bias, 0.05, 4 * round.error)) == (draws > 1000));
  }
  CHECK(close(sampling::expected_divergence(logs, 100000000), 63 / 2e8, 1e-3, 0));
}

}  // namespace
}  // namespace descent::testing
