// SPDX-License-Identifier: MIT
// The sampler: its histogram comes to the exact density (and to no other temperature's), the divergence falls with the
// samples, live changes keep the chains, refusals change nothing, the same seed gives the same bits, lost chains are
// said.
#include "engine/sampling/sampler.h"

#include <cmath>
#include <numeric>

#include "engine/sampling/boltzmann.h"
#include "engine/words/chain_words.h"
#include "tests/sampling/helpers.h"
#include "tests/support/close.h"

namespace descent::testing {
namespace {

using race::RunStatus;
using sampling::Sampler;
using sampling::SamplerConfig;
using sampling::SamplerSnapshot;
using sampling::SamplingMethod;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST_CASE("the histogram comes to the exact density, and the divergence falls on the way") {
  for (const std::string_view surface : {"double_well", "himmelblau", "styblinski_tang"}) {
    const bool tall = surface != "double_well";
    SamplerConfig config = chains_on(surface, tall ? 40 : 0.5, tall ? 0.004 : 0.05, SamplingMethod::mala);
    config.burn_in = 200;
    const SamplerSnapshot result = sampled(config, 12000);
    CAPTURE(surface);
    CHECK(close(sum(result.histogram), 1, 1e-12, 0));
    CHECK(close(sum(result.exact), 1, 1e-12, 0));
    CHECK(result.samples + result.outside == 50 * 11800);
    CHECK(result.acceptance > 0.5);
    CHECK(result.acceptance < 1);
    CHECK(result.kl < 0.02);
    CHECK(result.kl > 0);
    REQUIRE(result.history.size() > 30);
    double before = result.history.front().kl;
    for (std::size_t i = 10; i < result.history.size(); i += 10) {
      CHECK(result.history[i].kl < before);
      before = result.history[i].kl;
    }
  }
}

TEST_CASE("negative control: the histogram is not another temperature's, and the unadjusted bias shows") {
  SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::mala);
  config.burn_in = 200;
  const SamplerSnapshot right = sampled(config, 12000);
  std::vector<std::uint64_t> visits;
  for (const double share : right.histogram)
    visits.push_back(static_cast<std::uint64_t>(std::lround(share * static_cast<double>(right.samples))));
  const auto well = surfaces::make_surface("double_well", {});
  const auto against = [&](double temperature) {
    return sampling::kl_divergence(visits, sampling::log_boltzmann(**well, {right.domain, config.bins}, temperature))
        .kl;
  };
  CHECK(close(against(0.5), right.kl, 1e-9, 0));
  CHECK(against(0.6) > 3 * right.kl);
  CHECK(against(0.4) > 3 * right.kl);
  config.method = SamplingMethod::ula;
  config.learning_rate = 0.15;
  CHECK(sampled(config, 12000).kl > 3 * right.kl);
}

TEST_CASE("the same seed gives the same bits, stepwise or at once, and after a reset") {
  const SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::ula);
  const SamplerSnapshot once = sampled(config, 300);
  Sampler sampler;
  REQUIRE(sampler.configure(config).ok());
  for (int i = 0; i < 30; ++i) sampler.step(10);
  CHECK(same_bits(snapshot_of(sampler).points, once.points));
  CHECK(same_bits(snapshot_of(sampler).histogram, once.histogram));
  sampler.reset();
  CHECK(snapshot_of(sampler).step == 0);
  CHECK(snapshot_of(sampler).status == RunStatus::ready);
  CHECK(sum(snapshot_of(sampler).histogram) == 0);
  sampler.step(300);
  CHECK(same_bits(snapshot_of(sampler).points, once.points));
  SamplerConfig other = config;
  other.seed = 2;
  CHECK_FALSE(same_bits(sampled(other, 300).points, once.points));
}

TEST_CASE("temperature, rate and method change live; the histogram begins anew, the chains go on") {
  Sampler sampler;
  SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::ula);
  REQUIRE(sampler.configure(config).ok());
  sampler.step(100);
  sampler.play();
  const SamplerSnapshot before = snapshot_of(sampler);
  config.temperature = 0.2;
  REQUIRE(sampler.configure(config).ok());
  const SamplerSnapshot after = snapshot_of(sampler);
  CHECK(after.playing);
  CHECK(after.step == 100);
  CHECK(after.config_version == before.config_version);
  CHECK(same_bits(after.points, before.points));
  CHECK(after.samples == 0);
  CHECK(after.history.empty());
  CHECK_FALSE(same_bits(after.exact, before.exact));
  sampler.step(10);
  config.steps_per_second = 7;
  REQUIRE(sampler.configure(config).ok());
  CHECK(snapshot_of(sampler).samples > 0);  // the speed alone changes nothing else
  config.chains = 10;
  REQUIRE(sampler.configure(config).ok());
  CHECK(snapshot_of(sampler).step == 0);
  CHECK_FALSE(snapshot_of(sampler).playing);
  CHECK(snapshot_of(sampler).points.size() == 20);
}

TEST_CASE("every histogram leaves its own first steps out") {
  Sampler sampler;
  SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::ula);
  config.burn_in = 20;
  REQUIRE(sampler.configure(config).ok());
  sampler.step(15);
  CHECK(snapshot_of(sampler).samples == 0);
  CHECK(snapshot_of(sampler).burnt_in == 15);
  sampler.step(10);
  CHECK(snapshot_of(sampler).samples + snapshot_of(sampler).outside == 5 * 50);
  config.temperature = 0.2;
  REQUIRE(sampler.configure(config).ok());
  sampler.step(19);
  CHECK(snapshot_of(sampler).samples == 0);
  sampler.step(2);
  CHECK(snapshot_of(sampler).samples + snapshot_of(sampler).outside == 50);
  CHECK(snapshot_of(sampler).burnt_in == 20);
}

