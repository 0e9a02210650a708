// SPDX-License-Identifier: MIT
#include "engine/survey/heat_map.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/race/start_check.h"
#include "engine/survey/sweep.h"

namespace descent::survey {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTileLanes = 64;
constexpr std::size_t kCellBytes = 4 * (sizeof(double) + sizeof(LaneEnd));  // a result and three copies

// Puts the value of an axis where the run has what the axis varies.
void put(const AxisChoice& axis, double value, std::span<double> hyperparameters, surfaces::Point& start,
         std::span<double> parameters) {
  if (axis.of == AxisOf::optimizer) hyperparameters[axis.index] = value;
  if (axis.of == AxisOf::start) start[axis.index] = value;
  if (axis.of == AxisOf::surface) parameters[axis.index] = value;
}

}  // namespace

core::Status HeatMap::configure(const HeatMapConfig& config) {
  auto optimizer = optim::make_optimizer<double>(config.runner.optimizer, config.runner.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  const optim::OptimizerInfo& info = (*optimizer)->info();
  auto surface = surfaces::make_surface(config.surface);
  if (!surface.ok()) return surface.error();
  const auto x = find_axis(info, (*surface)->info(), config.x.name);
  if (!x.ok()) return core::Error{core::fill("x: {}", x.message())};
  const auto y = find_axis(info, (*surface)->info(), config.y.name);
  if (!y.ok()) return core::Error{core::fill("y: {}", y.message())};
  auto columns = axis_values("x", *x, config.x);
  if (!columns.ok()) return columns.error();
  auto rows = axis_values("y", *y, config.y);
  if (!rows.ok()) return rows.error();
  if (x->name == y->name)
    return core::Error{core::fill("x and y are both {}; a heat map takes two different axes", x->name)};
  if (core::Status status = core::check_whole("steps", config.steps, 1, kMaxSweepSteps); !status.ok()) return status;
  const race::Environment environment = environment_of(config, config.budget);
  if (core::Status status = race::check_environment(environment); !status.ok()) return status;
  auto conditions = race::make_conditions(config.runner, environment);
  if (!conditions.ok()) return conditions.error();
  // A map over starts or surfaces may have cells in which nothing is finite: those are holes in the map, no refusal.
  const bool fixed = x->of == AxisOf::optimizer && y->of == AxisOf::optimizer;
  if (core::Status status = fixed ? race::check_start(**surface, config.start) : race::check_coordinates(config.start);
      !status.ok())
    return status;
  if (core::Status status = check_room(config.x.count, config.y.count, kCellBytes); !status.ok()) return status;
  lanes_.clear();
  surface_ = std::move(surface).value();
  conditions_ = std::move(conditions).value();
  x_ = *x;
  y_ = *y;
  empty(config, std::move(columns).value(), std::move(rows).value());
  return {};
}

void HeatMap::empty(const HeatMapConfig& config, std::vector<double> columns, std::vector<double> rows) {
  result_.config = config;
  std::vector<double>& hyperparameters = result_.config.runner.hyperparameters;
  if (hyperparameters.empty())
    hyperparameters = core::default_values(optim::find_optimizer(config.runner.optimizer)->info->parameters);
  std::vector<double>& parameters = result_.config.surface.parameters;
  if (parameters.empty()) parameters = core::default_values(surface_->info().parameters);
  ++result_.version;
  result_.x = std::move(columns);
  result_.y = std::move(rows);
  result_.total = result_.x.size() * result_.y.size();
  result_.losses.assign(result_.total, kNaN);
  result_.ends.assign(result_.total, LaneEnd::running);
  result_.best = -1;
  result_.completed = 0;
  result_.stride = 0;
  result_.highest_start = -std::numeric_limits<double>::infinity();
  order_.reset(static_cast<std::uint32_t>(config.x.count), static_cast<std::uint32_t>(config.y.count));
  begin((result_.total + kTileLanes - 1) / kTileLanes);
}

void HeatMap::prepare(std::size_t slots, int threads) {
  const optim::CatalogEntry* entry = optim::find_optimizer(result_.config.runner.optimizer);
  for (int i = 0; i < threads; ++i) lanes_.push_back(std::make_unique<Lanes>(*surface_, *entry, conditions_));
  tiles_.resize(slots);
}

void HeatMap::run_tile(std::size_t tile, std::size_t slot, int worker) {
  const HeatMapConfig& config = result_.config;
  const std::size_t first = tile * kTileLanes;
  const std::size_t n = std::min(kTileLanes, result_.total - first);
  std::vector<double> hyperparameters = config.runner.hyperparameters, parameters = config.surface.parameters;
  surfaces::Point start = config.start;
  std::vector<double> rows, x, y;  // (n, hyper-parameters), (n), (n)
  std::vector<std::unique_ptr<surfaces::Surface>> surfaces;
  for (std::size_t i = 0; i < n; ++i) {
    const ProgressiveOrder::Cell cell = order_[first + i];
    put(x_, result_.x[cell.column], hyperparameters, start, parameters);
    put(y_, result_.y[cell.row], hyperparameters, start, parameters);
    rows.insert(rows.end(), hyperparameters.begin(), hyperparameters.end());
    x.push_back(start[0]);
    y.push_back(start[1]);
    if (x_.of == AxisOf::surface || y_.of == AxisOf::surface) surfaces.push_back(surface_->with_parameters(parameters));
  }
  Lanes& lanes = *lanes_[static_cast<std::size_t>(worker)];
  // Lanes that are alike in their hyper-parameters may step together.
  if (x_.of == AxisOf::optimizer || y_.of == AxisOf::optimizer)
    lanes.configure_each(rows);
  else
    lanes.configure(hyperparameters);
  lanes.start(x, y, surfaces);
  Tile& done = tiles_[slot];
  done.starts.assign(lanes.losses().begin(), lanes.losses().end());
  while (lanes.steps() < config.steps && lanes.step()) {
  }
  done.losses.assign(lanes.losses().begin(), lanes.losses().end());
  done.ends.assign(lanes.ends().begin(), lanes.ends().end());
}

void HeatMap::take_tile(std::size_t tile, std::size_t slot) {
  const Tile& done = tiles_[slot];
  for (std::size_t i = 0; i < done.losses.size(); ++i) {
    const ProgressiveOrder::Cell cell = order_[tile * kTileLanes + i];
    order_.fill(result_.losses, cell, done.losses[i]);
    order_.fill(result_.ends, cell, done.ends[i]);
    if (done.ends[i] == LaneEnd::undefined) continue;
    result_.highest_start = std::max(result_.highest_start, done.starts[i]);
    if (done.ends[i] == LaneEnd::diverged) continue;
    const auto index = static_cast<std::int64_t>(cell.row * result_.x.size() + cell.column);
    const bool better = result_.best < 0 || done.losses[i] < result_.losses[static_cast<std::size_t>(result_.best)];
    if (better) result_.best = index;
  }
  result_.completed += done.losses.size();
  result_.stride = order_.finished_stride(result_.completed);
}

void HeatMap::publish(Snapshot& snapshot) const {
  if (snapshot.version == result_.version && snapshot.progress == progress()) return;
  snapshot = result_;
  snapshot.progress = progress();
  snapshot.cancelled = cancelled();
}

}  // namespace descent::survey
