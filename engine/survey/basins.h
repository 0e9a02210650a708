// SPDX-License-Identifier: MIT
// BasinMap: from each start of a grid, where the optimizer ends after `steps` steps and how soon it is there.
// Attractors are the surface's known minima, then those found on the way: a run that ends within `radius` of a minimum
// to which Newton's method leads, or that has converged elsewhere (a saddle), adds its own, unless one is within
// 2·radius. "How soon" is the first step from which the run stays within `radius` of where it ends. The picture is the
// same for any number of threads; rough blocks stand first (progressive_order.h).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race.h"
#include "engine/surfaces/surface.h"
#include "engine/survey/lanes.h"
#include "engine/survey/progressive_order.h"
#include "engine/survey/tiled_job.h"

namespace descent::survey {

inline constexpr int kMaxBasinCells = 2048;  // along each axis
inline constexpr std::int64_t kMaxBasinSteps = 5000;
inline constexpr double kDefaultBasinRadius = 0.01;  // of the grid's larger extent

// A cell of the map holds the index of an attractor, below kMaxAttractors, or one of the other four.
inline constexpr std::uint8_t kMaxAttractors = 250;
inline constexpr std::uint8_t kBasinUnknown = 252;     // not computed yet
inline constexpr std::uint8_t kBasinUndefined = 253;   // no finite value or gradient at the start
inline constexpr std::uint8_t kBasinUnfinished = 254;  // still on its way, or far from every attractor
inline constexpr std::uint8_t kBasinDiverged = 255;

struct BasinConfig {
  surfaces::SurfaceChoice surface;
  race::RunnerConfig runner;
  surfaces::Domain domain;          // the starts' rectangle; samples on its edges
  int width = 512;                  // 2 … kMaxBasinCells
  int height = 512;                 // 2 … kMaxBasinCells
  std::int64_t steps = 200;         // 1 … kMaxBasinSteps
  std::int64_t schedule_steps = 0;  // what a schedule is laid out for; 0: as many as `steps`
  double radius = 0;                // > 0; 0: kDefaultBasinRadius of the extent
  double noise = 0;
  std::uint64_t seed = 1;

  friend bool operator==(const BasinConfig&, const BasinConfig&) = default;
};

struct Attractor {
  surfaces::Point point{};
  double value = 0;
  bool known = false;    // one of the surface's own minima
  bool minimum = false;  // positive definite Hessian; else a saddle, a maximum or degenerate
};

struct BasinSnapshot {
  BasinConfig config;
  std::uint64_t version = 0;   // changes with configure()
  std::uint64_t progress = 0;  // changes with every change
  double radius = 0;
  std::vector<Attractor> attractors;
  std::vector<std::uint8_t> basins;  // (height, width): an attractor's index, or one of the values above; row 0 at y0
  std::vector<std::uint16_t> steps;  // (height, width): from when on it stays; for diverged runs the steps they made
  std::size_t completed = 0;
  std::size_t total = 0;     // starts
  std::uint32_t stride = 0;  // finest stride that is complete: 16, 8, 4, 2, 1; 0: none yet
  bool cancelled = false;
};

class BasinMap final : public TiledJob {
 public:
  using Snapshot = BasinSnapshot;

  // All checked before anything changes; then the map starts anew.
  core::Status configure(const BasinConfig& config);
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] const Snapshot& result() const { return result_; }

 private:
  struct Tile {
    std::vector<surfaces::Point> ends;
    std::vector<LaneEnd> how;
    std::vector<std::uint16_t> settled;
    std::vector<std::uint8_t> basin;  // with the attractors known when the tile ran
  };
  struct Worker {
    std::unique_ptr<Lanes> lanes;
    std::vector<double> path;  // (steps + 1, 2, lanes)
  };

  void prepare(std::size_t slots, int threads) override;
  void run_tile(std::size_t tile, std::size_t slot, int worker) override;
  void take_tile(std::size_t tile, std::size_t slot) override;
  [[nodiscard]] std::uint8_t nearest(surfaces::Point end) const;
  [[nodiscard]] std::uint8_t discover(surfaces::Point end, LaneEnd how);

  Snapshot result_;
  std::unique_ptr<surfaces::Surface> surface_;
  race::Conditions conditions_;
  ProgressiveOrder order_;
  std::size_t tile_lanes_ = 1;
  std::vector<double> xs_, ys_;  // of columns and rows
  std::vector<Worker> workers_;
  std::vector<Tile> tiles_;
};

}  // namespace descent::survey
