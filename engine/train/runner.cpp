// SPDX-License-Identifier: MIT
// One optimizer on one surface, see runner.h. Going back copies the optimizer's stored memory into place and evaluates
// the gradient again: the surface is a pure function, so the bits are the same.
#include "engine/train/runner.h"

#include <algorithm>
#include <cmath>

#include "engine/train/text.h"

namespace descent::train {
namespace {

bool finite(surfaces::Point p) {
  return std::isfinite(p[0]) && std::isfinite(p[1]);
}

}  // namespace

core::Result<Runner> Runner::make(const surfaces::Surface& surface, const RunnerConfig& config, surfaces::Point start,
                                  const RunnerOptions& options) {
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  Runner runner;
  runner.config_ = config;
  if (entry != nullptr && config.hyperparameters.empty())
    runner.config_.hyperparameters = core::default_values(entry->info->parameters);
  auto optimizer = optim::make_optimizer<double>(config.optimizer, runner.config_.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  runner.optimizer_ = std::move(optimizer).value();
  runner.surface_ = &surface;
  runner.options_ = options;
  runner.restart(start);
  return runner;
}

void Runner::restart(surfaces::Point start) {
  optimizer_->reset(2);
  state_ = optimizer_->state();
  state_size_ = 0;
  for (const auto& span : state_) state_size_ += span.values.size();
  points_.assign(start.begin(), start.end());
  losses_.resize(1);
  log_.clear();
  states_.clear();
  losses_[0] = surface_->evaluate(start, gradient_);
  store_state();
  settle();
}

double Runner::gradient_norm() const {
  return std::hypot(gradient_[0], gradient_[1]);
}

void Runner::step() {
  if (!can_step()) return;
  if (steps() >= options_.max_steps) {
    status_ = RunStatus::stopped;
    reason_ = "stopped at step " + grouped(steps()) + ": a run keeps at most " + grouped(options_.max_steps) +
              " steps; reset it or go back to go on";
    return;
  }
  const double rate = config_.hyperparameters[0];
  optim::StepContext context{steps() + 1, rate, nullptr};
  if (optimizer_->info().needs != optim::Needs::gradient) context.objective = surface_;
  surfaces::Point next = point();
  const optim::StepReport report = optimizer_->step(next, gradient_, context);
  if (report.stalled && options_.stop_when_settled) {
    status_ = RunStatus::stopped;
    reason_ = "stopped at step " + grouped(steps()) + ": ";
    reason_ += report.note.empty() ? std::string_view("no lower point was found in the step's direction") : report.note;
    reason_ += " (gradient norm " + short_number(gradient_norm()) + ")";
    return;
  }
  double loss = 0;
  surfaces::Point gradient{};
  const Breakdown breakdown = evaluate_at(next, loss, gradient);
  if (breakdown != Breakdown::none) return diverge(breakdown, next);
  record(next, loss, gradient, report);
}

Breakdown Runner::evaluate_at(surfaces::Point next, double& loss, surfaces::Point& gradient) const {
  if (!finite(next)) return Breakdown::point;
  if (std::max(std::abs(next[0]), std::abs(next[1])) > far_limit(surface_->info().domain)) return Breakdown::far_away;
  loss = surface_->evaluate(next, gradient);
  return std::isfinite(loss) && finite(gradient) ? Breakdown::none : Breakdown::value;
}

void Runner::record(surfaces::Point next, double loss, surfaces::Point gradient, const optim::StepReport& report) {
  points_.insert(points_.end(), next.begin(), next.end());
  losses_.push_back(loss);
  log_.push_back({config_.hyperparameters[0], gradient_evaluations() + 1 + report.gradient_evaluations, report.note});
  gradient_ = gradient;
  store_state();
  settle();
}

void Runner::settle() {
  status_ = log_.empty() ? RunStatus::ready : RunStatus::running;
  reason_.clear();
  if (!options_.stop_when_settled || gradient_norm() > kConvergedGradientNorm) return;
  status_ = RunStatus::converged;
  const surfaces::LocalModel model = surfaces::local_model(*surface_, point());
  const bool saddle = model.eigenvalues[0] < 0;
  reason_ = "converged at step " + grouped(steps()) + (saddle ? " to a saddle point or maximum" : "") +
            ": gradient norm " + short_number(gradient_norm());
  if (saddle) reason_ += ", smallest curvature " + short_number(model.eigenvalues[0]);
}

void Runner::diverge(Breakdown breakdown, surfaces::Point failed) {
  std::vector<double> rates;
  rates.reserve(log_.size() + 1);
  for (const StepLog& entry : log_) rates.push_back(entry.learning_rate);
  rates.push_back(config_.hyperparameters[0]);
  status_ = RunStatus::diverged;
  reason_ = explain_divergence(
      {surface_, config_.optimizer, config_.hyperparameters, points_, losses_, rates, breakdown, failed});
}

void Runner::store_state() {
  if (!options_.keep_states) return;
  for (const auto& span : state_) states_.insert(states_.end(), span.values.begin(), span.values.end());
}

void Runner::back_to(std::int64_t target) {
  DESCENT_ASSERT(options_.keep_states);
  const std::int64_t kept = std::clamp<std::int64_t>(target, 0, steps());
  const auto k = static_cast<std::size_t>(kept);
  points_.resize(2 * (k + 1));
  losses_.resize(k + 1);
  log_.resize(k);
  states_.resize((k + 1) * state_size_);
  const double* stored = states_.data() + k * state_size_;
  for (const auto& span : state_) {
    std::copy(stored, stored + span.values.size(), span.values.begin());
    stored += span.values.size();
  }
  surface_->evaluate(point(), gradient_);
  settle();
}

core::Status Runner::set_hyperparameter(int index, double value) {
  const auto specs = optimizer_->info().parameters;
  if (index < 0 || index >= static_cast<int>(specs.size()))
    return core::Error{config_.optimizer + ": hyper-parameter " + std::to_string(index) + " does not exist; it has " +
                       std::to_string(specs.size())};
  const auto i = static_cast<std::size_t>(index);
  if (core::Status status = core::check_param(config_.optimizer, specs[i], value); !status.ok()) return status;
  config_.hyperparameters[i] = value;
  optimizer_->configure(config_.hyperparameters);
  state_ = optimizer_->state();
  return {};
}

}  // namespace descent::train
