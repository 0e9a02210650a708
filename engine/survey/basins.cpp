// SPDX-License-Identifier: MIT
// The basin map's tiles, see basins.h. A tile is a vector of lanes; each thread keeps the paths of the tile it runs, to
// look back from the ends.
#include "engine/survey/basins.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/surfaces/minima.h"
#include "engine/survey/sweep.h"

namespace descent::survey {
namespace {

constexpr std::size_t kMostLanes = 128;
constexpr std::size_t kFewestLanes = 16;
constexpr std::size_t kLaneSteps = 65536;  // a tile's, for which a new configuration may have to wait
constexpr double kMaxCoordinate = 1e6;
constexpr std::size_t kCellBytes = 4 * (sizeof(std::uint8_t) + sizeof(std::uint16_t));  // a result and three copies

core::Status check_grid(const BasinConfig& config) {
  const surfaces::Domain& d = config.domain;
  for (const double edge : {d.x0, d.x1, d.y0, d.y1})
    if (!(std::abs(edge) <= kMaxCoordinate))
      return core::Error{core::fill("domain has the edge {0}; it must be between -{1} and {1}",
                                    core::format_number(edge),
                                    core::grouped(static_cast<std::int64_t>(kMaxCoordinate)))};
  if (!(d.x0 < d.x1) || !(d.y0 < d.y1)) return core::Error{"domain must be [x0, x1, y0, y1] with x0 < x1 and y0 < y1"};
  for (const auto& [name, count] : {std::pair{"width", config.width}, std::pair{"height", config.height}})
    if (core::Status status = core::check_whole(name, count, 2, kMaxBasinCells); !status.ok()) return status;
  if (core::Status status = core::check_whole("steps", config.steps, 1, kMaxBasinSteps); !status.ok()) return status;
  if (core::Status status = check_distance("radius", config.radius); !status.ok()) return status;
  return race::check_environment(environment_of(config, 0));
}

bool within(surfaces::Point a, surfaces::Point b, double radius) {
  const double dx = a[0] - b[0];
  const double dy = a[1] - b[1];
  return dx * dx + dy * dy <= radius * radius;
}

bool curves_upwards(const surfaces::Surface& surface, surfaces::Point p) {
  return surfaces::local_model(surface, p).eigenvalues[0] > 0;
}

}  // namespace

core::Status BasinMap::configure(const BasinConfig& config) {
  if (core::Status status = check_grid(config); !status.ok()) return status;
  auto optimizer = optim::make_optimizer<double>(config.runner.optimizer, config.runner.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  auto conditions = race::make_conditions(config.runner, environment_of(config, 0));
  if (!conditions.ok()) return conditions.error();
  auto surface = surfaces::make_surface(config.surface);
  if (!surface.ok()) return surface.error();
  if (core::Status status = check_room(config.width, config.height, kCellBytes); !status.ok()) return status;
  workers_.clear();
  surface_ = std::move(surface).value();
  conditions_ = std::move(conditions).value();
  result_.config = config;
  if (config.runner.hyperparameters.empty())
    result_.config.runner.hyperparameters = core::default_values((*optimizer)->info().parameters);
  ++result_.version;
  const surfaces::Domain& d = config.domain;
  result_.radius = config.radius > 0 ? config.radius : kDefaultBasinRadius * std::max(d.x1 - d.x0, d.y1 - d.y0);
  result_.attractors.clear();
  // A run that ends at a kink jumps to and fro there: nothing of it tells that this is a minimum.
  const bool known = surface_->info().smooth || !surface_->minima().empty();
  for (const surfaces::Minimum& minimum :
       known ? surface_->minima() : surfaces::search_minima(*surface_, surface_->info().domain).minima)
    if (result_.attractors.size() < kMaxAttractors)
      result_.attractors.push_back({minimum.point, minimum.value, known, true});
  xs_ = spaced(d.x0, d.x1, config.width, false);
  ys_ = spaced(d.y0, d.y1, config.height, false);
  result_.total = xs_.size() * ys_.size();
  result_.basins.assign(result_.total, kBasinUnknown);
  result_.steps.assign(result_.total, 0);
  result_.completed = 0;
  result_.stride = 0;
  order_.reset(static_cast<std::uint32_t>(config.width), static_cast<std::uint32_t>(config.height));
  tile_lanes_ = std::clamp(kLaneSteps / static_cast<std::size_t>(config.steps), kFewestLanes, kMostLanes);
  begin((result_.total + tile_lanes_ - 1) / tile_lanes_);
  return {};
}

void BasinMap::prepare(std::size_t slots, int threads) {
  const race::RunnerConfig& runner = result_.config.runner;
  workers_.resize(static_cast<std::size_t>(threads));
  for (Worker& worker : workers_) {
    worker.lanes = std::make_unique<Lanes>(*surface_, *optim::find_optimizer(runner.optimizer), conditions_);
    worker.lanes->configure(runner.hyperparameters);
    worker.path.resize(2 * tile_lanes_ * (static_cast<std::size_t>(result_.config.steps) + 1));
  }
  tiles_.resize(slots);
}

void BasinMap::run_tile(std::size_t tile, std::size_t slot, int thread) {
  const std::size_t first = tile * tile_lanes_;
  const std::size_t n = std::min(tile_lanes_, result_.total - first);
  Worker& worker = workers_[static_cast<std::size_t>(thread)];
  Lanes& lanes = *worker.lanes;
  Tile& done = tiles_[slot];
  done.ends.resize(n);
  done.how.resize(n);
  done.settled.resize(n);
  done.basin.resize(n);
  std::vector<double> xs(n), ys(n);
  for (std::size_t i = 0; i < n; ++i) {
    const ProgressiveOrder::Cell cell = order_[first + i];
    xs[i] = xs_[cell.column];
    ys[i] = ys_[cell.row];
  }
  lanes.start(xs, ys);
  double* path = worker.path.data();
  do {
    path = std::copy(lanes.x().begin(), lanes.x().end(), path);
    path = std::copy(lanes.y().begin(), lanes.y().end(), path);
  } while (lanes.steps() < result_.config.steps && lanes.step());
  for (std::size_t i = 0; i < n; ++i) {
    const surfaces::Point end{lanes.x()[i], lanes.y()[i]};
    auto k = static_cast<std::size_t>(lanes.steps_of(i));
    done.how[i] = lanes.ends()[i];
    if (done.how[i] != LaneEnd::diverged) {
      const double* back = worker.path.data() + 2 * n * k + i;
      for (; k > 0 && within({back[-static_cast<std::ptrdiff_t>(2 * n)], back[-static_cast<std::ptrdiff_t>(n)]}, end,
                             result_.radius);
           --k)
        back -= 2 * n;
    }
    done.ends[i] = end;
    done.settled[i] = static_cast<std::uint16_t>(k);
    done.basin[i] = nearest(end);
  }
}

// Known minima may stand closer together than the radius; attractors found do not.
std::uint8_t BasinMap::nearest(surfaces::Point end) const {
  std::uint8_t found = kBasinUnfinished;
  double closest = result_.radius * result_.radius;
  for (std::size_t i = 0; i < result_.attractors.size(); ++i) {
    const double dx = end[0] - result_.attractors[i].point[0];
    const double dy = end[1] - result_.attractors[i].point[1];
    const double distance = dx * dx + dy * dy;
    if (!(distance <= closest) || (distance == closest && found != kBasinUnfinished)) continue;
    closest = distance;
    found = static_cast<std::uint8_t>(i);
  }
  return found;
}

std::uint8_t BasinMap::discover(surfaces::Point end, LaneEnd how) {
  if (result_.attractors.size() >= kMaxAttractors) return kBasinUnfinished;
  Attractor attractor{end, 0, false, false};
  const surfaces::LocalModel model = surfaces::local_model(*surface_, end);
  const double slope = std::hypot(model.gradient[0], model.gradient[1]);
  // Only where the first Newton step would stay near is the whole way worth going.
  if (model.eigenvalues[0] > 0 && slope <= model.eigenvalues[1] * result_.radius) {
    const auto minimum = surfaces::polish_minimum(*surface_, end);
    if (minimum && within(minimum->point, end, result_.radius))
      attractor = {minimum->point, minimum->value, false, true};
  }
  if (!attractor.minimum) {
    if (how != LaneEnd::converged) return kBasinUnfinished;
    attractor.value = model.value;
    attractor.minimum = curves_upwards(*surface_, end);
  }
  for (const Attractor& other : result_.attractors)
    if (within(other.point, attractor.point, 2 * result_.radius)) return kBasinUnfinished;
  result_.attractors.push_back(attractor);
  return static_cast<std::uint8_t>(result_.attractors.size() - 1);
}

void BasinMap::take_tile(std::size_t tile, std::size_t slot) {
  const Tile& done = tiles_[slot];
  for (std::size_t i = 0; i < done.ends.size(); ++i) {
    std::uint8_t basin = done.basin[i];
    if (done.how[i] == LaneEnd::diverged) basin = kBasinDiverged;
    if (done.how[i] == LaneEnd::undefined) basin = kBasinUndefined;
    if (basin == kBasinUnfinished) basin = nearest(done.ends[i]);
    if (basin == kBasinUnfinished) basin = discover(done.ends[i], done.how[i]);
    const ProgressiveOrder::Cell cell = order_[tile * tile_lanes_ + i];
    order_.fill(result_.basins, cell, basin);
    order_.fill(result_.steps, cell, done.settled[i]);
  }
  result_.completed += done.ends.size();
  result_.stride = order_.finished_stride(result_.completed);
}

void BasinMap::publish(Snapshot& snapshot) const {
  if (snapshot.version == result_.version && snapshot.progress == progress()) return;
  snapshot = result_;
  snapshot.progress = progress();
  snapshot.cancelled = cancelled();
}

}  // namespace descent::survey
