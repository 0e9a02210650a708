// SPDX-License-Identifier: MIT
// Several runners side by side, see race.h: commands, pacing and snapshots; the runs themselves are in runner.cpp.
#include "engine/train/race.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/parallel/clock.h"
#include "engine/train/height_field.h"
#include "engine/train/pacer.h"
#include "engine/train/publish.h"
#include "engine/train/runner.h"
#include "engine/train/start.h"
#include "engine/train/text.h"

namespace descent::train {
namespace {

constexpr double kSlice = 0.004;             // seconds of work before the worker looks for commands
constexpr double kPublishInterval = 0.008;   // twice a display's frame rate
constexpr std::int64_t kStepsPerClock = 16;  // steps between two looks at the clock

core::Status check_speed(double steps_per_second) {
  if (steps_per_second >= kMinRaceSpeed && steps_per_second <= kMaxRaceSpeed) return {};
  return core::Error{"steps_per_second is " + core::format_number(steps_per_second) + "; it must be between " +
                     core::format_number(kMinRaceSpeed) + " and " + grouped(static_cast<std::int64_t>(kMaxRaceSpeed))};
}

}  // namespace

std::string_view to_string(RunStatus status) {
  switch (status) {
    case RunStatus::ready:
      return "ready";
    case RunStatus::running:
      return "running";
    case RunStatus::converged:
      return "converged";
    case RunStatus::diverged:
      return "diverged";
    case RunStatus::stopped:
      return "stopped";
  }
  return "";
}

// One lane: a runner and what of its history a reused snapshot still holds.
struct Lane {
  Runner runner;
  Generations generations;
};

struct Race::Impl {
  RaceConfig config;
  std::uint64_t config_version = 0;
  std::unique_ptr<surfaces::Surface> surface;
  std::vector<surfaces::Minimum> minima;
  std::vector<Lane> lanes;
  std::uint64_t next_generation = 1;
  bool playing = false;
  Pacer pacer;
  std::string message;

  core::Status refuse(core::Status status) {
    message = status.ok() ? std::string() : status.message();
    return status;
  }

  // True when nothing but the speed differs from the present configuration.
  [[nodiscard]] bool only_speed_differs(RaceConfig wanted) const {
    if (wanted.steps_per_second == config.steps_per_second) return false;
    wanted.steps_per_second = config.steps_per_second;
    return wanted == config;
  }

  void change_speed(double steps_per_second) {
    config.steps_per_second = steps_per_second;
    pacer.set_rate(steps_per_second);
  }

  core::Status accept(const RaceConfig& wanted) {
    if (core::Status status = check_speed(wanted.steps_per_second); !status.ok()) return status;
    if (surface && only_speed_differs(wanted)) {
      change_speed(wanted.steps_per_second);
      return {};
    }
    if (wanted.seed > kMaxSeed)
      return core::Error{"seed is " + std::to_string(wanted.seed) + "; it must be below 2^53"};
    if (wanted.runners.size() > kMaxRunners)
      return core::Error{"the race has " + std::to_string(wanted.runners.size()) + " optimizers; at most " +
                         std::to_string(kMaxRunners) + " run at once"};
    auto made = surfaces::make_surface(wanted.surface_choice());
    if (!made.ok()) return made.error();
    if (core::Status status = check_start(**made, wanted.start); !status.ok()) return status;
    std::vector<Lane> fresh;
    for (const RunnerConfig& runner_config : wanted.runners) {
      auto runner = Runner::make(**made, runner_config, wanted.start, {});
      if (!runner.ok()) return runner.error();
      fresh.push_back({std::move(runner).value(), Generations(next_generation++)});
    }
    config = wanted;
    surface = std::move(made).value();
    minima = surface->minima();
    lanes = std::move(fresh);
    if (!config.surface_choice().is_expression()) {
      config.expression.clear();
      config.domain = surfaces::kExpressionDomain;
    }
    if (config.parameters.empty()) config.parameters = core::default_values(surface->info().parameters);
    for (std::size_t i = 0; i < lanes.size(); ++i) config.runners[i] = lanes[i].runner.config();
    playing = false;
    ++config_version;
    return {};
  }

  void restart() {
    for (Lane& lane : lanes) {
      lane.runner.restart(config.start);
      lane.generations.rewritten_from(0, next_generation++);
    }
  }

  [[nodiscard]] std::int64_t steps() const {
    std::int64_t longest = 0;
    for (const Lane& lane : lanes) longest = std::max(longest, lane.runner.steps());
    return longest;
  }

  [[nodiscard]] bool can_step() const {
    return std::any_of(lanes.begin(), lanes.end(), [](const Lane& lane) { return lane.runner.can_step(); });
  }

  void step_all() {
    for (Lane& lane : lanes) lane.runner.step();
  }

