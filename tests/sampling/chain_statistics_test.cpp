// SPDX-License-Identifier: MIT
// Agreement of chains against what is known of a first-order autoregression, x' = ρx + noise: its draws are worth
// n(1 − ρ)/(1 + ρ) independent ones. Chains that disagree, lost chains, chains that stand still; gatherings.
#include "engine/sampling/chain_statistics.h"

#include <cmath>

#include "tests/support/close.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using sampling::ChainAgreement;
using sampling::ChainStatistics;
using sampling::Langevin;
using sampling::SamplingMethod;

std::unique_ptr<surfaces::Surface> bowl() {
  auto surface = surfaces::make_surface("quadratic", std::vector<double>{1});
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

ChainAgreement after(Langevin& chains, double rate, int forgotten, int steps) {
  const sampling::LangevinStep how{SamplingMethod::ula, 1, rate};
  for (int i = 0; i < forgotten; ++i) chains.step(how);
  ChainStatistics statistics;
  statistics.begin(chains.x().size());
  for (int i = 0; i < steps; ++i) {
    chains.step(how);
    statistics.add(chains);
  }
  return statistics.agreement();
}

TEST_CASE("draws of an autoregression are worth n(1 − ρ)/(1 + ρ) independent ones") {
  const auto surface = bowl();
  double before = 0;
  for (const double rate : {0.02, 0.1, 0.5, 1.0}) {  // ρ = 1 − rate
    constexpr int kChains = 400, kSteps = 4000;
    Langevin chains(*surface, {0, 0}, kChains, 4);
    const ChainAgreement agreement = after(chains, rate, 500, kSteps);
    const double expected = kChains * static_cast<double>(kSteps) * rate / (2 - rate);
    CAPTURE(rate);
    CHECK(close(agreement.effective, expected, 0.2, 0));  // 400 means know their variance to 7 %, twice
    CHECK(agreement.r_hat < 1.02);
    CHECK(agreement.effective > before);
    before = agreement.effective;
  }
}

TEST_CASE("chains that are still apart disagree") {
  const auto surface = bowl();
  const std::vector<surfaces::Point> apart{{-50, 0}, {50, 0}, {0, -50}, {0, 50}};
  Langevin early(*surface, apart, 4), late(*surface, apart, 4);
  const ChainAgreement soon = after(early, 0.02, 0, 30);
  CHECK(soon.r_hat > 3);
  CHECK(soon.effective < 8);
  CHECK(after(late, 0.02, 1000, 3000).r_hat < 1.1);
}

TEST_CASE("one chain, one draw, chains without motion and lost chains") {
  const auto surface = bowl();
  Langevin one(*surface, {1, 1}, 1, 4);
  CHECK(std::isnan(after(one, 0.1, 0, 50).effective));
  Langevin two(*surface, {1, 1}, 2, 4);
  CHECK(std::isnan(after(two, 0.1, 0, 1).r_hat));
  Langevin still(*surface, {0, 0}, 5, 4);
  ChainStatistics statistics;
  statistics.begin(5);
  for (int i = 0; i < 20; ++i) {
    still.step({SamplingMethod::ula, 0, 0.1});
    statistics.add(still);
  }
  CHECK(std::isnan(statistics.agreement().effective));
  Langevin wild(*surface, {1, 1}, 5, 4);
  CHECK(std::isnan(after(wild, 5, 0, 200).effective));
  CHECK(wild.lost() == 5);
}

TEST_CASE("gatherings: by place, the largest first") {
  const auto well = surfaces::make_surface("himmelblau", {});
  REQUIRE(well.ok());
  std::vector<surfaces::Point> starts;
  for (int i = 0; i < 5; ++i) starts.push_back({3.2, 2.1 + 0.01 * i});
  for (int i = 0; i < 3; ++i) starts.push_back({-3.7 + 0.01 * i, -3.3});
  Langevin chains(**well, starts, 1);
  CHECK(sampling::gatherings(chains, 0.001, 8).size() == 8);
  for (int i = 0; i < 400; ++i) chains.step({SamplingMethod::ula, 0, 0.01});
  const auto places = sampling::gatherings(chains, 0.01, 8);
  REQUIRE(places.size() == 2);
  CHECK(places[0].chains == 5);
  CHECK(places[1].chains == 3);
  CHECK(close(places[0].point[0], 3, 0, 1e-9));
  CHECK(close(places[1].point[0], -3.779310253377747, 0, 1e-9));
  CHECK(sampling::gatherings(chains, 0.01, 1).size() == 1);
}

}  // namespace
}  // namespace descent::testing
