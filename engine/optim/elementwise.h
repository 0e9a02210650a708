// SPDX-License-Identifier: MIT
// Elementwise<T, Rule>: an Optimizer that treats every parameter by itself, made from a Rule that says only what is
// special:
//     static constexpr OptimizerInfo kInfo;
//     static constexpr std::array<std::string_view, K> kSlots{"m", "v"};   // memory per parameter, all 0 at first
//     static constexpr std::array<std::string_view, J> kScalars{…};        // memory per run, all 1 at first (optional)
//     template <class T> struct Kernel { void operator()(T& p, T g, T& m, T& v) const; };
//     template <class T> static Kernel<T> plan(const std::array<double, P>& hyperparameters, const StepContext&,
//                                              std::span<T> scalars);
// and, for a method that divides the gradient by something of its own, what stability_bound() asks (optimizer.h):
//     static double divisor(const std::array<double, P>& hyperparameters, double t, double g, double m, double v);
//     static FrozenStep filter(const std::array<double, P>& hyperparameters, double t);   // all but the divisors
// plan() runs once a step in double and folds everything that does not depend on the element into the kernel's few
// numbers; the kernel then sweeps the arrays, which do not overlap, in a loop that compilers vectorise (float: 4
// lanes). No allocation after reset(); any split of the range gives the same bits.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/check.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {

struct ElementwiseRule {
  static constexpr std::array<std::string_view, 0> kScalars{};
};

// p, g, slots: (n) each, not overlapping.
template <class Kernel, class T, class... Slot>
void sweep(const Kernel kernel, std::size_t n, T* __restrict p, const T* __restrict g, Slot* __restrict... slots) {
  for (std::size_t i = 0; i < n; ++i) kernel(p[i], g[i], slots[i]...);
}

template <class T, class Rule>
class Elementwise final : public Optimizer<T> {
 public:
  Elementwise() { configure(core::default_values(Rule::kInfo.parameters)); }

  [[nodiscard]] const OptimizerInfo& info() const override { return Rule::kInfo; }

  void reset(std::size_t n) override {
    for (core::AlignedVector<T>& slot : slots_) slot.assign(n, T(0));
    scalars_.fill(T(1));
  }

  void configure(std::span<const double> values) override {
    DESCENT_ASSERT(values.size() == values_.size());
    std::copy(values.begin(), values.end(), values_.begin());
  }

  void prepare(const StepContext& context) override { kernel_ = Rule::template plan<T>(values_, context, scalars_); }

  StepReport update(std::span<T> params, std::span<const T> grads, std::size_t begin, std::size_t end,
                    const StepContext& /*context*/) override {
    DESCENT_ASSERT(params.size() == grads.size() && begin <= end && end <= params.size());
    for (const core::AlignedVector<T>& slot : slots_) DESCENT_ASSERT(slot.size() == params.size());
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      sweep(kernel_, end - begin, params.data() + begin, grads.data() + begin, (slots_[k].data() + begin)...);
    }
    (std::make_index_sequence<Rule::kSlots.size()>());
    return {};
  }

  [[nodiscard]] std::vector<StateSpan<T>> state() override {
    std::vector<StateSpan<T>> spans;
    for (std::size_t k = 0; k < slots_.size(); ++k) spans.push_back({Rule::kSlots[k], slots_[k], true});
    for (std::size_t k = 0; k < scalars_.size(); ++k) spans.push_back({Rule::kScalars[k], {&scalars_[k], 1}, false});
    return spans;
  }

 private:
  std::array<double, Rule::kInfo.parameters.size()> values_{};
  std::array<core::AlignedVector<T>, Rule::kSlots.size()> slots_;
  std::array<T, Rule::kScalars.size()> scalars_{};
  typename Rule::template Kernel<T> kernel_{};
};

// Rule::filter with Rule::divisor at both parameters.
template <class Rule>
FrozenStep frozen_step(std::span<const double> hyperparameters, const RunState<double>& run) {
  constexpr std::size_t kCount = Rule::kInfo.parameters.size();
  DESCENT_ASSERT(hyperparameters.size() == kCount && run.gradient.size() == 2);
  std::array<double, kCount> values{};
  std::copy(hyperparameters.begin(), hyperparameters.end(), values.begin());
  const double t = static_cast<double>(run.t);
  FrozenStep step = Rule::filter(values, t);
  for (std::size_t i = 0; i < 2; ++i) [&]<std::size_t... k>(std::index_sequence<k...>) {
      step.divisors[i] = Rule::divisor(values, t, run.gradient[i], run.memory[k].values[i]...);
    }
  (std::make_index_sequence<Rule::kSlots.size()>());
  return step;
}

// The catalog's entry of a rule, with what the rule declares of `stability`, `optimum`, `divisor`.
template <class Rule>
CatalogEntry elementwise_entry() {
  CatalogEntry entry{
      &Rule::kInfo,
      []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<Elementwise<double, Rule>>(); },
      []() -> std::unique_ptr<Optimizer<float>> { return std::make_unique<Elementwise<float, Rule>>(); }};
  if constexpr (requires { &Rule::stability; }) entry.stability = &Rule::stability;
  if constexpr (requires { &Rule::optimum; }) entry.optimum = &Rule::optimum;
  if constexpr (requires { &Rule::divisor; }) entry.frozen_step = &frozen_step<Rule>;
  return entry;
}

}  // namespace descent::optim
