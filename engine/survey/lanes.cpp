// SPDX-License-Identifier: MIT
// Many runs side by side, see lanes.h. The parameters of a lane that has ended are set to NaN: arithmetic carries them
// along at full speed, and no comparison takes them for a good point.
#include "engine/survey/lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/race/outcome/divergence.h"
#include "engine/race/runner.h"
#include "engine/race/tuning/step_budget.h"

namespace descent::survey {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLargest = std::numeric_limits<double>::max();

// 1 or 0, as numbers that vectorise; 0 for NaN.
int within(double value, double bound) {
  return static_cast<int>(std::abs(value) <= bound);
}

}  // namespace

Lanes::Lanes(const surfaces::Surface& surface, const optim::CatalogEntry& optimizer, const race::Conditions& conditions)
    : surface_(surface),
      entry_(optimizer),
      conditions_(conditions),
      far_(race::far_limit(surface.info().domain)),
      shared_(optimizer.make_double()),
      hyperparameters_(core::default_values(optimizer.info->parameters)) {}

void Lanes::configure(std::span<const double> hyperparameters) {
  DESCENT_ASSERT(hyperparameters.size() == entry_.info->parameters.size());
  hyperparameters_.assign(hyperparameters.begin(), hyperparameters.end());
  each_.clear();
}

void Lanes::configure_each(std::span<const double> hyperparameters) {
  DESCENT_ASSERT(!hyperparameters.empty() && hyperparameters.size() % entry_.info->parameters.size() == 0);
  each_.assign(hyperparameters.begin(), hyperparameters.end());
}

void Lanes::start(std::span<const double> x, std::span<const double> y,
                  std::span<const std::unique_ptr<surfaces::Surface>> surfaces) {
  const std::size_t n = x.size();
  DESCENT_ASSERT(surfaces.empty() || surfaces.size() == n);
  surfaces_ = surfaces;
  const std::size_t specs = entry_.info->parameters.size();
  DESCENT_ASSERT(y.size() == n && (each_.empty() || each_.size() == n * specs));
  points_.assign(x.begin(), x.end());
  points_.insert(points_.end(), y.begin(), y.end());
  params_ = points_;
  gradients_.resize(2 * n);
  noisy_.resize(conditions_.noisy() ? 2 * n : 0);
  values_.resize(n);
  losses_.assign(n, kNaN);
  ends_.assign(n, LaneEnd::running);
  end_steps_.assign(n, 0);
  extra_.assign(n, 0);
  ended_ = 0;
  steps_ = 0;
  if (together()) {
    shared_->configure(hyperparameters_);
    shared_->reset(2 * n);
  } else {
    while (singles_.size() < n) singles_.push_back(entry_.make_double());
    for (std::size_t i = 0; i < n; ++i) {
      singles_[i]->configure(each_.empty() ? std::span<const double>(hyperparameters_)
                                           : std::span<const double>(each_).subspan(i * specs, specs));
      singles_[i]->reset(2);
    }
  }
  evaluate();
  find_ends();
}

bool Lanes::step() {
  if (running() == 0) return false;
  const std::int64_t t = ++steps_;
  together() ? step_together(t) : step_each(t);
  evaluate();
  find_ends();
  return true;
}

void Lanes::step_together(std::int64_t t) {
  const optim::StepContext context{t, conditions_.rate(hyperparameters_[0], t), nullptr};
  std::span<const double> gradients = gradients_;
  if (conditions_.noisy()) {
    const std::array<double, 2> noise = conditions_.noise_of(t);
    const std::size_t n = size();
    for (std::size_t i = 0; i < 2 * n; ++i) noisy_[i] = gradients_[i] + noise[i < n ? 0 : 1];
    gradients = noisy_;
  }
  shared_->step(params_, gradients, context);
  if (ended_ == 0) return;
  // Some rules keep a finite copy of the parameters in their memory.
  for (std::size_t i = 0; i < size(); ++i)
    if (ends_[i] != LaneEnd::running) params_[i] = params_[size() + i] = kNaN;
}

