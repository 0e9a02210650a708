// SPDX-License-Identifier: MIT
// descent.race: commands for the visible race. Each is answered when its effect stands in the snapshot.
#include <algorithm>

#include "engine/io/json_reader.h"
#include "engine/script/config_fields.h"
#include "engine/script/config_json.h"
#include "engine/script/runner_fields.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

using race::Race;

Outcome configure(Race& race, const Call& call) {
  const auto config = script::race_config_from(*call.arguments, "race.configure", race.config());
  if (!config.ok()) return config.error();
  return outcome_of(race.configure(*config));
}

Outcome count_of(const Call& call, std::int64_t& n) {
  io::JsonReader reader(*call.arguments, call.message->method());
  reader.read("n", n, 1, race::kMaxRaceSteps);
  if (!reader.status().ok()) return named(call, reader.status().message());
  return Answer{};
}

Outcome step(Race& race, const Call& call) {
  std::int64_t n = 1;
  Outcome checked = count_of(call, n);
  if (checked.ok()) race.step(n);
  return checked;
}

Outcome back(Race& race, const Call& call) {
  std::int64_t n = 1;
  Outcome checked = count_of(call, n);
  if (checked.ok()) race.back(n);
  return checked;
}

Outcome seek(Race& race, const Call& call) {
  std::int64_t step = 0;
  io::JsonReader reader(*call.arguments, call.message->method());
  reader.require({"step"});
  reader.read("step", step, std::int64_t{0}, race::kMaxRaceSteps);
  if (!reader.status().ok()) return named(call, reader.status().message());
  return outcome_of(race.seek(step));
}

// `runner`: an index into the race's optimizers. Nothing when it names none; the reader then holds the sentence.
const race::RunnerConfig* read_runner_index(io::JsonReader& reader, const Race& race, int& runner) {
  const std::vector<race::RunnerConfig>& runners = race.config().runners;
  reader.require({"runner"});
  reader.read("runner", runner, 0, std::max(static_cast<int>(runners.size()) - 1, 0));
  if (runners.empty()) reader.fail("runner", "names an optimizer of the race, and there is none");
  return reader.status().ok() ? &runners[static_cast<std::size_t>(runner)] : nullptr;
}

void read_hyperparameters(io::JsonReader& reader, const race::RunnerConfig& runner, std::vector<double>& values) {
  if (const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer))
    script::read_params(reader, "hyperparameters", entry->info->parameters, values);
}

// {runner, step, hyperparameters}; absent hyper-parameters are the parent's.
Outcome branch(Race& race, const Call& call) {
  io::JsonReader reader(*call.arguments, call.message->method());
  int runner = 0;
  std::int64_t step = 0;
  reader.require({"step"});
  reader.read("step", step, std::int64_t{0}, race::kMaxRaceSteps);
  const race::RunnerConfig* parent = read_runner_index(reader, race, runner);
  if (parent == nullptr) return reader.status().error();
  std::vector<double> hyperparameters = parent->hyperparameters;
  read_hyperparameters(reader, *parent, hyperparameters);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return outcome_of(race.branch(runner, step, hyperparameters));
}

// {runner, hyperparameters, schedule, schedule_parameters}; what is absent stays.
Outcome change(Race& race, const Call& call) {
  io::JsonReader reader(*call.arguments, call.message->method());
  int runner = 0;
  const race::RunnerConfig* config = read_runner_index(reader, race, runner);
  if (config == nullptr) return reader.status().error();
  race::RunnerSettings settings = config->settings();
  read_hyperparameters(reader, *config, settings.hyperparameters);
  script::read_schedule(reader, settings.schedule, settings.schedule_parameters);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return outcome_of(race.change(runner, settings));
}

template <auto command>
Outcome on_runner(Race& race, const Call& call) {
  int runner = 0;
  io::JsonReader reader(*call.arguments, call.message->method());
  reader.require({"runner"});
  reader.read("runner", runner, 0, race::kMaxRunners - 1);
  if (!reader.status().ok()) return named(call, reader.status().message());
  return outcome_of((race.*command)(runner));
}

Outcome undo_tuning(Race& race, const Call&) {
  return outcome_of(race.undo_tuning());
}

template <auto command>
Outcome plain(Race& race, const Call&) {
  (race.*command)();
  return Answer{};
}

constexpr Method kMethods[] = {
    {"race.configure", on_race<configure>},
    {"race.play", on_race<plain<&Race::play>>},
    {"race.pause", on_race<plain<&Race::pause>>},
    {"race.step", on_race<step>},
    {"race.back", on_race<back>},
    {"race.seek", on_race<seek>},
    {"race.branch", on_race<branch>},
    {"race.change", on_race<change>},
    {"race.take_advice", on_race<on_runner<&Race::take_advice>>},
    {"race.let_run", on_race<on_runner<&Race::let_run>>},
    {"race.undo_tuning", on_race<undo_tuning>},
    {"race.reset", on_race<plain<&Race::reset>>},
};

}  // namespace

std::span<const Method> race_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