  void publish_lane(const Lane& lane, RunnerSnapshot& out) const {
    const Runner& runner = lane.runner;
    const std::size_t common = lane.generations.common(out.generation);
    const std::size_t count = runner.losses().size();
    const bool same = out.losses.size() == count && common >= count;
    catch_up(runner.losses(), out.losses, common);
    catch_up(runner.points(), out.points, common == kAll ? kAll : 2 * common);
    if (!same) out.head = surfaces::local_model(*surface, runner.point());
    out.generation = lane.generations.identity();
    out.config = runner.config();
    out.status = runner.status();
    out.reason = runner.reason();
    out.note = runner.note();
    out.gradient_evaluations = runner.gradient_evaluations();
    const optim::StabilityBound bound =
        optim::stability_bound(out.config.optimizer, out.config.hyperparameters, out.head.eigenvalues[1]);
    out.stable_learning_rate = bound.known ? bound.learning_rate : std::numeric_limits<double>::quiet_NaN();
    out.stability_formula = bound.formula;
  }
};

Race::Race() : impl_(std::make_unique<Impl>()) {
  RaceConfig config;
  if (const surfaces::CatalogEntry* entry = surfaces::find_surface(config.surface)) config.start = entry->info->start;
  const core::Status status = impl_->accept(config);
  DESCENT_ASSERT(status.ok());
}
Race::~Race() = default;

core::Status Race::configure(const RaceConfig& config) {
  return impl_->refuse(impl_->accept(config));
}

core::Status Race::set_hyperparameter(int runner, int index, double value) {
  const int count = static_cast<int>(impl_->lanes.size());
  if (runner < 0 || runner >= count)
    return impl_->refuse(
        core::Error{"runner " + std::to_string(runner) + " does not exist; the race has " + std::to_string(count)});
  const auto i = static_cast<std::size_t>(runner);
  core::Status status = impl_->lanes[i].runner.set_hyperparameter(index, value);
  if (status.ok()) impl_->config.runners[i] = impl_->lanes[i].runner.config();
  return impl_->refuse(std::move(status));
}

core::Status Race::set_start(surfaces::Point start) {
  core::Status status = check_start(*impl_->surface, start);
  if (status.ok()) {
    impl_->config.start = start;
    impl_->restart();
  }
  return impl_->refuse(std::move(status));
}

void Race::set_speed(double steps_per_second) {
  if (!impl_->refuse(check_speed(steps_per_second)).ok()) return;
  impl_->change_speed(steps_per_second);
}

void Race::play() {
  impl_->message.clear();
  if (impl_->playing) return;
  impl_->playing = impl_->can_step();
  impl_->pacer.start(parallel::seconds_now(), impl_->config.steps_per_second);
}

void Race::pause() {
  impl_->message.clear();
  impl_->playing = false;
}

void Race::step(std::int64_t n) {
  core::Status status;
  if (n < 1) status = core::Error{"step: n is " + std::to_string(n) + "; it must be at least 1"};
  if (!impl_->refuse(std::move(status)).ok()) return;
  for (std::int64_t i = 0; i < n && impl_->can_step(); ++i) impl_->step_all();
}

void Race::back(std::int64_t n) {
  core::Status status;
  if (n < 1) status = core::Error{"back: n is " + std::to_string(n) + "; it must be at least 1"};
  if (!impl_->refuse(std::move(status)).ok()) return;
  const std::int64_t target = std::max<std::int64_t>(0, impl_->steps() - std::min(n, impl_->steps()));
  for (Lane& lane : impl_->lanes) {
    if (lane.runner.steps() <= target) continue;
    lane.runner.back_to(target);
    lane.generations.rewritten_from(static_cast<std::size_t>(target) + 1, impl_->next_generation++);
  }
}

void Race::reset() {
  impl_->message.clear();
  impl_->playing = false;
  impl_->restart();
}

surfaces::LocalModel Race::local_model(surfaces::Point point) const {
  return surfaces::local_model(*impl_->surface, point);
}

const RaceConfig& Race::config() const {
  return impl_->config;
}

HeightField Race::sample(const surfaces::Domain& view, int width, int height) const {
  HeightField field = sample_heights(*impl_->surface, view, width, height);
  field.config_version = impl_->config_version;
  return field;
}

GradientField Race::sample_gradients(const surfaces::Domain& view, int width, int height) const {
  GradientField field = train::sample_gradients(*impl_->surface, view, width, height);
  field.config_version = impl_->config_version;
  return field;
}

bool Race::busy() const {
  return impl_->playing;
}

void Race::advance() {
  if (!impl_->playing) return;
  const double begin = parallel::seconds_now();
  std::int64_t due = impl_->pacer.due(begin);
  while (due > 0 && impl_->can_step()) {
    const std::int64_t steps = std::min(due, kStepsPerClock);
    for (std::int64_t i = 0; i < steps; ++i) impl_->step_all();
    impl_->pacer.take(steps);
    due -= steps;
    if (parallel::seconds_now() - begin > kSlice) break;
  }
  impl_->playing = impl_->can_step();
}

double Race::idle_seconds() const {
  return impl_->playing ? impl_->pacer.wait(parallel::seconds_now()) : 0;
}

void Race::publish(Snapshot& snapshot) const {
  const Impl& race = *impl_;
  snapshot.config = race.config;
  snapshot.config_version = race.config_version;
  snapshot.surface_info = race.surface->shared_info();
  snapshot.playing = race.playing;
  snapshot.step = race.steps();
  snapshot.minima = race.minima;
  snapshot.message = race.message;
  snapshot.runners.resize(race.lanes.size());
  for (std::size_t i = 0; i < race.lanes.size(); ++i) race.publish_lane(race.lanes[i], snapshot.runners[i]);
}

double Race::publish_interval() const {
  return kPublishInterval;
}

}  // namespace descent::train
