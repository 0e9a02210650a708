// SPDX-License-Identifier: MIT
// Commands to the race.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"
#include "engine/race/start_check.h"
#include "web/commands/commands.h"
#include "web/commands/race_tuning.h"
#include "web/state/toast.h"

namespace descent::web {
namespace {

using race::Race;

constexpr std::int64_t kPageTicket = -1;  // of tuning; scripts count from 0 on

double inside(const core::ParamSpec& spec, double value) {
  return std::clamp(value, spec.minimum, spec.maximum);
}

surfaces::Point inside_limits(surfaces::Point start) {
  for (double& coordinate : start) coordinate = std::clamp(coordinate, -race::kMaxStart, race::kMaxStart);
  return start;
}

// The runner of that number, or nullptr.
race::RunnerConfig* runner_of(race::RaceConfig& race, int runner) {
  const auto i = static_cast<std::size_t>(runner);
  return runner >= 0 && i < race.runners.size() ? &race.runners[i] : nullptr;
}

// A start at which nothing is finite, a hole in the picture, is replaced by the surface's own start.
core::Status configure_from_good_start(Race& race, race::RaceConfig config, std::uint32_t suit) {
  const auto surface = surfaces::make_surface(config.surface_choice());
  if (!surface.ok()) return surface.error();
  if (!race::check_start(**surface, config.start).ok()) config.start = (*surface)->info().start;
  if (core::Status start = race::check_start(**surface, config.start); !start.ok()) return start;
  return race.configure_suited(std::move(config), suit);
}

}  // namespace

void Commands::configure_race(race::RaceConfig config) {
  config.start = inside_limits(config.start);
  ui_.race = config;
  host_.race().post([config = std::move(config)](Race& race) { static_cast<void>(race.configure(config)); });
}

void Commands::set_surface(std::string_view name) {
  race::RaceConfig moved = race_on_surface(ui_.race, name);
  turn_to_surface(ui_.camera, moved);
  ui_.scene.clear();  // its sentences speak of another surface
  ui_.race = std::move(moved);
  configure_suited(runners_to_suit(ui_.race, ui_.own_rates));
}

void Commands::configure_suited(std::uint32_t runners) {
  host_.race().post(
      [config = ui_.race, runners](Race& race) { static_cast<void>(race.configure_suited(config, runners)); });
}

void Commands::keep_rate(const race::RunnerConfig& runner) {
  const auto slot = static_cast<std::size_t>(runner.slot);
  if (runner.slot >= 0 && slot < ui_.own_rates.size()) ui_.own_rates[slot] = runner.hyperparameters[0];
}

void Commands::set_surface_parameters(std::vector<double> values) {
  ui_.race.parameters = std::move(values);
  configure_race(ui_.race);
}

core::Status Commands::set_formula(std::string_view text, NamedValues& known,
                                   std::function<void(std::string text, std::string sentence)> refused,
                                   std::optional<FormulaPlace> place) {
  const bool on_formula = ui_.race.surface_choice().is_expression();
  if (on_formula && !place && text == ui_.race.expression.text()) return {};
  const surfaces::TypedFormula formula(text);
  if (!formula.parsed().ok()) return formula.parsed().error();
  if (place)
    known.clear();
  else
    for (const auto& [name, value] : parameter_values(ui_.race)) known[name] = value;
  ui_.race = race_on_formula(ui_.race, formula, known);
  if (place) {
    ui_.race.domain = place->domain;
    ui_.race.start = place->start;
    turn_to_surface(ui_.camera, ui_.race);
  }
  const std::uint32_t suit = runners_to_suit(ui_.race, ui_.own_rates);
  host_.race().post([config = ui_.race, suit, to_main = post_to_main_, refused = std::move(refused)](Race& race) {
    const core::Status status = configure_from_good_start(race, config, suit);
    if (status.ok()) return;
    to_main([refused, text = config.expression.text(), sentence = status.message()] { refused(text, sentence); });
  });
  return {};
}

void Commands::set_start(surfaces::Point start) {
  start = inside_limits(start);
  if (start == ui_.race.start) return;
  ui_.race.start = start;
  host_.race().post([start](Race& race) {
    if (race.set_start(start).ok()) race.preview();
  });
}

void Commands::add_runner(std::string_view optimizer) {
  if (ui_.race.runners.size() >= race::kMaxRunners)
    return toast(core::fill("At most {} optimizers race at once.", race::kMaxRunners), true);
  ui_.race.runners.push_back(new_runner(ui_.race, optimizer));
  ui_.selected_runner = static_cast<int>(ui_.race.runners.size()) - 1;
  configure_suited(std::uint32_t{1} << static_cast<unsigned>(ui_.selected_runner));
}

void Commands::remove_runner(int runner) {
  if (runner_of(ui_.race, runner) == nullptr) return;
  ui_.race.runners.erase(ui_.race.runners.begin() + runner);
  if (ui_.selected_runner >= runner && ui_.selected_runner > 0) --ui_.selected_runner;
  configure_race(ui_.race);
}

void Commands::set_hyperparameter(int runner, int index, double value) {
  race::RunnerConfig* config = runner_of(ui_.race, runner);
  const optim::CatalogEntry* entry = config != nullptr ? optim::find_optimizer(config->optimizer) : nullptr;
  const auto i = static_cast<std::size_t>(index);
  if (entry == nullptr || index < 0 || i >= entry->info->parameters.size()) return;
  if (config->hyperparameters.size() != entry->info->parameters.size())
    config->hyperparameters = core::default_values(entry->info->parameters);
  value = inside(entry->info->parameters[i], value);
  if (config->hyperparameters[i] == value) return;
  config->hyperparameters[i] = value;
  if (index == 0) keep_rate(*config);
  host_.race().post([runner, index, value](Race& race) {
    if (race.set_hyperparameter(runner, index, value).ok()) race.preview();
  });
}

void Commands::set_settings(int runner, const race::RunnerSettings& settings) {
  race::RunnerConfig* config = runner_of(ui_.race, runner);
  if (config == nullptr) return;
  const bool new_rate = !settings.hyperparameters.empty() && !config->hyperparameters.empty() &&
                        settings.hyperparameters[0] != config->hyperparameters[0];
  static_cast<race::RunnerSettings&>(*config) = settings;
  if (new_rate) keep_rate(*config);
  host_.race().post([runner, settings](Race& race) {
    if (race.change(runner, settings).ok()) race.preview();
  });
}

void Commands::set_axis(int runner, const survey::AxisChoice& axis, double value) {
  if (axis.of == survey::AxisOf::optimizer) return set_hyperparameter(runner, static_cast<int>(axis.index), value);
  if (axis.of == survey::AxisOf::start) {
    surfaces::Point start = ui_.race.start;
    start[axis.index] = value;
    return set_start(start);
  }
  std::vector<double> values = ui_.race.parameters;
  value = inside(axis.spec, value);
  if (axis.index >= values.size() || values[axis.index] == value) return;
  values[axis.index] = value;
  set_surface_parameters(std::move(values));
}

void Commands::play() {
  host_.race().post([](Race& race) { race.play(); });
}

void Commands::pause() {
  host_.race().post([](Race& race) { race.pause(); });
}

void Commands::step() {
  host_.race().post([](Race& race) {
    race.pause();
    race.step(1);
  });
}

void Commands::seek(std::int64_t step) {
  host_.race().post([step](Race& race) { static_cast<void>(race.seek(step)); });
}

void Commands::seek_back() {
  host_.race().post([](Race& race) { race.seek_back(); });
}

void Commands::reset_race() {
  host_.race().post([](Race& race) { race.reset(); });
}

void Commands::set_speed(double steps_per_second) {
  const double speed = std::clamp(steps_per_second, race::kMinRaceSpeed, race::kMaxRaceSpeed);
  ui_.race.steps_per_second = speed;
  host_.race().post([speed](Race& race) { race.set_speed(speed); });
}

void Commands::set_freezing(bool on) {
  ui_.race.freeze = on;
  host_.race().post([on](Race& race) { race.set_freezing(on); });
}

void Commands::branch(int runner, std::int64_t step) {
  host_.race().post([runner, step](Race& race) { static_cast<void>(race.branch(runner, step, {})); });
}

void Commands::take_advice(int runner, bool plays) {
  host_.race().post([runner, plays](Race& race) {
    if (race.take_advice(runner).ok() && plays) race.play();
  });
}

void Commands::let_run(int runner) {
  host_.race().post([runner](Race& race) {
    if (race.let_run(runner).ok()) race.play();
  });
}

void Commands::tune() {
  tune_race(host_, 0, kPageTicket, [to_main = post_to_main_](const core::Result<race::TuningReport>& report) {
    if (report.ok() || survey::Surveyor::was_cancelled(report.error())) return;
    to_main([sentence = report.message()] { toast(sentence, true); });
  });
}

void Commands::cancel_tuning() {
  host_.surveyor().post([](survey::Surveyor& surveyor) { surveyor.withdraw(kPageTicket); });
}

void Commands::undo_tuning() {
  host_.race().post([](Race& race) { static_cast<void>(race.undo_tuning()); });
}

}  // namespace descent::web
