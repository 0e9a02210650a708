// SPDX-License-Identifier: MIT
// Holds what the page says about its workers as such, from their snapshots: what one has refused, and what is under
// way. A worker without a line of its own here is spoken of in general words, from the fields `message`,
// `message_number` and `busy` of its snapshot where these are there.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/race/race.h"
#include "engine/sampling/sampler.h"
#include "engine/survey/surveyor.h"
#include "engine/training/trainer.h"

namespace descent::web {

// A sentence to be shown once; empty: none. It lives as long as the snapshot. Another number is another sentence, also
// where it says the same (core::Notice).
struct WorkerMessage {
  std::string_view sentence;
  std::uint64_t number = 0;
  bool is_error = true;
};

template <class Snapshot>
[[nodiscard]] WorkerMessage message_of(const Snapshot& snapshot) {
  if constexpr (requires { snapshot.message_number; })
    return {snapshot.message, snapshot.message_number};
  else
    return {};
}
// A remark about a file is part of the sentence with which the page says that the file was read.
[[nodiscard]] inline WorkerMessage message_of(const training::TrainerSnapshot& trainer) {
  return {trainer.message_is_remark ? std::string_view() : trainer.message, trainer.message_number,
          !is_at_work(trainer.state)};
}
// The sampler's refusals stand in its tab.
[[nodiscard]] inline WorkerMessage message_of(const sampling::SamplerSnapshot&) {
  return {};
}

// under_way() says what is under way, as words after "the page waits for"; empty: nothing.
template <class Snapshot>
[[nodiscard]] std::string_view under_way(const Snapshot& snapshot) {
  if constexpr (requires { snapshot.busy; })
    return snapshot.busy ? "a computation that is under way" : "";
  else
    return {};
}
[[nodiscard]] inline std::string_view under_way(const race::RaceSnapshot& race) {
  return race.playing ? "the race, which plays" : "";
}
[[nodiscard]] inline std::string_view under_way(const training::TrainerSnapshot& trainer) {
  if (is_at_work(trainer.state)) return "the network, which trains";
  return trainer.searches ? "learning rates that are tried" : "";
}
[[nodiscard]] inline std::string_view under_way(const sampling::SamplerSnapshot& sampled) {
  return sampled.playing ? "the chains, which run" : "";
}
[[nodiscard]] inline std::string_view under_way(const survey::SurveyorSnapshot& surveys) {
  return surveys.busy || surveys.tuning.busy ? "a survey that is under way" : "";
}

}  // namespace descent::web
