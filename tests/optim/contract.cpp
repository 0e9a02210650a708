// SPDX-License-Identifier: MIT
// The checkers of contract.h.
#include "tests/optim/contract.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/rng.h"
#include "engine/race/descend.h"
#include "tests/optim/helpers.h"

namespace descent::testing {
namespace {

template <class T>
std::vector<T> start() {
  return {T(-1.2), T(1)};
}

// A copy of all state, in order.
template <class T>
std::vector<std::vector<T>> copy_of(std::vector<optim::StateSpan<T>> state) {
  std::vector<std::vector<T>> copy;
  for (const optim::StateSpan<T>& span : state) copy.emplace_back(span.values.begin(), span.values.end());
  return copy;
}

template <class T>
void restore(const std::vector<std::vector<T>>& saved, std::vector<optim::StateSpan<T>> state) {
  REQUIRE(saved.size() == state.size());
  for (std::size_t k = 0; k < saved.size(); ++k) {
    REQUIRE(saved[k].size() == state[k].values.size());
    std::copy(saved[k].begin(), saved[k].end(), state[k].values.begin());
  }
}

}  // namespace

template <class T>
void walk(optim::Optimizer<T>& optimizer, std::vector<T>& params, double learning_rate, int steps, int first_t) {
  const auto surface = surface_named("rosenbrock");
  std::array<double, 2> gradient{};
  for (int i = 0; i < steps; ++i) {
    surface->evaluate(std::array{static_cast<double>(params[0]), static_cast<double>(params[1])}, gradient);
    const std::array<T, 2> g{static_cast<T>(gradient[0]), static_cast<T>(gradient[1])};
    optimizer.step(params, g, {.t = first_t + i, .learning_rate = learning_rate, .objective = surface.get()});
  }
}

template <class T>
bool stays_at_zero_rate(const Maker<T>& make) {
  const auto optimizer = make();
  optimizer->reset(2);
  std::vector<T> params = start<T>();
  walk(*optimizer, params, 0.0, 5);
  return params == start<T>();
}

template <class T>
bool reset_is_fresh(const Maker<T>& make, double learning_rate) {
  const auto used = make();
  used->reset(2);
  std::vector<T> params = start<T>();
  walk(*used, params, learning_rate, 7);
  used->reset(2);
  const auto fresh = make();
  fresh->reset(2);
  if (copy_of(used->state()) != copy_of(fresh->state())) return false;
  params = start<T>();
  std::vector<T> expected = start<T>();
  walk(*used, params, learning_rate, 10);
  walk(*fresh, expected, learning_rate, 10);
  return params == expected;
}

template <class T>
bool restores_exactly(const Maker<T>& make, double learning_rate) {
  const auto original = make();
  original->reset(2);
  std::vector<T> params = start<T>();
  walk(*original, params, learning_rate, 6);
  const auto saved = copy_of(original->state());
  std::vector<T> continued = params;
  const auto restored = make();
  restored->reset(2);
  restore(saved, restored->state());
  walk(*original, params, learning_rate, 6, 7);
  walk(*restored, continued, learning_rate, 6, 7);
  return params == continued && copy_of(original->state()) == copy_of(restored->state());
}

template <class T>
bool split_invariant(const Maker<T>& make, double learning_rate) {
  constexpr std::size_t kCount = 37;  // no multiple of a vector's width
  const auto whole = make();
  const auto parts = make();
  whole->reset(kCount);
  parts->reset(kCount);
  core::Rng rng(3);
  std::vector<T> a(kCount);
  for (T& value : a) value = static_cast<T>(rng.normal());
  std::vector<T> b = a;
  std::vector<T> g(kCount);
  for (int t = 1; t <= 9; ++t) {
    for (T& value : g) value = static_cast<T>(rng.normal());
    const optim::StepContext context{.t = t, .learning_rate = learning_rate};
    whole->step(a, g, context);
    parts->prepare(context);
    for (const auto& [begin, end] : {std::pair{20, 37}, std::pair{0, 1}, std::pair{7, 20}, std::pair{1, 7}})
      parts->update(b, g, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), context);
  }
  return a == b && copy_of(whole->state()) == copy_of(parts->state());
}

bool descends(const Maker<double>& make, double learning_rate) {
  const auto surface = surface_named("quadratic");
  const auto optimizer = make();
  optimizer->reset(2);
  const surfaces::Point from{-4, 1.5};
  const Run run = descend(*surface, *optimizer, learning_rate, from, 500);
  return run.loss < 0.9 * surface->evaluate(from, {});
}

template void walk(optim::Optimizer<double>&, std::vector<double>&, double, int, int);
template void walk(optim::Optimizer<float>&, std::vector<float>&, double, int, int);
template bool stays_at_zero_rate(const Maker<double>&);
template bool stays_at_zero_rate(const Maker<float>&);
template bool reset_is_fresh(const Maker<double>&, double);
template bool reset_is_fresh(const Maker<float>&, double);
template bool restores_exactly(const Maker<double>&, double);
template bool restores_exactly(const Maker<float>&, double);
template bool split_invariant(const Maker<double>&, double);
template bool split_invariant(const Maker<float>&, double);

}  // namespace descent::testing
