// SPDX-License-Identifier: MIT
// Holds what one run is made with: an optimizer with its hyper-parameters and schedule, and what held earlier on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace descent::race {

// The settings that may be changed while a run goes on.
struct RunnerSettings {
  std::vector<double> hyperparameters;      // in the order of the optimizer's specs
  std::string schedule = "constant";        // of the learning rate, laid out for RaceConfig::schedule_steps
  std::vector<double> schedule_parameters;  // in the order of the schedule's specs; empty means the defaults

  friend bool operator==(const RunnerSettings&, const RunnerSettings&) = default;
};

// Settings that hold up to a step, where a branch or a replayed run has others than later on.
struct EarlierSettings : RunnerSettings {
  std::int64_t until = 0;  // the last step made with them

  friend bool operator==(const EarlierSettings&, const EarlierSettings&) = default;
};
inline constexpr int kMaxEarlier = 1000;

struct RunnerConfig : RunnerSettings {
  std::string optimizer = "gradient_descent";
  int slot = 0;                          // colour and marker; kept when other runners come and go
  std::vector<EarlierSettings> earlier;  // ascending; after the last one the settings above hold
  int branch_of = -1;                    // slot of the run this one was branched from; -1: none

  [[nodiscard]] const RunnerSettings& settings() const { return *this; }
  friend bool operator==(const RunnerConfig&, const RunnerConfig&) = default;
};

}  // namespace descent::race
