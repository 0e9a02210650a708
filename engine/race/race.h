// SPDX-License-Identifier: MIT
// Race: several optimizers on one surface from one start, one step at a time, forwards and backwards. Synchronous;
// lives inside Worker<Race>. Every step keeps the optimizer's whole state (a 2-D run's state is a few doubles), so
// going back is exact and the run goes on from there bit for bit; seek() moves along the record without losing it,
// branch() starts another run from any of its steps. A runner that diverges (value or point not finite, or
// far outside the domain) stops; its snapshot says at which learning rate and, where a stability bound is known, above
// which bound since which step.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/height_field.h"
#include "engine/race/outcome/finish.h"
#include "engine/race/race_config.h"
#include "engine/race/run_snapshot.h"
#include "engine/race/tuning/tuning_report.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr std::uint64_t kFirstConfigVersion = 1;  // of a race that was never configured

inline constexpr std::int64_t kPreviewSteps = 200;

// Where each run will go from the start, within kPreviewSteps.
struct Preview {
  std::uint64_t version = 0;               // grows with every change
  std::vector<std::vector<double>> paths;  // in the order of the runners: (steps + 1, 2); empty: none was asked for,
                                           // or settings or start have been changed since
};

struct RaceSnapshot {
  RaceConfig config;
  std::uint64_t config_version = 0;  // grows with configure(): surface or parameters may differ
  std::uint64_t run = 0;             // changes when steps are left behind because the race begins anew, see go_to()
  std::shared_ptr<const surfaces::SurfaceInfo> surface_info;  // of config's surface
  bool playing = false;
  std::int64_t step = 0;      // the longest runner's
  std::int64_t recorded = 0;  // steps in the longest record: how far seek() can go
  std::vector<RunnerSnapshot> runners;
  std::vector<surfaces::Minimum> minima;  // known ones; where none are known, those found in the domain (minima.h)
  bool minima_found = false;              // they were found, not known
  bool more_minima = false;               // the search came upon more of them
  FinishLine finish;
  int first = -1;       // the run that has arrived first; -1: none has, up to where the race stands
  bool over = false;    // every run has arrived or has ended
  TuningReport tuning;  // what the present rates rest on; empty once anything but the speed has been changed
  Preview preview;
  std::string message;               // last refused command, empty otherwise
  std::uint64_t message_number = 0;  // core::Notice
};

class Race {
 public:
  using Snapshot = RaceSnapshot;

  Race();
  ~Race();

  // Names, parameters, start (inside ±kMaxStart, value finite), number of runners, speed: checked as a whole; on error
  // nothing changes and a race that plays goes on. Accepted: every runner stands at the start, paused; when only speed
  // and freezing differ, the race goes on with them. What a command refuses also stands in the snapshot's message until
  // the next accepted command.
  core::Status configure(const RaceConfig& config);
  // configure(), and rates that suit the surface (suited_rates.h) for runners whose bit is set: bit i is that of runner
  // i; they start without earlier settings. The snapshot's report says what was found, undo_tuning() takes it back.
  core::Status configure_suited(RaceConfig config, std::uint32_t runners);
  // Settings of one runner, live: they act from the next step on, and a frozen run goes on with them. What is recorded
  // up to the present step stays. Refused with a sentence as a whole.
  core::Status change(int runner, const RunnerSettings& settings);
  core::Status set_hyperparameter(int runner, int index, double value);  // one of them
  core::Status set_start(surfaces::Point start);  // resets all runners to the new start; a race that plays goes on
  void set_speed(double steps_per_second);        // kMinRaceSpeed … kMaxRaceSpeed
  void set_freezing(bool on);                     // off: frozen runs go on, to the step at which the race stands
  // play() stops by itself at the step at which the last run arrives (finish.h) or ends: the race is over. Played on
  // from there, it goes on until every runner has converged, diverged, stopped or been frozen. Every 10 steps the
  // doctor looks at the runs, and one that swings, stalls on a plateau or stays at a saddle (doctor.h) is frozen there,
  // always at the same step, unless freezing is off. step() freezes nothing.
  void play();
  void pause();
  void step(std::int64_t n);  // n >= 1 steps of every running runner
  // n steps as play() makes them, at once and whether it plays or not: runs in trouble are frozen.
  void play_steps(std::int64_t n);
  // Takes the race n steps back: runners that are further than (longest run - n) return there and can go on. What came
  // after is forgotten.
  void back(std::int64_t n);
  // seek() pauses and goes to any recorded step, forwards or back, forgetting nothing; shorter runs stand at their
  // ends. From there step() and play() go along the record, then beyond it.
  core::Status seek(std::int64_t step);
  // The same to the step before the one shown; at the start it stays there.
  void seek_back();
  // Adds a runner that shares `runner`'s record up to `step` and goes on with these hyper-parameters (none: the
  // parent's), under the first free slot; it is brought to the step at which the race stands. Nothing else changes.
  core::Status branch(int runner, std::int64_t step, std::span<const double> hyperparameters);
  // take_advice() does what the doctor offers for a runner: back to the proposed step and on with the proposed learning
  // rate or push, to the step at which the race stands. A push makes one step at least; it belongs to the record, and a
  // run that starts again starts without it. Refused with a sentence when nothing is offered.
  core::Status take_advice(int runner);
  // Lets a frozen run go on, first to the step at which the race stands. It is not frozen again before it is changed or
  // reset. Refused when the run is not frozen.
  core::Status let_run(int runner);
  void reset();
  // Asks for the preview of a race that stands at its start, with nothing recorded. It is made with the next advance():
  // of many wishes in between only the last counts.
  void preview();
  // hold() says that the present run, if it is the one of this number, will be asked for again: when the race begins
  // anew it goes aside as it stands. The newest few are kept, as far as they take little memory.
  void hold(std::uint64_t run);
  // Brings back the run of this number as it stood, paused, unless it is the present one; then `config` holds, live
  // where that can be: runs at the end of the list go, settings act from the next step on. Otherwise it is as with
  // configure(). The run that is left goes aside in its turn. `config` holds too when the run is kept no more, which
  // is said in a sentence.
  core::Status go_to(std::uint64_t run, const RaceConfig& config);
  // Takes the rates that tuning.h found for `basis`; refused when the race is no longer that (speed and freezing
  // apart).
  core::Status apply_tuning(const RaceConfig& basis, const TuningReport& report);
  // Back to the rates before; refused when nothing is tuned, or something has been changed since.
  core::Status undo_tuning();

  [[nodiscard]] HeightField sample(const surfaces::Domain& view, int width, int height) const;
  [[nodiscard]] HeightRange height_range(const surfaces::Domain& part) const;
  [[nodiscard]] GradientField sample_gradients(const surfaces::Domain& view, int width, int height) const;
  [[nodiscard]] surfaces::LocalModel local_model(surfaces::Point point) const;
  [[nodiscard]] const RaceConfig& config() const;

  // Worker<Race>.
  [[nodiscard]] bool busy() const;
  void advance();
  [[nodiscard]] double idle_seconds() const;
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] double publish_interval() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::race
