// SPDX-License-Identifier: MIT
// Conditions: what a run meets beside surface, start and hyper-parameters: the schedule of its learning rate, the noise
// on its gradients and its budget. All of it is a pure function of the step, so that going back, branching and the many
// runs of a sweep meet the same.
//
// Under noise step t sees a function of its own, f_t(x) = f(x) + σ ξ_t·x with ξ_t standard normal: its gradient is
// ∇f + σ ξ_t everywhere, its curvature is f's. Methods that evaluate the function themselves (line searches) see the
// same f_t as those that are handed the gradient.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/core/objective.h"
#include "engine/core/result.h"
#include "engine/core/rng.h"
#include "engine/optim/gradient_noise.h"
#include "engine/optim/schedule.h"
#include "engine/race/race.h"

namespace descent::race {

inline constexpr std::int64_t kNoBudget = std::numeric_limits<std::int64_t>::max();

struct Conditions {
  optim::Schedule schedule;
  std::int64_t schedule_steps = 1;        // length of the run the schedule is laid out for
  optim::GradientNoise noise{1, 0};       // (seed, σ)
  std::int64_t gradient_evaluations = 0;  // the budget; 0: none

  [[nodiscard]] double rate(double base, std::int64_t t) const { return base * schedule.scale(t, schedule_steps); }
  [[nodiscard]] bool noisy() const { return noise.sigma() > 0; }
  // σ ξ_t
  [[nodiscard]] std::array<double, 2> noise_of(std::int64_t t) const {
    std::array<double, 2> offset{};
    noise.add(t, offset);
    return offset;
  }
  [[nodiscard]] bool spent(std::int64_t evaluations) const {
    return gradient_evaluations > 0 && evaluations >= gradient_evaluations;
  }
  // left() is what remains of the budget: 0 when it is spent, kNoBudget without one.
  [[nodiscard]] std::int64_t left(std::int64_t evaluations) const {
    if (gradient_evaluations == 0) return kNoBudget;
    return std::max<std::int64_t>(0, gradient_evaluations - evaluations);
  }
};

// An Environment is what a runner meets under a seed; the schedule is checked, the other numbers are the caller's to
// check.
struct Environment {
  std::int64_t schedule_steps = kDefaultScheduleSteps;
  double noise = 0;
  std::uint64_t seed = 1;
  std::int64_t budget = 0;
};
[[nodiscard]] core::Result<Conditions> make_conditions(const RunnerConfig& runner, const Environment& environment);

// schedule_steps 1 … kMaxDescentSteps, noise 0 … kMaxNoise, seed up to core::kMaxSeed, budget 0 … kMaxBudget.
[[nodiscard]] core::Status check_environment(const Environment& environment);

// f(x) + slope·x in two dimensions.
class TiltedObjective final : public core::Objective {
 public:
  TiltedObjective(const core::Objective& objective, std::array<double, 2> slope)
      : objective_(objective), slope_(slope) {}

  [[nodiscard]] int dim() const override { return 2; }
  [[nodiscard]] bool has_hessian() const override { return objective_.has_hessian(); }

  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    return tilt(objective_.evaluate(x, gradient), x, gradient);
  }
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override {
    return tilt(objective_.evaluate_hessian(x, gradient, hessian), x, gradient);
  }

 private:
  [[nodiscard]] double tilt(double value, std::span<const double> x, std::span<double> gradient) const {
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += slope_[i];
    return value + (slope_[0] * x[0] + slope_[1] * x[1]);
  }

  const core::Objective& objective_;
  std::array<double, 2> slope_;
};

}  // namespace descent::race
