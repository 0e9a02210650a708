// SPDX-License-Identifier: MIT
// Langevin chains against what is known exactly on a quadratic with curvature λ: the unadjusted chain's stationary
// variance is T/(λ(1 − ηλ/2)), the adjusted chain's T/λ for every η; temperature 0 is gradient descent; chains keep to
// their own random numbers; a chain that leaves is lost, an adjusted one never is.
#include "engine/sampling/langevin.h"

#include <cmath>

#include "tests/support/close.h"
#include "tests/support/status.h"

namespace descent::testing {
namespace {

using sampling::Langevin;
using sampling::LangevinStep;
using sampling::SamplingMethod;

std::unique_ptr<surfaces::Surface> made(std::string_view name, const std::vector<double>& parameters = {}) {
  auto surface = surfaces::make_surface(name, parameters);
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

struct Moments {
  double mean = 0, variance = 0, error = 0;  // error: the standard error of the variance
};

// Along y of the bowl (x² + κy²)/2, over 500 chains that start far out, after they have forgotten it. The error is
// taken from the spread between chains, which are independent.
Moments moments_along_y(double kappa, const LangevinStep& how, int steps = 2000) {
  constexpr int kChains = 500;
  const auto bowl = made("quadratic", {kappa});
  Langevin chains(*bowl, {1, 1}, kChains, 5);
  for (int i = 0; i < 300; ++i) chains.step(how);
  double sum = 0;
  std::vector<double> squares(kChains, 0);
  for (int i = 0; i < steps; ++i) {
    chains.step(how);
    for (std::size_t k = 0; k < kChains; ++k) {
      sum += chains.y()[k];
      squares[k] += chains.y()[k] * chains.y()[k] / steps;
    }
  }
  Moments moments;
  for (const double square : squares) moments.variance += square / kChains;
  double spread = 0;
  for (const double square : squares) spread += (square - moments.variance) * (square - moments.variance);
  moments.mean = sum / (static_cast<double>(steps) * kChains);
  moments.error = std::sqrt(spread / kChains / kChains);
  return moments;
}

TEST_CASE("the unadjusted chain has the variance of its own recurrence, larger than the surface's") {
  for (const auto& [rate, temperature] : {std::pair{0.02, 1.0}, {0.1, 0.25}, {0.18, 4.0}}) {
    constexpr double kLambda = 10;
    const Moments moments = moments_along_y(kLambda, {SamplingMethod::ula, temperature, rate});
    const double discrete = temperature / (kLambda * (1 - rate * kLambda / 2));
    CAPTURE(rate);
    CHECK(close(moments.variance, discrete, 0, 4 * moments.error));
    CHECK(moments.error < 0.01 * discrete);
    CHECK(close(moments.mean, 0, 0, 0.02 * std::sqrt(discrete)));
    CHECK_FALSE(close(moments.variance, temperature / kLambda, 0, 4 * moments.error));  // its bias shows
  }
}

TEST_CASE("the adjusted chain has the surface's own variance, at small and large rates") {
  for (const double rate : {0.02, 0.1, 0.25}) {  // the last is above 2/λ, where the unadjusted chain diverges
    constexpr double kLambda = 10;
    constexpr double kTemperature = 0.5;
    const Moments moments = moments_along_y(kLambda, {SamplingMethod::mala, kTemperature, rate});
    CAPTURE(rate);
    CHECK(close(moments.variance, kTemperature / kLambda, 0, 4 * moments.error));
    CHECK(moments.error < 0.02 * kTemperature / kLambda);
  }
}

TEST_CASE("negative control: the test of the variance sees a temperature that is off by 5 %") {
  const Moments moments = moments_along_y(10, {SamplingMethod::mala, 0.5 * 1.05, 0.05});
  CHECK_FALSE(close(moments.variance, 0.05, 0, 4 * moments.error));
}

TEST_CASE("temperature 0 is gradient descent, bit for bit") {
  const auto surface = made("himmelblau");
  Langevin chains(*surface, {0.3, -0.4}, 3, 9);
  surfaces::Point p{0.3, -0.4};
  for (int i = 0; i < 50; ++i) {
    chains.step({SamplingMethod::ula, 0, 0.01});
    surfaces::Point gradient{};
    surface->evaluate(p, gradient);
    for (std::size_t k = 0; k < 2; ++k) p[k] -= 0.01 * gradient[k];
  }
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(chains.x()[k] == p[0]);
    CHECK(chains.y()[k] == p[1]);
  }
}

TEST_CASE("the adjusted chain at temperature 0 never climbs; at rate 0 nothing moves") {
  const auto surface = made("rastrigin");
  Langevin chains(*surface, {3.3, -2.4}, 1, 2);
  double value = surface->evaluate(surfaces::Point{3.3, -2.4}, {});
  for (int i = 0; i < 50; ++i) {
    chains.step({SamplingMethod::mala, 0, 0.02});
    const double now = surface->evaluate(surfaces::Point{chains.x()[0], chains.y()[0]}, {});
    CHECK(now <= value);
    value = now;
  }
  Langevin still(*surface, {1, 1}, 2, 2);
  still.step({SamplingMethod::mala, 1, 0});
  still.step({SamplingMethod::ula, 1, 0});
  CHECK(still.x()[1] == 1);
  CHECK(still.accepted() == 4);
}

TEST_CASE("a chain's path depends on the seed and its own number only") {
  const auto surface = made("double_well");
  Langevin few(*surface, {0, 0}, 3, 7);
  Langevin many(*surface, {0, 0}, 40, 7);
  Langevin other(*surface, {0, 0}, 3, 8);
  for (int i = 0; i < 30; ++i)
    for (Langevin* chains : {&few, &many, &other}) chains->step({SamplingMethod::mala, 0.5, 0.05});
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(few.x()[k] == many.x()[k]);
    CHECK(few.y()[k] == many.y()[k]);
    CHECK(few.x()[k] != other.x()[k]);
  }
  CHECK(few.x()[0] != few.x()[1]);
}

TEST_CASE("above 2/λ unadjusted chains are lost, adjusted ones reject") {
  const auto bowl = made("quadratic", {10});
  Langevin wild(*bowl, {1, 1}, 20, 1);
  Langevin tame(*bowl, {1, 1}, 20, 1);
  for (int i = 0; i < 500; ++i) {
    wild.step({SamplingMethod::ula, 0.5, 0.3});
    tame.step({SamplingMethod::mala, 0.5, 0.3});
  }
  CHECK(wild.lost() == 20);
  CHECK_FALSE(wild.alive(0));
  CHECK(std::isfinite(wild.x()[0] + wild.y()[0]));
  CHECK(tame.lost() == 0);
  CHECK(tame.accepted() < tame.proposed());
  CHECK(tame.accepted() > 0);
}

}  // namespace
}  // namespace descent::testing
