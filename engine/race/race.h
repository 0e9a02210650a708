// SPDX-License-Identifier: MIT
// Race: several optimizers on one surface from one start, one step at a time, forwards and backwards. Synchronous;
// lives inside Worker<Race>. Every step keeps the optimizer's whole state (a 2-D run's state is a few doubles), so
// going back is exact and the run goes on from there bit for bit; seek() moves along the record without losing it,
// branch() starts another run from any of its steps. A runner that diverges (value or point not finite, or
// far outside the domain) stops with a sentence that names the learning rate and, where a stability bound is known,
// that bound at the step where it was first exceeded.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/point_kind.h"
#include "engine/surfaces/surface.h"

namespace descent::train {

inline constexpr std::int64_t kDefaultScheduleSteps = 200;
inline constexpr double kMaxNoise = 1e6;
inline constexpr std::int64_t kMaxBudget = 100000000;

// What may be changed while a run goes on.
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

struct RunnerConfig {
  std::string optimizer = "gradient_descent";
  std::vector<double> hyperparameters;      // in the order of the optimizer's specs
  int slot = 0;                             // colour and marker; kept when other runners come and go
  std::string schedule = "constant";        // of the learning rate, laid out for RaceConfig::schedule_steps
  std::vector<double> schedule_parameters;  // in the order of the schedule's specs; empty means the defaults
  std::vector<EarlierSettings> earlier;     // ascending; after the last one the settings above hold
  int branch_of = -1;                       // slot of the run this one was branched from; -1: none

  [[nodiscard]] RunnerSettings settings() const { return {hyperparameters, schedule, schedule_parameters}; }
  friend bool operator==(const RunnerConfig&, const RunnerConfig&) = default;
};

// What stands on a surface: its fields are those of the choice.
struct OnSurface : surfaces::SurfaceChoice {
  [[nodiscard]] const surfaces::SurfaceChoice& surface_choice() const { return *this; }
  void set_surface(const surfaces::SurfaceChoice& choice) { surfaces::SurfaceChoice::operator=(choice); }
  friend bool operator==(const OnSurface&, const OnSurface&) = default;
};

// Empty parameter lists mean the defaults; an accepted configuration has them filled in. With another surface than a
// formula `expression` is empty and `domain` the default.
struct RaceConfig : OnSurface {
  RaceConfig() { surface = "rosenbrock"; }

  surfaces::Point start{};
  std::vector<RunnerConfig> runners;
  std::uint64_t seed = 1;
  double steps_per_second = 60;  // play speed
  double noise = 0;              // standard deviation of the noise on each gradient component, the same for all runners
  std::int64_t schedule_steps = kDefaultScheduleSteps;
  std::int64_t budget = 0;  // gradient evaluations for each runner; 0: no limit
  bool freeze = true;       // play() freezes runs that are in trouble
  friend bool operator==(const RaceConfig&, const RaceConfig&) = default;
};

inline constexpr int kMaxRunners = 16;
inline constexpr std::int64_t kMaxRaceSteps = 100000;
inline constexpr std::int64_t kMaxDescentSteps = 1000000;
inline constexpr double kMinRaceSpeed = 0.01;  // steps a second
inline constexpr double kMaxRaceSpeed = 100000;
inline constexpr std::uint64_t kMaxSeed = (std::uint64_t{1} << 53) - 1;  // what JSON carries exactly
inline constexpr double kMaxStart = 1e6;                                 // largest start coordinate

// frozen: play() has stopped the run because the doctor found that it swings, stalls or stays at a saddle; let_run()
// lets it go on.
enum class RunStatus { ready, running, converged, diverged, stopped, frozen };
[[nodiscard]] std::string_view to_string(RunStatus status);

// Settings that came into force after `step` steps.
struct SettingsChange : RunnerSettings {
  std::int64_t step = 0;
};

// What the doctor (doctor.h) finds wrong with a run where it stands, and what it offers.
enum class DiagnosisKind { none, diverged, left_domain, oscillating, stalled, saddle };
[[nodiscard]] std::string_view to_string(DiagnosisKind kind);

struct Diagnosis {
  DiagnosisKind kind = DiagnosisKind::none;
  std::int64_t since_step = 0;  // the first step of the trouble, 1-based
  std::string sentence;         // with its numbers; empty when nothing is wrong
  bool lasting = false;         // play() freezes the run for it
  // Go back to this step and on from there, with this learning rate or, where it is NaN, pushed by this vector before
  // the next step. It was tried out: trial_steps steps from there ended at trial_loss; 0: nothing helps.
  std::int64_t proposed_step = 0;
  double proposed_learning_rate = 0;
  surfaces::Point proposed_push{};
  std::int64_t trial_steps = 0;
  double trial_loss = 0;

