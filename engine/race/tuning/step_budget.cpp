// SPDX-License-Identifier: MIT
// The optimizer asks a go-between, which counts and remembers the lowest point; see step_budget.h.
#include "engine/race/tuning/step_budget.h"

#include "engine/core/check.h"
#include "engine/core/objective.h"

namespace descent::race {
namespace {

class Metered final : public core::Objective {
 public:
  // The value at `from` is known to whoever begins a step there, and not counted.
  Metered(const core::Objective& objective, surfaces::Point from, std::int64_t room)
      : objective_(objective), room_(room), best_(from), lowest_(objective.evaluate(from, {})) {}

  [[nodiscard]] int dim() const override { return objective_.dim(); }
  [[nodiscard]] bool has_hessian() const override { return objective_.has_hessian(); }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    return note(x, objective_.evaluate(x, gradient));
  }
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override {
    return note(x, objective_.evaluate_hessian(x, gradient, hessian));
  }

  [[nodiscard]] bool exceeded() const { return made_ > room_; }
  [[nodiscard]] surfaces::Point best() const { return best_; }

 private:
  double note(std::span<const double> x, double value) const {
    if (++made_ <= room_ && value < lowest_) {
      lowest_ = value;
      best_ = {x[0], x[1]};
    }
    return value;
  }

  const core::Objective& objective_;
  std::int64_t room_ = 0;
  mutable std::int64_t made_ = 0;
  mutable surfaces::Point best_;
  mutable double lowest_ = 0;
};

}  // namespace

optim::StepReport step_within(optim::Optimizer<double>& optimizer, surfaces::Point& point,
                              std::span<const double> gradient, const optim::StepContext& context, std::int64_t left) {
  DESCENT_ASSERT(left >= 1);
  if (context.objective == nullptr || left == kNoBudget) return optimizer.step(point, gradient, context);
  const Metered metered(*context.objective, point, left - 1);
  optim::StepReport report = optimizer.step(point, gradient, {context.t, context.learning_rate, &metered});
  if (!metered.exceeded()) return report;
  point = metered.best();
  return {.gradient_evaluations = static_cast<int>(left - 1), .note = "The budget ended this step before its end"};
}

}  // namespace descent::race
