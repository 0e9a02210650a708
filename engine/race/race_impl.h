// SPDX-License-Identifier: MIT
// Inside of Race, shared by its source files: commands in race.cpp, runs that are put aside in race_runs.cpp, time
// travel and snapshots in race_time.cpp, the doctor's part in race_doctor.cpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/notice.h"
#include "engine/parallel/generations.h"
#include "engine/parallel/pacer.h"
#include "engine/race/doctor/doctor.h"
#include "engine/race/outcome/finish.h"
#include "engine/race/race.h"
#include "engine/race/runner.h"
#include "engine/surfaces/minima.h"

namespace descent::race {

// One run of the race: a runner, what of its history a reused snapshot still holds, and the doctor's last finding.
struct RaceEntry {
  Runner runner;
  parallel::Generations generations;
  Diagnosis diagnosis;
  std::int64_t examined_step = -1;        // where the run stood at the last finding
  std::uint64_t examined_generation = 0;  // the record that it had then
  RunStatus examined_status = RunStatus::ready;
  bool let_run = false;           // the run was frozen once and let go on: it is not frozen again
  std::int64_t watched_from = 0;  // play() freezes the run from this step on
  std::int64_t finished = -1;     // the first step of the record that is within the finish line; -1: none is
  std::size_t searched = 0;       // losses that were looked at for it
  std::uint64_t searched_generation = 0;

  // The step at which the run arrived, up to where it stands; -1: it has not.
  [[nodiscard]] std::int64_t arrival(const FinishLine& finish);

  // forget_verdict() is called when what the run does from now on has other reasons than what it did before.
  void forget_verdict() {
    let_run = false;
    watched_from = runner.steps() == 0 ? 0 : runner.steps() + kCircle;
  }
};

// All that goes aside with a run of the race.
struct RaceRun {
  std::uint64_t number = 0;
  bool held = false;  // somebody will ask for it again
  RaceConfig config;
  std::shared_ptr<const surfaces::Surface> surface;  // runs from two starts share one
  surfaces::MinimaList minima;
  SurfaceScale scale;
  FinishLine finish;
  std::vector<RaceEntry> entries;
  TuningReport tuning;
  RaceConfig untuned;  // the configuration before the tuning, while there is a report
};

struct Race::Impl : RaceRun {
  std::vector<RaceRun> aside;  // the newest last
  std::uint64_t runs = 0;      // begun so far
  std::uint64_t config_version = 0;
  std::uint64_t next_generation = 1;
  bool playing = false;
  parallel::Pacer pacer;
  Preview preview;
  bool preview_wanted = false;
  core::Notice notice;

  void make_preview();
  void forget_preview();

  core::Status refuse(core::Status status) {
    notice.say(status);
    return status;
  }

  // True when nothing but how the race is played differs from the present configuration: such changes are made live.
  [[nodiscard]] bool only_play_differs(const RaceConfig& wanted) const {
    return !(wanted == config) && played_like_this(wanted) == config;
  }
  [[nodiscard]] RaceConfig played_like_this(RaceConfig other) const {
    other.steps_per_second = config.steps_per_second;
    other.freeze = config.freeze;
    return other;
  }

  // Tells every run how long its record may become, now that there are so many.
  void share_memory();
  void change_speed(double steps_per_second) {
    config.steps_per_second = steps_per_second;
    pacer.set_rate(steps_per_second);
  }
  void change_freezing(bool on);

  core::Status accept(const RaceConfig& wanted);

  void find_finish() { finish = finish_line(*surface, minima, scale.lowest, config.start); }

  [[nodiscard]] core::Result<std::vector<RaceEntry>> make_entries(const surfaces::Surface& on,
                                                                  const RaceConfig& wanted);
  void restart(surfaces::Point start);

  // race_runs.cpp
  void leave_run();
  void put_aside();
  bool bring_back(std::uint64_t run);
  [[nodiscard]] bool changes_live(const RaceConfig& wanted) const;
  core::Status change_to(const RaceConfig& wanted);

  [[nodiscard]] std::int64_t steps() const {
    std::int64_t longest = 0;
    for (const RaceEntry& entry : entries) longest = std::max(longest, entry.runner.steps());
    return longest;
  }

  [[nodiscard]] std::int64_t recorded() const {
    std::int64_t longest = 0;
    for (const RaceEntry& entry : entries) longest = std::max(longest, entry.runner.recorded());
    return longest;
  }

  [[nodiscard]] core::Status check_runner(int runner) const {
    const int count = static_cast<int>(entries.size());
    if (runner >= 0 && runner < count) return {};
    return core::Error{core::fill("runner {} does not exist; the race has {}", runner, count)};
  }

  // Changes one run's settings, and in the race what follows from that.
  core::Status change(int runner, const std::function<core::Status(Runner&)>& change_run);
  core::Status add_branch(int runner, std::int64_t step, std::span<const double> hyperparameters);

  [[nodiscard]] bool can_step() const {
    return std::any_of(entries.begin(), entries.end(), [](const RaceEntry& entry) { return entry.runner.can_step(); });
  }

  // Every run has arrived or can make no more steps; never true of a race without runs.
  [[nodiscard]] bool over();

  void step_all() {
    for (RaceEntry& entry : entries) entry.runner.step();
  }

  // Makes one step as play() does, and stops where the race is over by it.
  void play_on();
  // The doctor's finding, and where a run circles.
  [[nodiscard]] Diagnosis examine_run(RaceEntry& entry, const surfaces::LocalModel& head) const;
  void look_around(RaceEntry& entry, Diagnosis& found) const;
  // The doctor's finding where the run stands; rates are tried out once for each trouble.
  const Diagnosis& diagnose(RaceEntry& entry, const surfaces::LocalModel& head) const;
  core::Status follow_advice(int runner);
  core::Status unfreeze(int runner);
  void let_go(RaceEntry& entry) const;
  // Makes one step of every runner as play() makes them, then looks at the runs whose turn it is.
  void play_step();
  void check_up(RaceEntry& entry) const;
  void publish_entry(RaceEntry& entry, RunnerSnapshot& out) const;
};

}  // namespace descent::race
