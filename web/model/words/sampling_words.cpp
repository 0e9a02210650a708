// SPDX-License-Identifier: MIT
#include "web/model/words/sampling_words.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/words/chain_words.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using sampling::SamplerSnapshot;
using Topic = SamplingTopic;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kFewAccepted = 0.3, kNearlyAll = 0.95;
constexpr double kDisagreement = 1.1;  // the bound on R̂ that Gelman et al. advise
constexpr double kManyOutside = 0.01;
constexpr std::size_t kNamedPlaces = 3;

std::string place_text(const sampling::Gathering& place) {
  return core::fill("{} at ({}, {})", core::grouped(place.chains), display_number(place.point[0], 3),
                    display_number(place.point[1], 3));
}

SamplingLine method_line(const SamplerSnapshot& sampled) {
  if (sampled.config.method == sampling::SamplingMethod::ula)
    return {Topic::acceptance, "ULA takes every step: the larger, the more biased.", sampled.acceptance};
  if (!std::isfinite(sampled.acceptance)) return {Topic::acceptance, "MALA has no bias, whatever its step.", kNaN};
  const std::string accepted = percent(sampled.acceptance, 1);
  if (sampled.acceptance < kFewAccepted)
    return {Topic::acceptance, core::fill("MALA accepts {} of its steps: smaller ones would get farther.", accepted),
            sampled.acceptance, true};
  if (sampled.acceptance > kNearlyAll)
    return {Topic::acceptance, core::fill("MALA accepts {} of its steps: larger ones would get farther.", accepted),
            sampled.acceptance};
  return {Topic::acceptance, core::fill("MALA accepts {} of its steps and has no bias.", accepted), sampled.acceptance};
}

SamplingLine divergence_line(const SamplerSnapshot& sampled) {
  if (sampled.samples == 0) {
    if (sampled.step == 0) return {Topic::divergence, "Press run to let the chains go.", kNaN};
    if (sampled.burnt_in < sampled.config.burn_in)
      return {Topic::divergence,
              core::fill("Burn-in: {} of {} steps, not counted.", core::grouped(sampled.burnt_in),
                         core::grouped(sampled.config.burn_in)),
              kNaN};
    return {Topic::divergence, "No visit inside the picture yet.", kNaN};
  }
  return {Topic::divergence,
          core::fill("KL {} nats after {} samples; independent ones: {} (dashed).", display_number(sampled.kl, 3),
                     core::grouped(static_cast<std::int64_t>(sampled.samples)), display_number(sampled.kl_expected, 2)),
          sampled.kl};
}

void add_agreement(const SamplerSnapshot& sampled, std::vector<SamplingLine>& lines) {
  if (!std::isfinite(sampled.effective)) return;
  if (sampled.r_hat > kDisagreement) {
    lines.push_back(
        {Topic::agreement,
         core::fill("The chains disagree (R-hat {}): not everywhere yet.", display_number(sampled.r_hat, 3)),
         sampled.r_hat, true});
    return;
  }
  lines.push_back({Topic::effective,
                   core::fill("Worth about {} independent samples (R-hat {}).",
                              core::grouped(std::llround(sampled.effective)), display_number(sampled.r_hat, 3)),
                   sampled.effective});
}

void add_outside(const SamplerSnapshot& sampled, std::vector<SamplingLine>& lines) {
  const auto outside = static_cast<double>(sampled.outside);
  const double share = outside / std::max(outside + static_cast<double>(sampled.samples), 1.0);
  if (share > kManyOutside)
    lines.push_back(
        {Topic::outside, core::fill("{} of the visits lie outside and do not count.", percent(share, 1)), share});
}

void add_gatherings(const SamplerSnapshot& sampled, std::vector<SamplingLine>& lines) {
  const auto& places = sampled.gatherings;
  const auto count = static_cast<double>(places.size());
  if (places.empty()) return;
  if (places.size() == 1) {
    lines.push_back({Topic::gatherings, core::fill("The chains are together: {}.", place_text(places[0])), count});
    return;
  }
  if (places.size() >= SamplerSnapshot::kMostGatherings) {
    lines.push_back({Topic::gatherings, "The chains are still on their way down.", count});
    return;
  }
  std::string named;
  int elsewhere = sampled.config.chains - static_cast<int>(sampled.lost);
  for (std::size_t i = 0; i < std::min(places.size(), kNamedPlaces); ++i) {
    named += (i > 0 ? ", " : "") + place_text(places[i]);
    elsewhere -= places[i].chains;
  }
  lines.push_back({Topic::gatherings,
                   elsewhere > 0
                       ? core::fill("The chains have gathered: {}, {} elsewhere.", named, core::grouped(elsewhere))
                       : core::fill("The chains have gathered: {}.", named),
                   count});
}

}  // namespace

std::string_view to_string(SamplingTopic topic) {
  switch (topic) {
    case SamplingTopic::refusal:
      return "refusal";
    case SamplingTopic::lost:
      return "lost";
    case SamplingTopic::descent:
      return "descent";
    case SamplingTopic::divergence:
      return "divergence";
    case SamplingTopic::acceptance:
      return "acceptance";
    case SamplingTopic::agreement:
      return "agreement";
    case SamplingTopic::effective:
      return "effective";
    case SamplingTopic::outside:
      return "outside";
    case SamplingTopic::gatherings:
      return "gatherings";
  }
  return "";
}

std::string_view explanation(SamplingTopic topic) {
  switch (topic) {
    case SamplingTopic::divergence:
      return "KL is the Kullback-Leibler divergence of the visited places from the exact density: 0 where the two are the "
             "same. Its unit, the nat, is 1.44 bits.";
    case SamplingTopic::acceptance:
      return "MALA, the Metropolis-adjusted Langevin algorithm, refuses a step now and then, so that places are visited "
             "exactly as often as the density says. ULA, the unadjusted one, takes every step.";
    case SamplingTopic::agreement:
    case SamplingTopic::effective:
      return "R-hat compares the spread between the chains with that within each one: 1 where they agree, and above 1.1 "
             "they do not yet. Steps that follow each other are alike, so that many are worth few independent ones.";
    default:
      return "";
  }
}

std::vector<SamplingLine> sampling_lines(const SamplerSnapshot& sampled) {
  std::vector<SamplingLine> lines;
  if (!sampled.message.empty()) lines.push_back({Topic::refusal, core::fill("{}.", sampled.message), kNaN, true});
  if (sampled.lost > 0)
    lines.push_back(
        {Topic::lost, core::fill("{}.", words::lost_text(sampled)), static_cast<double>(sampled.lost), true});
  if (sampled.config.temperature == 0) {
    lines.push_back(
        {Topic::descent,
         "At temperature 0 this is gradient descent: without noise a chain only goes down, and stays in the "
         "minimum it finds.",
         kNaN});
    add_gatherings(sampled, lines);
    return lines;
  }
  lines.push_back(divergence_line(sampled));
  lines.push_back(method_line(sampled));
  add_agreement(sampled, lines);
  add_outside(sampled, lines);
  return lines;
}

}  // namespace descent::web
