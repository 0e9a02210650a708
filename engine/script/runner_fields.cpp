// SPDX-License-Identifier: MIT
#include "engine/script/runner_fields.h"
#include "engine/core/rng.h"

#include <utility>

#include "engine/optim/schedule.h"
#include "engine/script/config_fields.h"

namespace descent::script {
namespace {

io::JsonValue earlier_to_json(const race::RunnerConfig& runner, std::span<const core::ParamSpec> specs) {
  io::JsonValue list = io::JsonValue::array();
  for (const race::EarlierSettings& earlier : runner.earlier) {
    io::JsonValue item = io::JsonValue::object(
        {{"until", earlier.until}, {"hyperparameters", named_numbers(specs, earlier.hyperparameters)}});
    const bool same = earlier.schedule == runner.schedule && earlier.schedule_parameters == runner.schedule_parameters;
    if (!same) write_schedule(item, earlier.schedule, earlier.schedule_parameters);
    list.push_back(std::move(item));
  }
  return list;
}

void read_earlier(io::JsonReader& reader, const optim::OptimizerInfo& info, race::RunnerConfig& runner) {
  std::vector<io::JsonReader> items = reader.objects("earlier", race::kMaxEarlier);
  if (!reader.has("earlier")) return;
  runner.earlier.clear();
  for (io::JsonReader& item : items) {
    // Absent, the schedule is the run's.
    race::EarlierSettings earlier{{core::default_values(info.parameters), runner.schedule, runner.schedule_parameters},
                                  0};
    item.require({"until"});
    item.read("until", earlier.until, std::int64_t{1}, race::kMaxRaceSteps);
    read_params(item, "hyperparameters", info.parameters, earlier.hyperparameters);
    read_schedule(item, earlier.schedule, earlier.schedule_parameters);
    item.refuse_others();
    if (!runner.earlier.empty() && earlier.until <= runner.earlier.back().until)
      item.fail("until", "must be later than the one before");
    runner.earlier.push_back(std::move(earlier));
  }
}

}  // namespace

io::JsonValue runner_to_json(const race::RunnerConfig& runner) {
  io::JsonValue item = io::JsonValue::object({{"optimizer", runner.optimizer}});
  const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer);
  if (entry != nullptr) item.set("hyperparameters", named_numbers(entry->info->parameters, runner.hyperparameters));
  item.set("slot", runner.slot);
  if (runner.schedule != optim::kConstantSchedule) write_schedule(item, runner.schedule, runner.schedule_parameters);
  if (entry != nullptr && !runner.earlier.empty())
    item.set("earlier", earlier_to_json(runner, entry->info->parameters));
  if (runner.branch_of >= 0) item.set("branch_of", runner.branch_of);
  return item;
}

void read_runner(io::JsonReader& reader, race::RunnerConfig& runner) {
  const optim::OptimizerInfo* info = read_optimizer(reader, runner.optimizer, runner.hyperparameters);
  read_schedule(reader, runner.schedule, runner.schedule_parameters);
  if (info != nullptr) read_earlier(reader, *info, runner);
  reader.read("slot", runner.slot, 0, race::kMaxRunners - 1);
  reader.read("branch_of", runner.branch_of, -1, race::kMaxRunners - 1);
}

void read_runners(io::JsonReader& reader, std::vector<race::RunnerConfig>& runners) {
  std::vector<io::JsonReader> items = reader.objects("optimizers", race::kMaxRunners);
  if (!reader.has("optimizers")) return;
  runners.assign(items.size(), race::RunnerConfig{{}, ""});
  for (std::size_t i = 0; i < items.size(); ++i) {
    runners[i].slot = static_cast<int>(i);
    read_runner(items[i], runners[i]);
    items[i].refuse_others();
  }
}

void write_conditions(io::JsonValue& value, const race::RaceConfig& config) {
  const race::RaceConfig plain;
  value.set("seed", config.seed);
  if (config.noise != plain.noise) value.set("noise", config.noise);
  if (config.schedule_steps != plain.schedule_steps) value.set("schedule_steps", config.schedule_steps);
  if (config.budget != plain.budget) value.set("budget", config.budget);
}

void read_noise(io::JsonReader& reader, std::uint64_t& seed, double& noise) {
  reader.read("seed", seed, std::uint64_t{0}, core::kMaxSeed);
  reader.read("noise", noise, 0, race::kMaxNoise);
}

void read_conditions(io::JsonReader& reader, race::RaceConfig& config) {
  read_noise(reader, config.seed, config.noise);
  reader.read("schedule_steps", config.schedule_steps, std::int64_t{1}, race::kMaxDescentSteps);
  reader.read("budget", config.budget, std::int64_t{0}, race::kMaxBudget);
}

io::JsonValue tuning_to_json(const race::TuningReport& report) {
  io::JsonValue rates = io::JsonValue::array();
  for (const race::TunedRate& rate : report.rates)
    rates.push_back(io::JsonValue::object({{"slot", rate.slot},
                                           {"optimizer", rate.optimizer},
                                           {"learning_rate", rate.learning_rate},
                                           {"former_learning_rate", rate.former_rate},
                                           {"loss", rate.loss},
                                           {"at_edge", rate.at_edge},
                                           {"runs", rate.runs},
                                           {"gradient_evaluations", rate.evaluations}}));
  return io::JsonValue::object({{"budget", report.budget},
                                {"rates", io::JsonValue::array({report.rate_min, report.rate_max})},
                                {"gradient_evaluations", report.evaluations},
                                {"optimizers", std::move(rates)}});
}

}  // namespace descent::script
