// SPDX-License-Identifier: MIT
// The sweep's tiles, see sweep.h. A tile is one optimizer with a few rates; tiles take the rates in the progressive
// order, the optimizers in turn.
#include "engine/survey/sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/race/start_check.h"
#include "engine/surfaces/minima.h"

namespace descent::survey {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTileLanes = 16;

core::Status check_range(const RateSweepConfig& config) {
  const auto specs = optim::catalog().front().info->parameters;
  if (!(config.rate_min > 0) || !(config.rate_max > config.rate_min) || config.rate_max > specs[0].maximum)
    return core::Error{core::fill("rates run from {} to {}; they must ascend between 0 and {}, 0 excluded",
                                  core::format_number(config.rate_min), core::format_number(config.rate_max),
                                  core::format_number(specs[0].maximum))};
  if (core::Status status = core::check_whole("the number of rates", config.count, 2, kMaxSweepRates); !status.ok())
    return status;
  if (core::Status status = core::check_whole("steps", config.steps, 1, kMaxSweepSteps); !status.ok()) return status;
  if (core::Status status = check_distance("tolerance", config.tolerance); !status.ok()) return status;
  if (config.runners.empty() || config.runners.size() > race::kMaxRunners)
    return core::Error{
        core::fill("the sweep has {} optimizers; it takes 1 to {}", config.runners.size(), race::kMaxRunners)};
  return race::check_environment(environment_of(config, config.budget));
}

// Checks a runner and fills in its defaults.
core::Status complete(race::RunnerConfig& runner) {
  auto optimizer = optim::make_optimizer<double>(runner.optimizer, runner.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  if (runner.hyperparameters.empty()) runner.hyperparameters = core::default_values((*optimizer)->info().parameters);
  return {};
}

double stable_rate(const race::RunnerConfig& runner, const surfaces::LocalModel& model, std::string_view& formula) {
  const optim::StabilityBound bound =
      optim::stability_bound(runner.optimizer, runner.hyperparameters, model.eigenvalues[1]);
  if (bound.known) formula = bound.formula;
  return bound.known ? bound.learning_rate : kNaN;
}

double target_of(const surfaces::Surface& surface) {
  double target = std::numeric_limits<double>::infinity();
  for (const surfaces::Minimum& minimum : surfaces::find_minima(surface, surface.info().domain))
    target = std::min(target, minimum.value);
  return std::isfinite(target) ? target : kNaN;
}

RateCurve empty_curve(const race::RunnerConfig& runner, std::size_t count) {
  RateCurve curve;
  curve.config = runner;
  curve.losses.assign(count, kNaN);
  curve.steps_to.assign(count, -1);
  curve.ends.assign(count, LaneEnd::running);
  curve.evaluations.assign(count, 0);
  curve.stable_at_start = curve.stable_at_best = kNaN;
  return curve;
}

}  // namespace

core::Status check_distance(std::string_view name, double value) {
  if (value >= 0 && std::isfinite(value)) return {};
  return core::Error{core::fill("{} is {}; it must be a number above 0", name, core::format_number(value))};
}

std::vector<double> spaced(double low, double high, int count, bool log) {
  std::vector<double> values(static_cast<std::size_t>(count), low);
  for (int i = 1; i < count; ++i) {
    const double share = static_cast<double>(i) / (count - 1);
    values[static_cast<std::size_t>(i)] = log ? low * std::pow(high / low, share) : low + (high - low) * share;
  }
  if (count > 1) values.back() = high;
  return values;
}

core::Status RateSweep::configure(const RateSweepConfig& config) {
  if (core::Status status = check_range(config); !status.ok()) return status;
  auto surface = surfaces::make_surface(config.surface);
  if (!surface.ok()) return surface.error();
  if (core::Status status = race::check_start(**surface, config.start); !status.ok()) return status;
  RateSweepConfig accepted = config;
  std::vector<race::Conditions> conditions;
  for (race::RunnerConfig& runner : accepted.runners) {
    if (core::Status status = complete(runner); !status.ok()) return status;
    auto made = race::make_conditions(runner, environment_of(config, config.budget));
    if (!made.ok()) return made.error();
    conditions.push_back(std::move(made).value());
  }
  surface_ = std::move(surface).value();
  conditions_ = std::move(conditions);
  result_.config = std::move(accepted);
  ++result_.version;
  result_.rates = spaced(config.rate_min, config.rate_max, config.count, true);
  result_.target = target_of(*surface_);
  result_.tolerance = config.tolerance;
  const surfaces::LocalModel start = surfaces::local_model(*surface_, config.start);
  if (config.tolerance == 0) result_.tolerance = kDefaultTolerance * std::abs(start.value - result_.target);
  result_.curves.clear();
  for (const race::RunnerConfig& runner : result_.config.runners) {
    RateCurve& curve = result_.curves.emplace_back(empty_curve(runner, result_.rates.size()));
    curve.stable_at_start = stable_rate(runner, start, curve.stability_formula);
  }
  result_.completed = 0;
  result_.total = result_.curves.size() * result_.rates.size();
  order_.reset(static_cast<std::uint32_t>(config.count), 1);
  lanes_.clear();
  begin(tiles_of_curve() * result_.curves.size());
  return {};
}

std::size_t RateSweep::tiles_of_curve() const {
  return (result_.rates.size() + kTileLanes - 1) / kTileLanes;
}

void RateSweep::prepare(std::size_t slots, int threads) {
  lanes_.resize(static_cast<std::size_t>(threads));
  for (auto& lanes : lanes_) lanes.resize(result_.curves.size());
  runs_.resize(slots);
}

void RateSweep::run_tile(std::size_t tile, std::size_t slot, int worker) {
  const std::size_t which = tile % result_.curves.size();
  const std::size_t first = tile / result_.curves.size() * kTileLanes;
  const std::size_t n = std::min(kTileLanes, result_.rates.size() - first);
  const RateSweepConfig& config = result_.config;
  const race::RunnerConfig& runner = config.runners[which];
  std::unique_ptr<Lanes>& lanes = lanes_[static_cast<std::size_t>(worker)][which];
  if (!lanes) lanes = std::make_unique<Lanes>(*surface_, *optim::find_optimizer(runner.optimizer), conditions_[which]);
  std::vector<double> rows;
  for (std::size_t i = 0; i < n; ++i) {
    rows.insert(rows.end(), runner.hyperparameters.begin(), runner.hyperparameters.end());
    rows[i * runner.hyperparameters.size()] = result_.rates[order_[first + i].column];
  }
  lanes->configure_each(rows);
  lanes->start(std::vector<double>(n, config.start[0]), std::vector<double>(n, config.start[1]));
  std::vector<Run>& runs = runs_[slot];
  runs.assign(n, {});
  const double goal = result_.target + result_.tolerance;
  for (bool more = true; more;) {
    for (std::size_t i = 0; i < n; ++i)
      if (runs[i].steps_to < 0 && lanes->losses()[i] <= goal)
        runs[i].steps_to = static_cast<std::int32_t>(lanes->steps_of(i));
    more = lanes->steps() < config.steps && lanes->step();
  }
  for (std::size_t i = 0; i < n; ++i) {
    runs[i].loss = lanes->losses()[i];
    runs[i].end = {lanes->x()[i], lanes->y()[i]};
    runs[i].how = lanes->ends()[i];
    runs[i].evaluations = lanes->evaluations_of(i);
  }
}

void RateSweep::take_tile(std::size_t tile, std::size_t slot) {
  RateCurve& curve = result_.curves[tile % result_.curves.size()];
  const std::size_t first = tile / result_.curves.size() * kTileLanes;
  for (std::size_t i = 0; i < runs_[slot].size(); ++i) rank(curve, order_[first + i].column, runs_[slot][i]);
  result_.completed += runs_[slot].size();
}

void RateSweep::rank(RateCurve& curve, std::size_t index, const Run& run) {
  curve.losses[index] = run.loss;
  curve.steps_to[index] = run.steps_to;
  curve.ends[index] = run.how;
  curve.evaluations[index] = run.evaluations;
  if (run.how == LaneEnd::diverged) return;
  // Among equal losses the smallest rate is the best.
  const auto best = static_cast<std::size_t>(std::max(curve.best, 0));
  const bool better =
      curve.best < 0 || run.loss < curve.losses[best] || (run.loss == curve.losses[best] && index < best);
  if (!better) return;
  curve.best = static_cast<int>(index);
  const surfaces::LocalModel end = surfaces::local_model(*surface_, run.end);
  curve.stable_at_best = kNaN;
  if (end.eigenvalues[0] > 0) curve.stable_at_best = stable_rate(curve.config, end, curve.stability_formula);
}

void RateSweep::finish() {
  lanes_.clear();
}

void RateSweep::publish(Snapshot& snapshot) const {
  if (snapshot.version == result_.version && snapshot.progress == progress()) return;
  snapshot = result_;
  snapshot.progress = progress();
  snapshot.cancelled = cancelled();
}

}  // namespace descent::survey
