// SPDX-License-Identifier: MIT
#include "engine/train/heat_map.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/train/start.h"
#include "engine/train/sweep.h"
#include "engine/train/text.h"

namespace descent::train {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTileLanes = 64;

std::string known_names(const optim::OptimizerInfo& info) {
  std::string names;
  for (const core::ParamSpec& spec : info.parameters) {
    if (!names.empty()) names += ", ";
    names += spec.name;
  }
  return names;
}

core::Result<std::size_t> find_axis(const optim::OptimizerInfo& info, std::string_view name) {
  const int index = core::find_param(info.parameters, name);
  if (index >= 0) return static_cast<std::size_t>(index);
  return core::Error{std::string(info.name) + " has no hyper-parameter '" + std::string(name) + "'; it has " +
                     known_names(info)};
}

core::Status check_axis(std::string_view which, const optim::OptimizerInfo& info, const HeatMapAxis& axis) {
  const auto index = find_axis(info, axis.name);
  if (!index.ok()) return core::Error{std::string(which) + ": " + index.message()};
  for (const double value : {axis.min, axis.max})
    if (core::Status status = core::check_param(which, info.parameters[*index], value); !status.ok()) return status;
  const std::string range = core::format_number(axis.min) + " to " + core::format_number(axis.max);
  if (!(axis.max > axis.min))
    return core::Error{std::string(which) + ": " + axis.name + " runs from " + range + "; it must ascend"};
  if (axis.log && !(axis.min > 0))
    return core::Error{std::string(which) + ": " + axis.name + " runs from " + range +
                       " on a logarithmic scale; it must begin above 0"};
  if (axis.count >= 2 && axis.count <= kMaxHeatMapCells) return {};
  return core::Error{std::string(which) + ": count is " + std::to_string(axis.count) + "; it must be between 2 and " +
                     grouped(kMaxHeatMapCells)};
}

core::Status check_axes(const optim::OptimizerInfo& info, const HeatMapConfig& config) {
  if (core::Status status = check_axis("x", info, config.x); !status.ok()) return status;
  if (core::Status status = check_axis("y", info, config.y); !status.ok()) return status;
  if (config.x.name == config.y.name)
    return core::Error{"x and y are both " + config.x.name + "; a heat map takes two different hyper-parameters"};
  if (config.steps >= 1 && config.steps <= kMaxSweepSteps) return {};
  return core::Error{"steps is " + std::to_string(config.steps) + "; it must be between 1 and " +
                     grouped(kMaxSweepSteps)};
}

}  // namespace

core::Result<HeatMapAxis> default_axis(const optim::OptimizerInfo& optimizer, std::string_view name) {
  const auto index = find_axis(optimizer, name);
  if (!index.ok()) return index.error();
  const core::ParamSpec& spec = optimizer.parameters[*index];
  HeatMapAxis axis;
  axis.name = name;
  axis.min = spec.slider_minimum;
  axis.max = spec.slider_maximum;
  axis.log = spec.scale == core::ParamScale::log && spec.slider_minimum > 0;
  return axis;
}

core::Status HeatMap::configure(const HeatMapConfig& config) {
  auto optimizer = optim::make_optimizer<double>(config.runner.optimizer, config.runner.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  const optim::OptimizerInfo& info = (*optimizer)->info();
  if (core::Status status = check_axes(info, config); !status.ok()) return status;
  const Environment environment = environment_of(config, config.budget);
  if (core::Status status = check_environment(environment); !status.ok()) return status;
  auto conditions = make_conditions(config.runner, environment);
  if (!conditions.ok()) return conditions.error();
  auto surface = surfaces::make_surface(config.surface);
  if (!surface.ok()) return surface.error();
  if (core::Status status = check_start(**surface, config.start); !status.ok()) return status;
  lanes_.clear();
  surface_ = std::move(surface).value();
  conditions_ = std::move(conditions).value();
  x_index_ = *find_axis(info, config.x.name);
  y_index_ = *find_axis(info, config.y.name);
  result_.config = config;
  if (config.runner.hyperparameters.empty())
    result_.config.runner.hyperparameters = core::default_values(info.parameters);
  ++result_.version;
  result_.x = spaced(config.x.min, config.x.max, config.x.count, config.x.log);
  result_.y = spaced(config.y.min, config.y.max, config.y.count, config.y.log);
  result_.total = result_.x.size() * result_.y.size();
  result_.losses.assign(result_.total, kNaN);
  result_.ends.assign(result_.total, LaneEnd::running);
  result_.best = -1;
  result_.completed = 0;
  result_.stride = 0;
  order_.reset(static_cast<std::uint32_t>(config.x.count), static_cast<std::uint32_t>(config.y.count));
  begin((result_.total + kTileLanes - 1) / kTileLanes);
  return {};
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
  const std::size_t specs = config.runner.hyperparameters.size();
  std::vector<double> rows;
  rows.reserve(n * specs);
  for (std::size_t i = 0; i < n; ++i) {
    const ProgressiveOrder::Cell cell = order_[first + i];
    rows.insert(rows.end(), config.runner.hyperparameters.begin(), config.runner.hyperparameters.end());
    rows[i * specs + x_index_] = result_.x[cell.column];
    rows[i * specs + y_index_] = result_.y[cell.row];
  }
  Lanes& lanes = *lanes_[static_cast<std::size_t>(worker)];
  lanes.configure_each(rows);
  lanes.start(std::vector<double>(n, config.start[0]), std::vector<double>(n, config.start[1]));
  while (lanes.steps() < config.steps && lanes.step()) {
  }
  tiles_[slot].losses.assign(lanes.losses().begin(), lanes.losses().end());
  tiles_[slot].ends.assign(lanes.ends().begin(), lanes.ends().end());
}

void HeatMap::take_tile(std::size_t tile, std::size_t slot) {
  const Tile& done = tiles_[slot];
  for (std::size_t i = 0; i < done.losses.size(); ++i) {
    const ProgressiveOrder::Cell cell = order_[tile * kTileLanes + i];
    order_.fill(result_.losses, cell, done.losses[i]);
    order_.fill(result_.ends, cell, done.ends[i]);
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

}  // namespace descent::train
