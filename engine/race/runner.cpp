// SPDX-License-Identifier: MIT
// One optimizer on one surface, see runner.h: making runs and steps. Moving along the record is in runner_time.cpp.
#include "engine/race/runner.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/race/tuning/step_budget.h"

namespace descent::race {
namespace {

bool finite(surfaces::Point p) {
  return std::isfinite(p[0]) && std::isfinite(p[1]);
}

constexpr optim::StepNote kPushed = "Pushed before this step";

// Checks a schedule and fills in its defaults.
core::Status complete_schedule(RunnerSettings& settings) {
  auto schedule = optim::Schedule::make(settings.schedule, settings.schedule_parameters);
  if (!schedule.ok()) return schedule.error();
  settings.schedule_parameters.assign(schedule->values().begin(), schedule->values().end());
  return {};
}

core::Status complete_earlier(RunnerConfig& config, const optim::OptimizerInfo& info) {
  std::int64_t before = 0;
  if (config.earlier.size() > kMaxEarlier)
    return core::Error{core::fill("{}: the hyper-parameters have changed {} times; at most {} changes are kept",
                                  config.optimizer, config.earlier.size(), core::grouped(kMaxEarlier))};
  for (EarlierSettings& earlier : config.earlier) {
    if (earlier.until <= before || earlier.until > kMaxRaceSteps)
      return core::Error{
          core::fill("{}: earlier hyper-parameters hold until step {}; the steps must ascend between 1 and {}",
                     config.optimizer, earlier.until, core::grouped(kMaxRaceSteps))};
    before = earlier.until;
    if (core::Status status = core::check_params(config.optimizer, info.parameters, earlier.hyperparameters);
        !status.ok())
      return status;
    if (core::Status status = complete_schedule(earlier); !status.ok()) return status;
  }
  return {};
}

}  // namespace

core::Result<Runner> Runner::make(const surfaces::Surface& surface, const RunnerConfig& config,
                                  const Environment& environment, surfaces::Point start, const RunnerOptions& options) {
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  Runner runner;
  runner.config_ = config;
  if (entry != nullptr && config.hyperparameters.empty())
    runner.config_.hyperparameters = core::default_values(entry->info->parameters);
  auto optimizer = optim::make_optimizer<double>(config.optimizer, runner.config_.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  if (core::Status status = complete_earlier(runner.config_, *entry->info); !status.ok()) return status.error();
  auto conditions = make_conditions(config, environment);
  if (!conditions.ok()) return conditions.error();
  runner.environment_ = environment;
  runner.conditions_ = std::move(conditions).value();
  const auto values = runner.conditions_.schedule.values();
  runner.config_.schedule_parameters.assign(values.begin(), values.end());
  runner.latest_ = runner.config_.settings();
  runner.optimizer_ = std::move(optimizer).value();
  runner.surface_ = &surface;
  runner.options_ = options;
  runner.restart(start);
  return runner;
}

void Runner::restart(surfaces::Point start) {
  settings_.assign(1, {settings_at(1), 0});
  apply(settings_.back());
  optimizer_->reset(2);
  state_ = optimizer_->state();
  state_size_ = 0;
  for (const auto& span : state_) state_size_ += span.values.size();
  position_ = 0;
  points_.assign(start.begin(), start.end());
  losses_.resize(1);
  log_.clear();
  states_.clear();
  losses_[0] = surface_->evaluate(start, gradient_);
  store_state();
  settle();
}

surfaces::Point Runner::point() const {
  return {points_[2 * index()], points_[2 * index() + 1]};
}

optim::StabilityBound Runner::stability(const surfaces::LocalModel& head) const {
  return optim::stability_bound(config_.optimizer, settings_at(position_ + 1).hyperparameters, head.hessian,
                                {state_, position_ + 1, head.gradient});
}

double Runner::gradient_norm() const {
  return std::hypot(gradient_[0], gradient_[1]);
}

double Runner::learning_rate() const {
  if (position_ > 0) return newest().rate;
  return log_.empty() ? conditions_.rate(settings_at(1).hyperparameters[0], 1) : log_[0].rate;
}

// The settings that a step is to be made with: those of an earlier stretch, or the present ones.
const RunnerSettings& Runner::settings_at(std::int64_t t) const {
  for (const EarlierSettings& earlier : config_.earlier)
    if (t <= earlier.until) return earlier;
  return latest_;
}

// The last settings are always in force; those under which no step was made leave no trace.
void Runner::put_in_force(const RunnerSettings& settings) {
  const auto same = [&settings](const RunnerSettings& other) { return other == settings; };
  if (same(settings_.back())) return;
  settings_.resize(log_.empty() ? 0 : log_.back().settings + 1);
  if (settings_.empty() || !same(settings_.back())) settings_.push_back({settings, recorded()});
  apply(settings);
}

// The schedule was checked when the settings were accepted.
void Runner::apply(const RunnerSettings& settings) {
  optimizer_->configure(settings.hyperparameters);
  state_ = optimizer_->state();
  auto schedule = optim::Schedule::make(settings.schedule, settings.schedule_parameters);
  DESCENT_ASSERT(schedule.ok());
  conditions_.schedule = std::move(schedule).value();
}

void Runner::step() {
  if (!can_step()) return;
  if (position_ < recorded())
    seek(position_ + 1);
  else
    compute_step();
}

void Runner::push(surfaces::Point by) {
  forget_later();
  if (status_ == RunStatus::converged || status_ == RunStatus::frozen) finish(RunStatus::running, {});
  if (!can_step() || conditions_.left(gradient_evaluations()) < 2) return;
  const std::int64_t before = recorded();
  compute_step(by);
  if (recorded() == before) surface_->evaluate(point(), gradient_);  // the run ended instead
}

void Runner::compute_step(surfaces::Point push) {
  if (recorded() >= options_.max_steps)
    return finish(RunStatus::stopped, RecordFull{options_.max_steps, options_.max_steps < kMaxRaceSteps});
  if (!make_room()) return finish(RunStatus::stopped, MemoryFull{});
  put_in_force(settings_at(recorded() + 1));
  const double rate = conditions_.rate(settings_.back().hyperparameters[0], recorded() + 1);
  surfaces::Point next = point();
  const bool pushed = push != surfaces::Point{};
  if (pushed) {
    next = {next[0] + push[0], next[1] + push[1]};
    surface_->evaluate(next, gradient_);
  }
  optim::StepReport report = make_step(next, rate, pushed ? 1 : 0);
  if (report.stalled && report.note.empty()) report.note = "no lower point was found in the step's direction";
  if (report.stalled && options_.stop_when_settled)
    return finish(RunStatus::stopped, StepFailed{report.note, gradient_norm()});
  double loss = 0;
  surfaces::Point gradient{};
  const Breakdown breakdown = evaluate_at(next, loss, gradient);
  if (breakdown != Breakdown::none) return diverge(breakdown, next, rate);
  if (pushed) {
    ++report.gradient_evaluations;
    report.note = kPushed;
  }
  record(next, loss, gradient, rate, report);
}

// `spent` counts the evaluations of this step that were made before.
optim::StepReport Runner::make_step(surfaces::Point& point, double rate, std::int64_t spent) {
  const std::int64_t t = recorded() + 1;
  const std::int64_t left = conditions_.left(gradient_evaluations() + spent);
  const bool asks = optimizer_->info().needs != optim::Needs::gradient;
  if (!conditions_.noisy())
    return step_within(*optimizer_, point, gradient_, {t, rate, asks ? surface_ : nullptr}, left);
  surfaces::Point gradient = gradient_;
  conditions_.noise.add(t, gradient);
  const TiltedObjective tilted(*surface_, conditions_.noise_of(t));
  return step_within(*optimizer_, point, gradient, {t, rate, asks ? &tilted : nullptr}, left);
}

Breakdown Runner::evaluate_at(surfaces::Point next, double& loss, surfaces::Point& gradient) const {
  if (!finite(next)) return Breakdown::point;
  if (std::max(std::abs(next[0]), std::abs(next[1])) > far_limit(surface_->info().domain)) return Breakdown::far_away;
  loss = surface_->evaluate(next, gradient);
  return std::isfinite(loss) && finite(gradient) ? Breakdown::none : Breakdown::value;
}

void Runner::record(surfaces::Point next, double loss, surfaces::Point gradient, double rate,
                    const optim::StepReport& report) {
  const std::int64_t evaluations = gradient_evaluations() + 1 + report.gradient_evaluations;
  points_.insert(points_.end(), next.begin(), next.end());
  losses_.push_back(loss);
  log_.push_back({rate, evaluations, settings_.size() - 1, report.note});
  ++position_;
  gradient_ = gradient;
  store_state();
  settle();
}

// The newest step was made at rate 0 after the schedule's end and did not move the run; nor will the next one.
bool Runner::schedule_over() const {
  const std::size_t n = points_.size();
  if (recorded() <= environment_.schedule_steps || log_.back().rate > 0) return false;
  if (conditions_.rate(1, recorded() + 1) > 0) return false;
  return points_[n - 1] == points_[n - 3] && points_[n - 2] == points_[n - 4];
}

void Runner::settle() {
  finish(log_.empty() ? RunStatus::ready : RunStatus::running, {});
  if (options_.stop_when_settled && schedule_over())
    finish(RunStatus::stopped, ScheduleOver{environment_.schedule_steps});
  if (conditions_.spent(gradient_evaluations()))
    finish(RunStatus::stopped, BudgetUsed{conditions_.gradient_evaluations});
  if (!options_.stop_when_settled || conditions_.noisy() || gradient_norm() > kConvergedGradientNorm) return;
  const surfaces::LocalModel model = surfaces::local_model(*surface_, point());
  finish(RunStatus::converged, Converged{gradient_norm(), model.eigenvalues[0]});
}

void Runner::finish(RunStatus status, const EndReason& reason) {
  status_ = end_status_ = status;
  end_ = {recorded(), reason};
}

void Runner::diverge(Breakdown breakdown, surfaces::Point failed, double rate) {
  std::vector<double> rates;
  rates.reserve(log_.size() + 1);
  for (const StepLog& entry : log_) rates.push_back(entry.rate);
  rates.push_back(rate);
  finish(RunStatus::diverged, explain_divergence({surface_, config_.optimizer, settings_.back().hyperparameters,
                                                  points_, losses_, rates, breakdown, failed}));
}

core::Status Runner::change(const RunnerSettings& settings) {
  RunnerSettings wanted = settings;
  if (core::Status status =
          core::check_params(config_.optimizer, optimizer_->info().parameters, wanted.hyperparameters);
      !status.ok())
    return status;
  if (core::Status status = complete_schedule(wanted); !status.ok()) return status;
  forget_later();
  thaw();
  config_.hyperparameters = wanted.hyperparameters;
  config_.schedule = wanted.schedule;
  config_.schedule_parameters = wanted.schedule_parameters;
  latest_ = std::move(wanted);
  put_in_force(settings_at(recorded() + 1));
  if (std::holds_alternative<ScheduleOver>(end_.reason)) settle();
  return {};
}

core::Status Runner::set_hyperparameter(int index, double value) {
  const auto specs = optimizer_->info().parameters;
  if (core::Status status = core::check_hyperparameter(config_.optimizer, specs, index); !status.ok()) return status;
  RunnerSettings wanted = latest_;
  wanted.hyperparameters[static_cast<std::size_t>(index)] = value;
  return change(wanted);
}

void Runner::freeze(const Diagnosis& diagnosis) {
  DESCENT_ASSERT(can_step() && position_ == recorded());
  finish(RunStatus::frozen, diagnosis);
}

void Runner::thaw() {
  if (!is_frozen()) return;
  end_status_ = log_.empty() ? RunStatus::ready : RunStatus::running;
  end_ = {};
  if (position_ == recorded()) status_ = end_status_;
}

}  // namespace descent::race
