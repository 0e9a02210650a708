// SPDX-License-Identifier: MIT
// Checks what the tab "Sampling" says: with the numbers of the snapshot, about what is the case and nothing else.
#include "web/model/words/sampling_words.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

namespace descent::web {
namespace {

using sampling::SamplerSnapshot;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

SamplerSnapshot warm() {
  SamplerSnapshot sampled;
  sampled.config.method = sampling::SamplingMethod::mala;
  sampled.config.burn_in = 200;
  sampled.step = 2600;
  sampled.burnt_in = 200;
  sampled.samples = 240000;
  sampled.acceptance = 0.714;
  sampled.kl = 0.01342;
  sampled.kl_expected = 0.00213;
  sampled.effective = 3123.4;
  sampled.r_hat = 1.012;
  return sampled;
}

std::string said(const SamplerSnapshot& sampled, std::string_view name) {
  for (const SamplingLine& line : sampling_lines(sampled))
    if (to_string(line.topic) == name) return line.text;
  return "";
}

TEST_CASE("sampling words: numbers of a run") {
  const SamplerSnapshot sampled = warm();
  CHECK(said(sampled, "divergence") == "KL 0.0134 nats after 240,000 samples; independent ones: 0.0021 (dashed).");
  CHECK(said(sampled, "acceptance") == "MALA accepts 71 % of its steps and has no bias.");
  CHECK(said(sampled, "effective") == "Worth about 3,123 independent samples (R-hat 1.01).");
  CHECK(said(sampled, "outside").empty());
  CHECK(said(sampled, "descent").empty());
  CHECK(said(sampled, "lost").empty());
}

TEST_CASE("sampling words: acceptance far from the middle, ULA, before the first step") {
  SamplerSnapshot sampled = warm();
  sampled.acceptance = 0.034;
  CHECK(said(sampled, "acceptance") == "MALA accepts 3.4 % of its steps: smaller ones would get farther.");
  sampled.acceptance = 0.99;
  CHECK(said(sampled, "acceptance") == "MALA accepts 99 % of its steps: larger ones would get farther.");
  sampled.acceptance = kNaN;
  CHECK(said(sampled, "acceptance") == "MALA has no bias, whatever its step.");
  sampled.config.method = sampling::SamplingMethod::ula;
  CHECK(said(sampled, "acceptance").starts_with("ULA takes every step"));
}

TEST_CASE("sampling words: burn-in, disagreement, visits outside, lost chains, refusals") {
  SamplerSnapshot sampled = warm();
  sampled.samples = 0;
  sampled.burnt_in = 120;
  CHECK(said(sampled, "divergence") == "Burn-in: 120 of 200 steps, not counted.");
  sampled.step = 0;
  CHECK(said(sampled, "divergence") == "Press run to let the chains go.");
  sampled = warm();
  sampled.r_hat = 1.8;
  CHECK(said(sampled, "agreement") == "The chains disagree (R-hat 1.8): not everywhere yet.");
  CHECK(said(sampled, "effective").empty());
  sampled.effective = sampled.r_hat = kNaN;
  CHECK(said(sampled, "agreement").empty());
  sampled.outside = 60000;
  CHECK(said(sampled, "outside") == "20 % of the visits lie outside and do not count.");
  sampled.lost = 3;
  sampled.config.learning_rate = 0.2;
  CHECK(sampling_lines(sampled)[0].text ==
        "3 of 100 chains left the surface at learning rate 0.2; a smaller rate, or MALA, keeps them.");
  CHECK(sampling_lines(sampled)[0].warning);
  sampled.message = "temperature is -1";
  CHECK(sampling_lines(sampled)[0].text == "temperature is -1.");
}

TEST_CASE("sampling words: at temperature 0 where the chains are") {
  SamplerSnapshot sampled = warm();
  sampled.config.temperature = 0;
  sampled.config.chains = 100;
  sampled.gatherings = {{{3, 2}, 100}};
  CHECK(said(sampled, "descent").starts_with("At temperature 0 this is gradient descent"));
  CHECK(said(sampled, "divergence").empty());
  CHECK(said(sampled, "acceptance").empty());
  CHECK(said(sampled, "gatherings") == "The chains are together: 100 at (3, 2).");
  sampled.gatherings = {{{3, 2}, 60}, {{-2.805, 3.131}, 20}, {{-3.779, -3.283}, 15}, {{3.584, -1.848}, 5}};
  CHECK(said(sampled, "gatherings") ==
        "The chains have gathered: 60 at (3, 2), 20 at (−2.81, 3.13), 15 at (−3.78, −3.28), 5 elsewhere.");
  sampled.gatherings.assign(SamplerSnapshot::kMostGatherings, {{0, 0}, 2});
  CHECK(said(sampled, "gatherings") == "The chains are still on their way down.");
}

}  // namespace
}  // namespace descent::web
