// SPDX-License-Identifier: MIT
// HeatMap: the loss after a run against any two of an optimizer's hyper-parameters, the start's coordinates and the
// surface's parameters (axis.h), everything else as given. Rows are the second axis, ascending. Rough blocks
// stand first (progressive_order.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race.h"
#include "engine/surfaces/surface.h"
#include "engine/survey/axis.h"
#include "engine/survey/lanes.h"
#include "engine/survey/progressive_order.h"
#include "engine/survey/tiled_job.h"

namespace descent::survey {

struct HeatMapConfig {
  surfaces::SurfaceChoice surface;
  surfaces::Point start{};
  race::RunnerConfig runner;
  HeatMapAxis x, y;                 // two different ones; what they vary is not read above
  std::int64_t steps = 200;         // 1 … kMaxSweepSteps
  std::int64_t schedule_steps = 0;  // what a schedule is laid out for; 0: as many as `steps`
  double noise = 0;
  std::uint64_t seed = 1;
  std::int64_t budget = 0;

  friend bool operator==(const HeatMapConfig&, const HeatMapConfig&) = default;
};

struct HeatMapSnapshot {
  HeatMapConfig config;
  std::uint64_t version = 0;   // changes with configure()
  std::uint64_t progress = 0;  // changes with every change
  std::vector<double> x, y;    // values along the axes
  std::vector<double> losses;  // (y, x) after the run, the last finite one; a rough cell's until finer ones are known;
                               // NaN: not computed yet
  std::vector<LaneEnd> ends;   // (y, x)
  std::int64_t best = -1;      // index of the lowest loss of a run that did not diverge; -1: none
  std::size_t completed = 0;
  std::size_t total = 0;     // cells
  std::uint32_t stride = 0;  // finest stride that is complete: 16, 8, 4, 2, 1; 0: none yet
  double highest_start = 0;  // the highest loss before a first step; −∞ while none is known
  bool cancelled = false;
};

class HeatMap final : public TiledJob {
 public:
  using Snapshot = HeatMapSnapshot;

  // All checked before anything changes; then the map starts anew.
  core::Status configure(const HeatMapConfig& config);
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] const Snapshot& result() const { return result_; }

 private:
  struct Tile {
    std::vector<double> starts, losses;  // before the first step, after the last
    std::vector<LaneEnd> ends;
  };

  void empty(const HeatMapConfig& config, std::vector<double> columns, std::vector<double> rows);
  void prepare(std::size_t slots, int threads) override;
  void run_tile(std::size_t tile, std::size_t slot, int worker) override;
  void take_tile(std::size_t tile, std::size_t slot) override;

  Snapshot result_;
  std::unique_ptr<surfaces::Surface> surface_;
  race::Conditions conditions_;
  AxisChoice x_, y_;
  ProgressiveOrder order_;
  std::vector<std::unique_ptr<Lanes>> lanes_;  // of each thread
  std::vector<Tile> tiles_;                    // of each slot
};

}  // namespace descent::survey