void Lanes::step_each(std::int64_t t) {
  const std::size_t n = size();
  const std::size_t specs = entry_.info->parameters.size();
  const std::array<double, 2> noise = conditions_.noise_of(t);
  const bool asks = entry_.info->needs != optim::Needs::gradient;
  const double scale = conditions_.schedule.scale(t, conditions_.schedule_steps);
  for (std::size_t i = 0; i < n; ++i) {
    if (ends_[i] != LaneEnd::running) continue;
    const double base = each_.empty() ? hyperparameters_[0] : each_[i * specs];
    std::array<double, 2> point{params_[i], params_[n + i]};
    std::array<double, 2> gradient{gradients_[i], gradients_[n + i]};
    if (conditions_.noisy()) conditions_.noise.add(t, gradient);
    const race::TiltedObjective tilted(surface_of(i), noise);
    const core::Objective* objective =
        conditions_.noisy() ? static_cast<const core::Objective*>(&tilted) : &surface_of(i);
    const optim::StepReport report =
        race::step_within(*singles_[i], point, gradient, {t, base * scale, asks ? objective : nullptr},
                          conditions_.left(t - 1 + extra_[i]));
    if (report.stalled) {
      end(i, LaneEnd::stalled, t - 1);
      continue;
    }
    extra_[i] += report.gradient_evaluations;
    params_[i] = point[0];
    params_[n + i] = point[1];
  }
}

void Lanes::evaluate() {
  const std::size_t n = size();
  const std::span<const double> params = params_;
  const std::span<double> gradients = gradients_;
  if (surfaces_.empty())
    return surface_.evaluate_many(params.first(n), params.subspan(n), values_, gradients.first(n),
                                  gradients.subspan(n));
  const std::span<double> values = values_;
  for (std::size_t i = 0; i < n; ++i)
    if (ends_[i] == LaneEnd::running)
      surfaces_[i]->evaluate_many(params.subspan(i, 1), params.subspan(n + i, 1), values.subspan(i, 1),
                                  gradients.subspan(i, 1), gradients.subspan(n + i, 1));
}

// One pass that compilers vectorise counts the lanes about which something is to be decided; only when there are more
// than those decided long ago does a second pass look at each. Then the good points become the last good ones.
void Lanes::find_ends() {
  const std::size_t n = size();
  const double* x = params_.data();
  const double* y = x + n;
  const double* fx = gradients_.data();
  const double* fy = fx + n;
  const double* f = values_.data();
  std::int64_t plain = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const int point = within(x[i], far_) & within(y[i], far_) & within(f[i], kLargest);
    const int finite = within(fx[i], kLargest) & within(fy[i], kLargest);
    const int flat = within(fx[i], race::kConvergedGradientNorm) & within(fy[i], race::kConvergedGradientNorm);
    plain += point & finite & (1 - flat);
  }
  if (static_cast<std::size_t>(plain) + ended_ < n || conditions_.gradient_evaluations > 0)
    for (std::size_t i = 0; i < n; ++i)
      if (ends_[i] == LaneEnd::running) judge(i);
  for (std::size_t i = 0; i < 2 * n; ++i) points_[i] = params_[i] == params_[i] ? params_[i] : points_[i];
  for (std::size_t i = 0; i < n; ++i) losses_[i] = params_[i] == params_[i] ? values_[i] : losses_[i];
}

void Lanes::judge(std::size_t i) {
  const std::size_t n = size();
  const double fx = gradients_[i];
  const double fy = gradients_[n + i];
  const bool inside = std::abs(params_[i]) <= far_ && std::abs(params_[n + i]) <= far_;
  const bool finite = std::abs(values_[i]) <= kLargest && std::abs(fx) <= kLargest && std::abs(fy) <= kLargest;
  if (steps_ == 0 && !finite) return end(i, LaneEnd::undefined, 0);
  // The step that led out of the finite world is not recorded.
  if (steps_ > 0 && !(inside && finite)) return end(i, LaneEnd::diverged, steps_ - 1);
  const bool converged = !conditions_.noisy() && std::hypot(fx, fy) <= race::kConvergedGradientNorm;
  if (!converged && !conditions_.spent(steps_ + extra_[i])) return;
  points_[i] = params_[i];
  points_[n + i] = params_[n + i];
  losses_[i] = values_[i];
  end(i, converged ? LaneEnd::converged : LaneEnd::spent, steps_);
}

void Lanes::end(std::size_t lane, LaneEnd end, std::int64_t steps) {
  ends_[lane] = end;
  end_steps_[lane] = steps;
  ++ended_;
  params_[lane] = params_[size() + lane] = kNaN;
}

std::int64_t Lanes::steps_of(std::size_t lane) const {
  return ends_[lane] == LaneEnd::running ? steps_ : end_steps_[lane];
}

std::int64_t Lanes::evaluations_of(std::size_t lane) const {
  return steps_of(lane) + extra_[lane];
}

}  // namespace descent::survey
