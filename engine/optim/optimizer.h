// SPDX-License-Identifier: MIT
// Optimizer<T>: the rule that turns gradients into a step; one implementation serves the surfaces (T = double) and the
// network (T = float). It holds no loop and no stop rule and logs nothing; after reset() it allocates nothing. The
// caller owns the step count t and the learning rate (so that schedules, replay and branching stay outside). All memory
// an optimizer carries from step to step is visible through state(): saving and restoring those spans makes the run go
// on bit for bit. One more optimizer is one file and one line in catalog.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/objective.h"
#include "engine/core/param_spec.h"
#include "engine/core/result.h"
#include "engine/optim/step_note.h"

namespace descent::optim {

// Needs says what a step asks of the caller beyond (params, grads).
enum class Needs {
  gradient,   // the gradient at params only: usable on the network
  objective,  // evaluates the objective itself (line search): surfaces only
  hessian,    // needs second derivatives: surfaces only
};

// Rate says what the learning rate is to a method.
enum class Rate {
  factor,  // on the step that the method works out from the gradient, as in gradient descent and Newton's method
  length,  // of a coordinate's steps, from the first one on, roughly: they are divided by the gradients' size (Adam)
  sign,    // such a length too; of the gradient only the sign counts (Lion)
};

struct OptimizerInfo {
  std::string_view name;     // lower snake case: "adam"
  std::string_view title;    // for people: "Adam"
  std::string_view formula;  // the update in one or two lines of plain text with Unicode
  std::string_view reference;
  std::string_view summary;                     // one or two sentences: what it does differently and when that helps
  std::span<const core::ParamSpec> parameters;  // always begins with learning_rate
  Needs needs = Needs::gradient;
  Rate rate = Rate::factor;
};

struct StepContext {
  std::int64_t t = 1;                          // 1 for the first step after reset()
  double learning_rate = 0;                    // already scheduled; the optimizer ignores its own learning_rate value
  const core::Objective* objective = nullptr;  // set when info().needs is not Needs::gradient
};

struct StepReport {
  int gradient_evaluations = 0;  // made inside the step (line search), beyond the gradient handed in
  bool stalled = false;          // the step could not be made (line search found no decrease); params unchanged
  StepNote note;                 // worth showing, e.g. "Hessian is not positive definite: used |λ|"
};

// One named piece of memory, for display, saving and restoring.
template <class T>
struct StateSpan {
  std::string_view name;  // "m", "v", "step_product", …
  std::span<T> values;
  bool per_parameter = true;  // values.size() is a multiple of the parameter count; otherwise scalars
};

template <class T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  [[nodiscard]] virtual const OptimizerInfo& info() const = 0;

  // Forgets everything; sizes the memory for n parameters. The only call that allocates.
  virtual void reset(std::size_t n) = 0;

  // Hyper-parameters in the order of info().parameters; may change between any two steps.
  virtual void configure(std::span<const double> values) = 0;

  // One step in place. params, grads: (n).
  StepReport step(std::span<T> params, std::span<const T> grads, const StepContext& context) {
    prepare(context);
    return update(params, grads, 0, params.size(), context);
  }

  // The two halves of step(), for callers that split the parameters over threads: prepare() once, then update() on
  // disjoint ranges [begin, end) in any order. They are for elementwise() methods only; the result does not
  // depend on the split.
  [[nodiscard]] virtual bool elementwise() const { return true; }
  virtual void prepare(const StepContext& context) = 0;
  // params, grads: the full arrays (n); only [begin, end) is touched.
  virtual StepReport update(std::span<T> params, std::span<const T> grads, std::size_t begin, std::size_t end,
                            const StepContext& context) = 0;

  // Everything that survives a step. Writable: restoring is copying back.
  [[nodiscard]] virtual std::vector<StateSpan<T>> state() = 0;
};

// The best constant settings on a quadratic whose curvatures fill [λmin, λmax], λmin > 0.
struct QuadraticOptimum {
  bool known = false;
  double learning_rate = 0;
  double momentum = -1;  // -1: the method has none
  double factor = 1;     // the error's asymptotic factor per step
  std::string_view formula;
  std::string_view reference;
};