TEST_CASE("the divergence of a good sampler comes near that of as many effective draws") {
  SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::mala);
  config.burn_in = 200;
  const SamplerSnapshot result = sampled(config, 12000);
  CHECK(result.r_hat < 1.05);
  CHECK(result.effective > 1000);
  CHECK(result.effective < 0.5 * static_cast<double>(result.samples));
  CHECK(result.kl > result.kl_expected);
  CHECK(close(result.kl_expected, result.kl_bias, 0.1, 0));
  CHECK(result.history.back().expected < result.history.front().expected);
}

TEST_CASE("at temperature 0 the chains gather where gradient descent ends") {
  SamplerConfig config = chains_on("himmelblau", 60, 0.005, SamplingMethod::mala);
  Sampler sampler;
  REQUIRE(sampler.configure(config).ok());
  sampler.step(400);
  CHECK(snapshot_of(sampler).gatherings.empty());
  config.temperature = 0;
  config.method = SamplingMethod::ula;
  REQUIRE(sampler.configure(config).ok());
  CHECK(snapshot_of(sampler).gatherings.size() > 4);  // negative control: they are everywhere yet
  sampler.step(2000);
  const SamplerSnapshot cold = snapshot_of(sampler);
  CHECK(cold.gatherings.size() >= 2);
  CHECK(cold.gatherings.size() <= 4);
  int chains = 0;
  for (const sampling::Gathering& place : cold.gatherings) {
    chains += place.chains;
    const auto surface = surfaces::make_surface("himmelblau", {});
    std::array<double, 2> gradient{};
    CHECK(close((*surface)->evaluate(place.point, gradient), 0, 0, 1e-9));
  }
  CHECK(chains == 50);
}

TEST_CASE("playing makes steps until paused; the trail keeps the first chain's last points in order") {
  Sampler sampler;
  SamplerConfig config = chains_on("double_well", 0.5, 0.05, SamplingMethod::ula);
  config.steps_per_second = 100000;
  REQUIRE(sampler.configure(config).ok());
  sampler.play();
  CHECK(sampler.busy());
  while (snapshot_of(sampler).step == 0) sampler.advance();  // nothing is due yet when the clock has not moved
  sampler.pause();
  const std::int64_t stopped = snapshot_of(sampler).step;
  sampler.advance();
  CHECK(snapshot_of(sampler).step == stopped);
  sampler.reset();
  std::vector<double> path;
  for (int i = 0; i <= 1500; ++i) {
    const SamplerSnapshot now = snapshot_of(sampler);
    path.insert(path.end(), now.points.begin(), now.points.begin() + 2);
    if (i % 499 == 0) {
      const std::size_t kept = std::min(path.size(), 2 * SamplerSnapshot::kTrail);
      CHECK(same_bits(now.trail, std::span(path).last(kept)));
    }
    sampler.step(1);
  }
}

TEST_CASE("lost chains are said, and when all are lost the run has diverged") {
  const SamplerSnapshot wild = sampled(chains_on("quadratic", 0.5, 0.3, SamplingMethod::ula), 500);
  CHECK(wild.status == RunStatus::diverged);
  CHECK(wild.lost == 50);
  CHECK(wild.step < 500);
  CHECK(words::lost_text(wild) ==
        "50 of 50 chains left the surface at learning rate 0.3; a smaller rate, or MALA, keeps them");
  const SamplerSnapshot cold = sampled(chains_on("quadratic", 0, 0.05, SamplingMethod::ula), 500);
  CHECK(sum(cold.exact) == 0);
  CHECK(std::isnan(cold.kl));
  CHECK(close(cold.points[1], 0, 0, 1e-9));
}

TEST_CASE("every refused configuration leaves the sampler as it was") {
  Sampler sampler;
  const SamplerConfig good = chains_on("double_well", 0.5, 0.05, SamplingMethod::ula);
  REQUIRE(sampler.configure(good).ok());
  sampler.step(5);
  const SamplerSnapshot before = snapshot_of(sampler);
  const auto refused = [&](auto change, std::string_view part) {
    SamplerConfig config = good;
    change(config);
    CHECK_FALSE(sampler.configure(config).ok());
    const SamplerSnapshot now = snapshot_of(sampler);
    INFO(now.message);
    CHECK(contains(now.message, part));
    CHECK(now.config == before.config);
    CHECK(same_bits(now.points, before.points));
    CHECK(same_bits(now.histogram, before.histogram));
  };
  refused([](SamplerConfig& c) { c.temperature = -1; }, "temperature is -1");
  refused([](SamplerConfig& c) { c.temperature = std::nan(""); }, "temperature is NaN");
  refused([](SamplerConfig& c) { c.learning_rate = 1e9; }, "learning_rate");
  refused([](SamplerConfig& c) { c.chains = 0; }, "chains is 0");
  refused([](SamplerConfig& c) { c.bins = 1000; }, "bins is 1000");
  refused([](SamplerConfig& c) { c.burn_in = -1; }, "burn_in is -1");
  refused([](SamplerConfig& c) { c.steps_per_second = 0; }, "steps_per_second");
  refused([](SamplerConfig& c) { c.surface.surface = "everest"; }, "everest");
  refused([](SamplerConfig& c) { c.start = {std::nan(""), 0}; }, "start[0]");
  CHECK_FALSE(sampling::sample(good, 100000000).ok());
  CHECK_FALSE(sampling::sample(good, -1).ok());
  sampler.step(0);
  CHECK(contains(snapshot_of(sampler).message, "n is 0"));
}

}  // namespace
}  // namespace descent::testing
