// SPDX-License-Identifier: MIT
// Checks what every optimizer promises, each as a checker that can fail: no movement at learning rate 0, reset() =
// fresh, the same bits however the parameters are split, state() holds everything, every hyper-parameter matters, f
// falls on a bowl. The checkers take a maker, so that broken optimizers can be put through them too.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/optim/optimizer.h"

namespace descent::testing {

template <class T>
using Maker = std::function<std::unique_ptr<optim::Optimizer<T>>()>;

// `steps` steps on Rosenbrock (n = 2), gradients by the surface, from (−1.2, 1); continues at t = first_t.
template <class T>
void walk(optim::Optimizer<T>& optimizer, std::vector<T>& params, double learning_rate, int steps, int first_t = 1);

template <class T>
bool stays_at_zero_rate(const Maker<T>& make);
template <class T>
bool reset_is_fresh(const Maker<T>& make, double learning_rate);
template <class T>
bool restores_exactly(const Maker<T>& make, double learning_rate);
// split_invariant() is for elementwise() optimizers only.
template <class T>
bool split_invariant(const Maker<T>& make, double learning_rate);
// descends() makes 500 steps on the bowl (x² + 10 y²)/2 from (−4, 1.5).
bool descends(const Maker<double>& make, double learning_rate);

}  // namespace descent::testing