// The largest learning rate at which this optimizer is stable on a quadratic whose largest curvature is lambda_max,
// with its current hyper-parameters (2/λ for gradient descent, 2(1+β)/λ for heavy ball, …).
struct StabilityBound {
  bool known = false;
  double learning_rate = 0;  // +infinity when stable for every rate (lambda_max <= 0 gives known = false)
  std::string_view formula;  // "2 / λmax"
  std::string_view reference;
  std::string_view preconditioner;  // "P = √v̂ + ε" where the formula has a P; else empty
  bool constant = false;            // the same at every curvature: the formula is the number itself
  bool approximate = false;         // holds with the method's memory frozen, which goes on changing
  QuadraticOptimum optimum;         // known only where the smallest curvature was given and is positive
};

// The next step of an adaptive method as a function of the gradient, the method's memory frozen:
// p ← (1 − η·decoupled_decay) p − η F(g + coupled_decay·p) / d, F a linear filter over the steps (a running mean, a
// velocity). A flip of sign in every step becomes unstable first, so of F only its gain for those counts.
struct FrozenStep {
  std::array<double, 2> divisors{1, 1};
  double gain = 1;
  double coupled_decay = 0;
  double decoupled_decay = 0;
  std::string_view formula;  // of the bound, and of the divisors
  std::string_view preconditioner;
};

// The facts about a run that its bound depends on.
template <class T>
struct RunState {
  std::vector<StateSpan<T>> memory;  // Optimizer::state()
  std::int64_t t = 1;                // of the next step
  std::span<const double> gradient;  // (2) the next step's
};

struct CatalogEntry {
  const OptimizerInfo* info = nullptr;
  std::unique_ptr<Optimizer<double>> (*make_double)() = nullptr;
  std::unique_ptr<Optimizer<float>> (*make_float)() = nullptr;  // nullptr unless needs == gradient
  // nullptr where no bound is known from the curvature alone: for adaptive methods it depends on
  // the gradients met so far (frozen_step). lambda_max > 0.
  StabilityBound (*stability)(std::span<const double> hyperparameters, double lambda_max) = nullptr;
  // 0 < lambda_min <= lambda_max; nullptr where no optimum is known.
  QuadraticOptimum (*optimum)(std::span<const double> hyperparameters, double lambda_min, double lambda_max) = nullptr;
  // The next step of adaptive methods on two parameters; nullptr for the other methods.
  FrozenStep (*frozen_step)(std::span<const double> hyperparameters, const RunState<double>& run) = nullptr;
};

[[nodiscard]] std::span<const CatalogEntry> catalog();
[[nodiscard]] const CatalogEntry* find_optimizer(std::string_view name);

// Configured and not yet reset. Unknown names and bad values are refused with a sentence. No values at all means the
// defaults.
template <class T>
[[nodiscard]] core::Result<std::unique_ptr<Optimizer<T>>> make_optimizer(std::string_view name,
                                                                         std::span<const double> hyperparameters);
extern template core::Result<std::unique_ptr<Optimizer<double>>> make_optimizer<double>(std::string_view,
                                                                                        std::span<const double>);
extern template core::Result<std::unique_ptr<Optimizer<float>>> make_optimizer<float>(std::string_view,
                                                                                      std::span<const double>);

// The bound of a catalog entry by name; known = false for unknown names, for lambda_max that is not positive and
// finite, and where the curvature alone does not give one. `hyperparameters` in the order of the specs; none at all
// means the defaults.
[[nodiscard]] StabilityBound stability_bound(std::string_view optimizer, std::span<const double> hyperparameters,
                                             double lambda_max);

// The same at a point of a run, for adaptive methods too: with P = diag(d) the divisors of the next step, λmax is that
// of P^−½ (∇²f) P^−½. hessian: (2, 2). The optimum is filled in where the method has one and ∇²f is positive definite.
[[nodiscard]] StabilityBound stability_bound(std::string_view optimizer, std::span<const double> hyperparameters,
                                             std::span<const double> hessian, const RunState<double>& run);

}  // namespace descent::optim
