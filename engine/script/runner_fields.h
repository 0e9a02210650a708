// SPDX-License-Identifier: MIT
// A runner's configuration as JSON, and what all runners of a race or a survey meet:
//   {optimizer: 'adam', hyperparameters: {learning_rate: 0.1}, slot, schedule: 'cosine', schedule_parameters: {…},
//    earlier: [{until: 20, hyperparameters: {…}}], branch_of}
//   {seed, noise, schedule_steps, budget}
// Absent fields keep what is there; what equals its default is not written.
#pragma once

#include <vector>

#include "engine/io/json_reader.h"
#include "engine/race/race.h"

namespace descent::script {

[[nodiscard]] io::JsonValue runner_to_json(const race::RunnerConfig& runner);

// `runner` keeps what is absent; another optimizer or schedule brings its own defaults.
void read_runner(io::JsonReader& reader, race::RunnerConfig& runner);
// The list "optimizers", which replaces `runners` where it is there.
void read_runners(io::JsonReader& reader, std::vector<race::RunnerConfig>& runners);

void write_conditions(io::JsonValue& value, const race::RaceConfig& config);
void read_conditions(io::JsonReader& reader, race::RaceConfig& config);
// `seed` and `noise` alone.
void read_noise(io::JsonReader& reader, std::uint64_t& seed, double& noise);

[[nodiscard]] io::JsonValue tuning_to_json(const race::TuningReport& report);

}  // namespace descent::script
