// SPDX-License-Identifier: MIT
// Commands: the one door through which the page's panels change something in the workers. A command changes the
// configuration that the controls show (UiState) at once, where it has a part in it, and sends the change to the
// worker; the snapshot shows it soon. What a worker refuses changes nothing there: the refusal's sentence appears as a
// toast and the controls go back to what the worker has (App::sync). Scripts take other ways (web/bridge), which refuse
// what a command brings inside its limits. Main thread only; no command waits.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/survey/axis.h"
#include "web/state/race_defaults.h"
#include "web/state/ui_state.h"
#include "web/workers/host.h"

namespace descent::web {

// Runs a function on the main thread, outside of any frame; may be called on any thread.
using PostToMain = std::function<void(std::function<void()>)>;
// Offers a table (CSV) under a file name as a download. Main thread only.
using OfferTable = std::function<void(std::string_view name, std::string_view text)>;

// A FormulaPlace is where a formula is worth seeing.
struct FormulaPlace {
  surfaces::Domain domain;
  surfaces::Point start{};
};

class Commands {
 public:
  Commands(Host& host, UiState& ui, PostToMain post_to_main, OfferTable offer_table);

  // --- the race's configuration (race_commands.cpp). `runner` counts from 0; one that the controls do not show changes
  // --- nothing, or is refused by the race

  // The race becomes `config` as a whole and starts again, unless only speed and freezing differ; its start is brought
  // inside ±race::kMaxStart.
  void configure_race(race::RaceConfig config);
  // The race moves to a surface of the catalog, with that one's start and parameters, and the view with it; an unknown
  // name is refused by the race. Rates that suit the surface are found on the race's worker (Race::configure_suited),
  // for set_formula() and the runner of add_runner() too; those that a person chose stay (runners_to_suit()).
  void set_surface(std::string_view name);
  // The surface's parameters, in the order of its specs; as many of them as there are, inside their limits, or the race
  // refuses them.
  void set_surface_parameters(std::vector<double> values);
  // The race moves to a typed formula, over the same domain and from the same start, or where there is no value from a
  // start that the surface knows; the formula that it is on already changes nothing. With a `place` it goes there, in
  // any case, and the view with it, and parameters are 1. Else parameters take their values from
  // the present ones and from `known`, which remembers them; new ones are 1. A text that is no formula is refused at
  // once, with the column, and changes nothing. `refused` hears, later and on the main thread, that the formula
  // (text, sentence) can be read but not raced on.
  core::Status set_formula(std::string_view text, NamedValues& known,
                           std::function<void(std::string text, std::string sentence)> refused,
                           std::optional<FormulaPlace> place = {});
  // Everybody begins at `start`, and the snapshot shows where they will go from there (Race::preview), as it does when
  // settings are changed before the first step; each coordinate is brought inside ±race::kMaxStart.
  void set_start(surfaces::Point start);
  // One more runner, with default hyper-parameters, which is selected; beyond race::kMaxRunners a toast says so and
  // nothing changes.
  void add_runner(std::string_view optimizer);
  // Takes a runner out; the others start again.
  void remove_runner(int runner);

  // --- one runner, live: what is recorded stays

  // One hyper-parameter, in the order of the optimizer's specs, brought inside its limits; one that there is not does
  // nothing.
  void set_hyperparameter(int runner, int index, double value);
  // All settings of a runner; the race refuses them as a whole.
  void set_settings(int runner, const race::RunnerSettings& settings);
  // set_axis() changes what an axis of a map shows: a hyper-parameter of `runner`, a coordinate of the start or a
  // parameter of the surface, brought inside its limits; a parameter that there is not does nothing.
  void set_axis(int runner, const survey::AxisChoice& axis, double value);

  // --- the race's course

  void play();
  void pause();
  // One step of every runner, after a pause.
  void step();
  // Shows the race at a recorded step, paused and forgetting nothing; the race refuses others.
  void seek(std::int64_t step);
  // One step back from where the race stands when the command arrives: quick presses each count.
  void seek_back();
  // Every runner back to the start.
  void reset_race();
  // Steps a second, brought inside race::kMinRaceSpeed … kMaxRaceSpeed.
  void set_speed(double steps_per_second);
  // set_freezing() says whether play() freezes runs in trouble.
  void set_freezing(bool on);
  // One more runner that shares the path of `runner` up to `step`; the race refuses steps that are not recorded.
  void branch(int runner, std::int64_t step);
  // take_advice() does what the doctor offers for a runner, and then, if `plays`, the race plays; the race refuses
  // where nothing is offered.
  void take_advice(int runner, bool plays);
  // A frozen run goes on, and the race plays; the race refuses where the run is not frozen.
  void let_run(int runner);
  // Finds and takes the best learning rate of each runner (race_tuning.h); refusals appear as a toast.
  void tune();
  // Ends tuning without a word; the rates stay as they are.
  void cancel_tuning();
  // The rates before tuning; the race refuses when something has been changed since.
  void undo_tuning();

  // --- the chains (commands.cpp): settings are UiState's, which the sampler follows (sampling_driver.h)

  // One step of every chain, after a pause.
  void step_chains();
  // All chains back to the start, paused.
  void reset_chains();

  // --- tables (commands.cpp), written by the worker for jobs and offered as downloads

  // Every step of every runner, as the race stands.
  void download_race();
  void download_sweep(const survey::RateSweepSnapshot& sweep);
  void download_heat_map(const survey::HeatMapSnapshot& map);
  void download_basins(const survey::BasinSnapshot& map);

  // --- the network (network_commands.cpp)

  // The trainer takes `config` as a whole or refuses it; the run goes on where it may (Trainer::configure).
  void configure_network(training::TrainerConfig config);
  // The same, and then it trains from new first weights.
  void train_anew(training::TrainerConfig config);
  // One hyper-parameter, live, brought inside its limits; one that there is not does nothing.
  void set_network_hyperparameter(int index, double value);
  // train() goes to the end of the epochs from where it stands; the trainer refuses without data.
  void train();
  void pause_training();
  // One batch; the trainer refuses without data.
  void step_training();
  // New first weights from the seed.
  void reset_network();
  // Accuracy at every rank of a weight matrix over the whole test set, beside everything else; it grows in
  // MatrixView::ranks, which also says what the trainer refuses.
  void study_ranks(std::string parameter);
  // The run goes to the newest checkpoint at or before the step, back or forth, forgetting nothing.
  void seek_network(std::int64_t step);
  // Another run begins where this one stands, which is put aside.
  void branch_network();
  // A kept run is pinned, or is not any more; and is forgotten.
  void pin_run(std::uint64_t id, bool on);
  void remove_run(std::uint64_t id);
  // Rows and columns of every image change places, or come back; the run starts anew.
  void turn_images(bool turned);
  // The data set and the run before the last load; the trainer refuses when they are not kept.
  void undo_load();

 private:
  struct Table;
  [[nodiscard]] Table table();
  // The race takes the controls' configuration, with rates that suit the surface for these runners (bits).
  void configure_suited(std::uint32_t runners);
  // Rates set by hand are remembered.
  void keep_rate(const race::RunnerConfig& runner);

  Host& host_;
  UiState& ui_;
  PostToMain post_to_main_;
  OfferTable offer_table_;
};

}  // namespace descent::web
