// SPDX-License-Identifier: MIT
// RateSweep: what each of several optimizers makes of a range of learning rates. Every run starts at the same point
// with the hyper-parameters given, its learning rate replaced, and makes `steps` steps (Lanes: as in the race). Rates
// are spaced evenly on a logarithmic scale; rough curves stand first. Beside each curve: its best rate, and the
// stability bound of the rate at the start and where the best run ended.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race.h"
#include "engine/surfaces/surface.h"
#include "engine/survey/lanes.h"
#include "engine/survey/progressive_order.h"
#include "engine/survey/tiled_job.h"

namespace descent::survey {

inline constexpr int kMaxSweepRates = 2000;
inline constexpr std::int64_t kMaxSweepSteps = 100000;
inline constexpr double kDefaultTolerance = 1e-3;  // share of the way from the start's loss to the target

struct RateSweepConfig {
  surfaces::SurfaceChoice surface;
  surfaces::Point start{};
  std::vector<race::RunnerConfig> runners;  // 1 … kMaxRunners
  double rate_min = 1e-4;                   // > 0
  double rate_max = 10;                     // > rate_min
  int count = 121;                          // 2 … kMaxSweepRates
  std::int64_t steps = 200;                 // 1 … kMaxSweepSteps
  std::int64_t schedule_steps = 0;          // what schedules are laid out for; 0: as many as `steps`
  double tolerance = 0;                     // of the loss above the target, > 0; 0: kDefaultTolerance of the start's
  double noise = 0;
  std::uint64_t seed = 1;
  std::int64_t budget = 0;  // gradient evaluations for each run, 0: no limit

  friend bool operator==(const RateSweepConfig&, const RateSweepConfig&) = default;
};

struct RateCurve {
  race::RunnerConfig config;
  std::vector<double> losses;             // (count) after the run, the last finite one; NaN: not computed yet
  std::vector<std::int32_t> steps_to;     // (count) the first step with a loss within the tolerance; -1: none
  std::vector<LaneEnd> ends;              // (count)
  std::vector<std::int64_t> evaluations;  // (count) gradients asked for
  int best = -1;                          // index of the lowest loss of a run that did not diverge; -1: none
  double stable_at_start = 0;             // NaN where no bound is known
  double stable_at_best = 0;              // where the best run ended, if the surface curves upwards there; else NaN
  std::string_view stability_formula;     // empty where no bound is known
};

struct RateSweepSnapshot {
  RateSweepConfig config;
  std::uint64_t version = 0;   // changes with configure()
  std::uint64_t progress = 0;  // changes with every change
  std::vector<double> rates;   // (count) ascending
  std::vector<RateCurve> curves;
  double target = 0;     // value of the lowest known or found minimum; NaN when there is none
  double tolerance = 0;  // steps_to counts to target + tolerance
  std::size_t completed = 0;
  std::size_t total = 0;  // runs
  bool cancelled = false;
};

class RateSweep final : public TiledJob {
 public:
  using Snapshot = RateSweepSnapshot;

  // Everything is checked before anything changes; then the sweep starts anew.
  core::Status configure(const RateSweepConfig& config);
  // `snapshot`: a new one, or one that was published before.
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] const Snapshot& result() const { return result_; }

 private:
  struct Run {
    double loss = 0;
    surfaces::Point end{};
    std::int32_t steps_to = -1;
    LaneEnd how = LaneEnd::running;
    std::int64_t evaluations = 0;
  };

  void prepare(std::size_t slots, int threads) override;
  void run_tile(std::size_t tile, std::size_t slot, int worker) override;
  void take_tile(std::size_t tile, std::size_t slot) override;
  void finish() override;
  [[nodiscard]] std::size_t tiles_of_curve() const;
  void rank(RateCurve& curve, std::size_t index, const Run& run);

  Snapshot result_;
  std::unique_ptr<surfaces::Surface> surface_;
  std::vector<race::Conditions> conditions_;                // those of each runner
  ProgressiveOrder order_;                                  // the order of the rates
  std::vector<std::vector<std::unique_ptr<Lanes>>> lanes_;  // (threads, runners)
  std::vector<std::vector<Run>> runs_;                      // (slots, up to a tile's lanes)
};

// environment_of() is what the runs of a survey meet.
template <class Config>
[[nodiscard]] race::Environment environment_of(const Config& config, std::int64_t budget) {
  return {config.schedule_steps > 0 ? config.schedule_steps : config.steps, config.noise, config.seed, budget};
}

// A distance that may be left to its default with 0: "radius is -1; it must be a number above 0".
[[nodiscard]] core::Status check_distance(std::string_view name, double value);

// `count` numbers from low to high, evenly spaced or with even ratios; both ends exact.
[[nodiscard]] std::vector<double> spaced(double low, double high, int count, bool log);

}  // namespace descent::survey
