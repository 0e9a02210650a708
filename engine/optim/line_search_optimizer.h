// SPDX-License-Identifier: MIT
// LineSearchOptimizer: what conjugate gradients and L-BFGS share. A step asks the method for a direction, searches
// along it (line_search.h) and lets the method remember what it saw. When no step along a remembered direction
// decreases f, the method forgets and tries the steepest descent once; when that fails too the step is reported as
// stalled and nothing moves. The learning rate scales the first trial of each search; at 0 nothing moves.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/optim/line_search.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {

constexpr core::ParamSpec first_trial_spec() {
  core::ParamSpec spec = learning_rate_spec(1);
  spec.doc =
      "Scales the first trial of every line search; the search itself finds the length of the step. 1 is right in "
      "almost every case.";
  spec.slider_minimum = 0.01;
  spec.slider_maximum = 10;
  return spec;
}

class LineSearchOptimizer : public Optimizer<double> {
 public:
  void reset(std::size_t n) final;
  [[nodiscard]] bool elementwise() const final { return false; }
  void prepare(const StepContext& context) final;
  StepReport update(std::span<double> params, std::span<const double> grads, std::size_t begin, std::size_t end,
                    const StepContext& context) final;

 protected:
  struct Trial {
    double step = 1;  // first trial, before the learning rate
    double c2 = 0.9;  // the curvature condition that suits the direction
  };

  virtual void resize(std::size_t n) = 0;
  virtual void forget() = 0;
  // Writes the search direction (n) and returns true when it rests on what was remembered, false when it is −grads.
  virtual bool find_direction(std::span<const double> grads, std::span<double> direction) = 0;
  // The first trial along that direction, whose slope is φ'(0) < 0.
  [[nodiscard]] virtual Trial first_trial(std::span<const double> grads, double slope) const = 0;
  // The step taken: from params to new_params, the gradients there, and step·φ'(0) of the search.
  virtual void remember(std::span<const double> params, std::span<const double> grads,
                        std::span<const double> new_params, std::span<const double> new_grads,
                        double first_order_change) = 0;

  [[nodiscard]] std::span<double> direction() { return direction_; }

 private:
  bool search_and_move(std::span<double> params, std::span<const double> grads, const StepContext& context,
                       StepReport& report);

  LineSearch search_;
  std::vector<double> direction_;  // (n)
};

// min(1, 1/‖g‖₁): a first step of moderate length when nothing is known of the curvature.
double unscaled_first_step(std::span<const double> grads);

}  // namespace descent::optim
