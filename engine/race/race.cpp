// SPDX-License-Identifier: MIT
// Several runners side by side, see race.h: commands and pacing; the runs themselves are in runner.cpp.
#include "engine/race/race.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/parallel/clock.h"
#include "engine/race/race_impl.h"
#include "engine/race/record_limit.h"
#include "engine/race/start_check.h"
#include "engine/race/tuning/suited_rates.h"
#include "engine/surfaces/minima.h"

namespace descent::race {
namespace {

constexpr double kSlice = 0.004;             // seconds of work before the worker looks for commands
constexpr double kPublishInterval = 0.008;   // twice a display's frame rate
constexpr std::int64_t kStepsPerClock = 16;  // steps between two looks at the clock

core::Status check_speed(double steps_per_second) {
  if (steps_per_second >= kMinRaceSpeed && steps_per_second <= kMaxRaceSpeed) return {};
  return core::range_error("steps_per_second", core::format_number(steps_per_second),
                           core::format_number(kMinRaceSpeed), core::grouped(static_cast<std::int64_t>(kMaxRaceSpeed)));
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
    case RunStatus::frozen:
      return "frozen";
  }
  return "";
}

core::Result<std::vector<RaceEntry>> Race::Impl::make_entries(const surfaces::Surface& on, const RaceConfig& wanted) {
  const Environment environment{wanted.schedule_steps, wanted.noise, wanted.seed, wanted.budget};
  if (core::Status status = check_environment(environment); !status.ok()) return status.error();
  std::vector<RaceEntry> fresh;
  for (const RunnerConfig& runner_config : wanted.runners) {
    auto runner = Runner::make(on, runner_config, environment, wanted.start, {});
    if (!runner.ok()) return runner.error();
    fresh.push_back({std::move(runner).value(), parallel::Generations(next_generation++), {}});
  }
  return fresh;
}

// A run that is held goes aside, and others begin in its place.
void Race::Impl::restart(surfaces::Point start) {
  RaceConfig wanted = config;
  wanted.start = start;
  auto fresh = held && recorded() > 0 ? make_entries(*surface, wanted) : core::Error{};
  leave_run();
  config = std::move(wanted);
  forget_preview();
  find_finish();
  if (fresh.ok()) {
    entries = std::move(fresh).value();
    return share_memory();
  }
  for (RaceEntry& entry : entries) {
    entry.runner.restart(start);
    entry.generations.rewritten_from(0, next_generation++);
    entry.forget_verdict();
  }
}

core::Status Race::Impl::accept(const RaceConfig& wanted) {
  if (core::Status status = check_speed(wanted.steps_per_second); !status.ok()) return status;
  if (surface && only_play_differs(wanted)) {
    change_speed(wanted.steps_per_second);
    change_freezing(wanted.freeze);
    return {};
  }
  if (wanted.runners.size() > kMaxRunners)
    return core::Error{
        core::fill("the race has {} optimizers; at most {} run at once", wanted.runners.size(), kMaxRunners)};
  auto made = surfaces::make_surface(wanted.surface_choice());
  if (!made.ok()) return made.error();
  if (core::Status status = check_start(**made, wanted.start); !status.ok()) return status;
  auto fresh = make_entries(**made, wanted);
  if (!fresh.ok()) return fresh.error();
  leave_run();
  config = wanted;
  surface = std::move(made).value();
  minima = surfaces::list_minima(*surface, surface->info().domain);
  scale = scale_of(*surface);
  entries = std::move(fresh).value();
  find_finish();
  share_memory();
  if (!config.surface_choice().is_expression()) {
    config.expression = {};
    config.domain = surfaces::kExpressionDomain;
  }
  if (config.parameters.empty()) config.parameters = core::default_values(surface->info().parameters);
  for (std::size_t i = 0; i < entries.size(); ++i) config.runners[i] = entries[i].runner.config();
  playing = false;
  tuning = {};
  forget_preview();
  ++config_version;
  return {};
}

void Race::Impl::share_memory() {
  for (RaceEntry& entry : entries)
    entry.runner.limit(most_steps(entries.size(), entry.runner.bytes_per_step()), entries.size());
}

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

core::Status Race::configure_suited(RaceConfig wanted, std::uint32_t runners) {
  Impl& race = *impl_;
  runners &= (1U << std::min<std::size_t>(wanted.runners.size(), kMaxRunners)) - 1;
  const auto chosen = [runners](std::size_t i) { return (runners >> i & 1U) != 0; };
  for (std::size_t i = 0; i < wanted.runners.size() && i < kMaxRunners; ++i) {
    if (!chosen(i)) continue;
    wanted.runners[i].earlier.clear();
    wanted.runners[i].branch_of = -1;
  }
  core::Status status = race.accept(wanted);
  if (!status.ok() || runners == 0 || race.steps() > 0) return race.refuse(std::move(status));
  TuningReport report{.rate_min = kSuitedMin, .rate_max = kSuitedMax, .suited = true};
  report.budget = suited_budget(static_cast<std::size_t>(std::popcount(runners)));
  if (race.config.budget > 0) report.budget = std::min(report.budget, race.config.budget);
  const Environment environment{race.config.schedule_steps, race.config.noise, race.config.seed, report.budget};
  race.untuned = race.config;
  for (std::size_t i = 0; i < race.entries.size(); ++i) {
    RunnerConfig& runner = race.config.runners[i];
    Runner& run = race.entries[i].runner;
    TunedRate rate =
        chosen(i) ? suited_rate(*race.surface, race.scale, runner, environment, race.config.start) : kept_rate(runner);
    if (std::isfinite(rate.learning_rate)) static_cast<void>(run.set_hyperparameter(0, rate.learning_rate));
    runner = run.config();
    report.evaluations += rate.evaluations;
    report.rates.push_back(std::move(rate));
  }
  race.tuning = std::move(report);
  return race.refuse({});
}

core::Status Race::Impl::change(int runner, const std::function<core::Status(Runner&)>& change_run) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  const auto i = static_cast<std::size_t>(runner);
  RaceEntry& entry = entries[i];
  const bool later = entry.runner.steps() < entry.runner.recorded();
  if (core::Status status = change_run(entry.runner); !status.ok()) return status;
  tuning = {};
  forget_preview();
  config.runners[i] = entry.runner.config();
  entry.forget_verdict();
  if (later) entry.generations.rewritten_from(entry.runner.losses().size(), next_generation++);
  return {};
}