  [[nodiscard]] bool offers() const { return trial_steps > 0; }
  [[nodiscard]] bool offers_push() const { return offers() && !(proposed_learning_rate > 0); }
};

// A run's history as the display and the scripting interface see it; index 0 is the start. The run stands at the end of
// `points`; after seek() there may be more in the record, which step() and play() go along.
struct RunnerSnapshot {
  RunnerConfig config;
  std::uint64_t generation = 0;         // changes when earlier points were rewritten (reset, back, new start)
  std::vector<double> points;           // (steps + 1, 2)
  std::vector<double> losses;           // (steps + 1)
  std::vector<double> later_points;     // (recorded - steps, 2)
  std::vector<double> later_losses;     // (recorded - steps)
  std::vector<SettingsChange> changes;  // along the whole record, the first after 0 steps; empty before the first step
  double learning_rate = 0;             // of the newest step, scheduled; before the first, the one it will have
  RunStatus status = RunStatus::ready;
  std::string reason;  // a sentence when the run has ended or is frozen; else empty
  Diagnosis diagnosis;
  std::string_view note;  // the optimizer's note on its last step
  std::int64_t gradient_evaluations = 0;
  surfaces::LocalModel head;                                // second-order data at the newest point
  surfaces::PointKind kind = surfaces::PointKind::unknown;  // of the newest point
  optim::StabilityBound stability;                          // at the head, with the optimizer's memory there
  double stable_learning_rate = 0;                          // stability's; NaN where unknown
  std::string_view stability_formula;
};

// What tuning found for one runner.
struct TunedRate {
  int slot = 0;
  std::string optimizer;
  double learning_rate = 0;      // NaN when every run diverged
  double former_rate = 0;        // the one before
  double loss = 0;               // after that run
  bool at_edge = false;          // the best rate is the smallest or the largest tried
  std::int64_t runs = 0;         // rates tried
  std::int64_t evaluations = 0;  // gradients asked for, all runs together
};

struct TuningReport {
  std::int64_t budget = 0;            // gradient evaluations of one run
  double rate_min = 0, rate_max = 0;  // of the rates tried
  std::int64_t evaluations = 0;       // all optimizers together
  std::vector<TunedRate> rates;       // in the order of the runners; empty: the race is not tuned
};

inline constexpr std::uint64_t kFirstConfigVersion = 1;  // of a race that was never configured

struct RaceSnapshot {
  RaceConfig config;
  std::uint64_t config_version = 0;  // grows with configure(): surface or parameters may differ
  std::shared_ptr<const surfaces::SurfaceInfo> surface_info;  // of config's surface
  bool playing = false;
  std::int64_t step = 0;      // the longest runner's
  std::int64_t recorded = 0;  // steps in the longest record: how far seek() can go
  std::vector<RunnerSnapshot> runners;
  std::vector<surfaces::Minimum> minima;  // known ones; where none are known, those found in the domain (minima.h)
  bool minima_found = false;              // they were found, not known
  bool more_minima = false;               // the search came upon more of them
  TuningReport tuning;  // what the present rates rest on; empty once anything but the speed has been changed
  std::string message;  // last refused command, empty otherwise
};

// A sampled rectangle of the surface for display: values (height, width), row 0 at y0, sample centres on the edges.
struct HeightField {
  std::uint64_t config_version = 0;
  surfaces::Domain view;
  int width = 0;
  int height = 0;
  // f(x, y) = offset + value. The offset is 0 unless the shown range is so narrow that the values would not differ in
  // single precision (deep zoom).
  double offset = 0;
  std::vector<float> values;
  float minimum = 0;  // over finite values
  float maximum = 0;
};

// Gradients at the points of a grid, for arrows: (height, width, 2), row 0 at y0, grid points on the edges.
struct GradientField {
  std::uint64_t config_version = 0;
  surfaces::Domain view;
  int width = 0;
  int height = 0;
  std::vector<double> gradients;
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
  // Settings of one runner, live: they act from the next step on, and a frozen run goes on with them. What is recorded
  // up to the present step stays. Refused with a sentence as a whole.
  core::Status change(int runner, const RunnerSettings& settings);
  core::Status set_hyperparameter(int runner, int index, double value);  // one of them
  core::Status set_start(surfaces::Point start);  // resets all runners to the new start; a race that plays goes on
  void set_speed(double steps_per_second);        // kMinRaceSpeed … kMaxRaceSpeed
  void set_freezing(bool on);                     // off: frozen runs go on, to the step at which the race stands
  // Until every runner has converged, diverged, stopped or been frozen: every 10 steps the doctor looks at the runs,
  // and one that swings, stalls on a plateau or stays at a saddle (doctor.h) is frozen there, always at the same step,
  // unless freezing is off. step() freezes nothing.
  void play();
  void pause();
  void step(std::int64_t n);  // n >= 1 steps of every running runner
  // n steps as play() makes them, at once and whether it plays or not: runs in trouble are frozen.
  void play_steps(std::int64_t n);
  // Takes the race n steps back: runners that are further than (longest run - n) return there and can go on. What came
  // after is forgotten.
  void back(std::int64_t n);
  // To any recorded step, forwards or back, forgetting nothing; shorter runs stand at their ends. Pauses. From there
  // step() and play() go along the record, then beyond it.
  core::Status seek(std::int64_t step);
  // Adds a runner that shares `runner`'s record up to `step` and goes on with these hyper-parameters (none: the
  // parent's), under the first free slot; it is brought to the step at which the race stands. Nothing else changes.
  core::Status branch(int runner, std::int64_t step, std::span<const double> hyperparameters);
  // What the doctor offers for a runner: back to the proposed step and on with the proposed learning rate or push, to
  // the step at which the race stands. A push makes one step at least; it belongs to the record, and a run that starts
  // again starts without it. Refused with a sentence when nothing is offered.
  core::Status take_advice(int runner);
  // Lets a frozen run go on, first to the step at which the race stands. It is not frozen again before it is changed or
  // reset. Refused when the run is not frozen.
  core::Status let_run(int runner);
  void reset();
  // Takes the rates that tuning.h found for `basis`; refused when the race is no longer that (speed and freezing
  // apart).
  core::Status apply_tuning(const RaceConfig& basis, const TuningReport& report);
  // Back to the rates before; refused when nothing is tuned, or something has been changed since.
  core::Status undo_tuning();

  [[nodiscard]] HeightField sample(const surfaces::Domain& view, int width, int height) const;
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

// One optimizer on one surface without a display: exactly `steps` steps unless the run diverges.
struct DescentResult {
  std::vector<double> points;  // (steps + 1, 2)
  std::vector<double> losses;  // (steps + 1)
  RunStatus status = RunStatus::stopped;
  std::int64_t steps = 0;
  std::string reason;
};
struct DescentRequest : OnSurface {
  std::string optimizer;
  std::vector<double> hyperparameters;
  surfaces::Point start{};
  std::int64_t steps = 100;  // 0 … kMaxDescentSteps; a schedule is laid out for as many
  std::uint64_t seed = 1;    // of the noise
  std::string schedule = "constant";
  std::vector<double> schedule_parameters;
  double noise = 0;
};
[[nodiscard]] core::Result<DescentResult> descend(const DescentRequest& request);

}  // namespace descent::train
