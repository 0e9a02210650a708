// SPDX-License-Identifier: MIT
// Race: several optimizers on one surface from one start, one step at a time, forwards and backwards. Synchronous;
// lives inside Worker<Race>. Every step keeps the optimizer's whole state (a 2-D run's state is a few doubles), so
// going back is exact and the run goes on from there bit for bit. A runner that diverges (value or point not finite, or
// far outside the domain) stops with a sentence that names the learning rate and, where a stability bound is known,
// that bound at the step where it was first exceeded.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/surfaces/surface.h"

namespace descent::train {

struct RunnerConfig {
  std::string optimizer = "gradient_descent";
  std::vector<double> hyperparameters;  // in the order of the optimizer's specs
  int slot = 0;                         // colour and marker; kept when other runners come and go

  friend bool operator==(const RunnerConfig&, const RunnerConfig&) = default;
};

// Empty parameter lists mean the defaults; an accepted configuration has them filled in.
struct RaceConfig {
  std::string surface = "rosenbrock";                     // a catalog name, or "expression"
  std::string expression;                                 // the formula; with another surface empty
  surfaces::Domain domain = surfaces::kExpressionDomain;  // of the formula; with another surface this value
  std::vector<double> parameters;                         // in the order of the surface's specs
  surfaces::Point start{};
  std::vector<RunnerConfig> runners;
  std::uint64_t seed = 1;
  double steps_per_second = 60;  // play speed

  [[nodiscard]] surfaces::SurfaceChoice surface_choice() const { return {surface, expression, domain, parameters}; }
  void set_surface(const surfaces::SurfaceChoice& choice) {
    surface = choice.surface;
    expression = choice.expression;
    domain = choice.domain;
    parameters = choice.parameters;
  }
  friend bool operator==(const RaceConfig&, const RaceConfig&) = default;
};

inline constexpr int kMaxRunners = 16;
inline constexpr std::int64_t kMaxRaceSteps = 100000;
inline constexpr std::int64_t kMaxDescentSteps = 1000000;
inline constexpr double kMinRaceSpeed = 0.01;  // steps a second
inline constexpr double kMaxRaceSpeed = 100000;
inline constexpr std::uint64_t kMaxSeed = (std::uint64_t{1} << 53) - 1;  // what JSON carries exactly
inline constexpr double kMaxStart = 1e6;                                 // largest start coordinate

enum class RunStatus { ready, running, converged, diverged, stopped };
[[nodiscard]] std::string_view to_string(RunStatus status);

// A run's history as the display and the scripting interface see it; index 0 is the start.
struct RunnerSnapshot {
  RunnerConfig config;
  std::uint64_t generation = 0;  // changes when earlier points were rewritten (reset, back, new start)
  std::vector<double> points;    // (steps + 1, 2)
  std::vector<double> losses;    // (steps + 1)
  RunStatus status = RunStatus::ready;
  std::string reason;     // a sentence when diverged, converged or stopped; else empty
  std::string_view note;  // the optimizer's note on its last step
  std::int64_t gradient_evaluations = 0;
  surfaces::LocalModel head;        // second-order data at the newest point
  double stable_learning_rate = 0;  // at the head; NaN where unknown
  std::string_view stability_formula;
};

struct RaceSnapshot {
  RaceConfig config;
  std::uint64_t config_version = 0;  // changes with configure(): surface or parameters may differ
  std::shared_ptr<const surfaces::SurfaceInfo> surface_info;  // of config's surface
  bool playing = false;
  std::int64_t step = 0;  // the longest runner's
  std::vector<RunnerSnapshot> runners;
  std::vector<surfaces::Minimum> minima;
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
  // nothing changes and a race that plays goes on. Accepted: every runner stands at the start, paused; when only the
  // speed differs, the race goes on at the new speed. What a command refuses also stands in the snapshot's message
  // until the next accepted command.
  core::Status configure(const RaceConfig& config);
  // A hyper-parameter of one runner, live; history stays.
  core::Status set_hyperparameter(int runner, int index, double value);
  core::Status set_start(surfaces::Point start);  // resets all runners to the new start; a race that plays goes on
  void set_speed(double steps_per_second);        // kMinRaceSpeed … kMaxRaceSpeed
  void play();                                    // until every runner has converged, diverged or stopped
  void pause();
  void step(std::int64_t n);  // n >= 1 steps of every running runner
  // Takes the race n steps back: runners that are further than (longest run - n) return there and can go on.
  void back(std::int64_t n);
  void reset();

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
struct DescentRequest {
  std::string surface;     // a catalog name, or "expression"
  std::string expression;  // the formula; with another surface empty
  surfaces::Domain domain = surfaces::kExpressionDomain;
  std::vector<double> parameters;
  std::string optimizer;
  std::vector<double> hyperparameters;
  surfaces::Point start{};
  std::int64_t steps = 100;  // 0 … kMaxDescentSteps
  std::uint64_t seed = 1;

  [[nodiscard]] surfaces::SurfaceChoice surface_choice() const { return {surface, expression, domain, parameters}; }
  void set_surface(const surfaces::SurfaceChoice& choice) {
    surface = choice.surface;
    expression = choice.expression;
    domain = choice.domain;
    parameters = choice.parameters;
  }
};
[[nodiscard]] core::Result<DescentResult> descend(const DescentRequest& request);

}  // namespace descent::train