core::Status Race::change(int runner, const RunnerSettings& settings) {
  return impl_->refuse(impl_->change(runner, [&settings](Runner& run) { return run.change(settings); }));
}

core::Status Race::set_hyperparameter(int runner, int index, double value) {
  return impl_->refuse(
      impl_->change(runner, [index, value](Runner& run) { return run.set_hyperparameter(index, value); }));
}

core::Status Race::set_start(surfaces::Point start) {
  core::Status status = check_start(*impl_->surface, start);
  if (status.ok()) {
    impl_->restart(start);
    impl_->tuning = {};
  }
  return impl_->refuse(std::move(status));
}

core::Status Race::apply_tuning(const RaceConfig& basis, const TuningReport& report) {
  if (!(impl_->played_like_this(basis) == impl_->config))
    return impl_->refuse(core::Error{"the race was changed while its learning rates were being tuned; tune it again"});
  RaceConfig before = impl_->config;
  core::Status status = impl_->accept(with_rates(before, report));
  if (status.ok()) impl_->tuning = report;
  if (status.ok()) impl_->untuned = std::move(before);
  return impl_->refuse(std::move(status));
}

core::Status Race::undo_tuning() {
  if (impl_->tuning.rates.empty())
    return impl_->refuse(core::Error{"there is no tuning to undo: the learning rates are not those it found"});
  return impl_->refuse(impl_->accept(impl_->played_like_this(impl_->untuned)));
}

void Race::set_speed(double steps_per_second) {
  if (!impl_->refuse(check_speed(steps_per_second)).ok()) return;
  impl_->change_speed(steps_per_second);
}

void Race::play() {
  impl_->notice.clear();
  if (impl_->playing) return;
  impl_->playing = impl_->can_step();
  impl_->pacer.start(parallel::seconds_now(), impl_->config.steps_per_second);
}

void Race::pause() {
  impl_->notice.clear();
  impl_->playing = false;
}

void Race::step(std::int64_t n) {
  if (!impl_->refuse(core::check_positive("step: n", n)).ok()) return;
  for (std::int64_t i = 0; i < n && impl_->can_step(); ++i) impl_->step_all();
}

void Race::reset() {
  impl_->notice.clear();
  impl_->playing = false;
  impl_->restart(impl_->config.start);
}

const RaceConfig& Race::config() const {
  return impl_->config;
}

bool Race::busy() const {
  return impl_->playing || impl_->preview_wanted;
}

void Race::play_steps(std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) impl_->play_step();
}

void Race::advance() {
  if (impl_->preview_wanted) impl_->make_preview();
  if (!impl_->playing) return;
  const double begin = parallel::seconds_now();
  std::int64_t due = impl_->pacer.due(begin);
  while (due > 0 && impl_->can_step()) {
    const std::int64_t steps = std::min(due, kStepsPerClock);
    for (std::int64_t i = 0; i < steps; ++i) {
      impl_->play_on();
      if (!impl_->playing) return;
    }
    impl_->pacer.take(steps);
    due -= steps;
    if (parallel::seconds_now() - begin > kSlice) break;
  }
  impl_->playing = impl_->can_step();
}

double Race::idle_seconds() const {
  return impl_->playing && !impl_->preview_wanted ? impl_->pacer.wait(parallel::seconds_now()) : 0;
}

double Race::publish_interval() const {
  return kPublishInterval;
}

}  // namespace descent::race
