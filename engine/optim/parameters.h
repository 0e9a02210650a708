// SPDX-License-Identifier: MIT
// The hyper-parameters that several optimizers share, each declared once: name, limits, slider and help. An optimizer
// lists what it takes with its own defaults. Learning rates may be 0 (nothing moves); decay rates stay below 1, where
// their bias corrections would divide by zero.
#pragma once

#include "engine/core/param_spec.h"

namespace descent::optim {

constexpr core::ParamSpec learning_rate_spec(double default_value) {
  return {.name = "learning_rate",
          .default_value = default_value,
          .minimum = 0,
          .maximum = 1000,
          .scale = core::ParamScale::log,
          .doc =
              "Scale of every step. Too small crawls, too large oscillates and then diverges; it is the first thing "
              "to tune, by factors of 3.",
          .slider_minimum = 1e-5,
          .slider_maximum = 10};
}

constexpr core::ParamSpec momentum_spec(double default_value) {
  return {.name = "momentum",
          .default_value = default_value,
          .minimum = 0,
          .maximum = 0.9999,
          .doc =
              "Share of the last velocity that is kept. Higher is faster along valleys and swings wider; the effective "
              "step grows like 1/(1 − momentum).",
          .slider_minimum = 0,
          .slider_maximum = 0.999};
}

// `name` and `doc` for one of the averages; below 1.
constexpr core::ParamSpec decay_spec(std::string_view name, double default_value, std::string_view doc) {
  return {.name = name,
          .default_value = default_value,
          .minimum = 0,
          .maximum = 0.999999,
          .doc = doc,
          .slider_minimum = 0,
          .slider_maximum = 0.9999};
}

constexpr core::ParamSpec beta1_spec(double default_value = 0.9) {
  return decay_spec("beta1", default_value,
                    "Memory of the running mean of the gradients (momentum). Higher smooths more and overshoots more.");
}

constexpr core::ParamSpec beta2_spec(double default_value = 0.999) {
  return decay_spec("beta2", default_value,
                    "Memory of the running size of the gradients, which scales each coordinate's step. Lower reacts "
                    "faster to a change of slope.");
}

constexpr core::ParamSpec epsilon_spec(double default_value) {
  return {.name = "epsilon",
          .default_value = default_value,
          .minimum = 1e-30,
          .maximum = 10,
          .scale = core::ParamScale::log,
          .doc =
              "Added where the step divides by the size of the gradients, so that tiny gradients do not become huge "
              "steps. Larger turns the method towards plain gradient descent.",
          .slider_minimum = 1e-12,
          .slider_maximum = 1};
}

constexpr core::ParamSpec weight_decay_spec(double default_value = 0) {
  return {.name = "weight_decay",
          .default_value = default_value,
          .minimum = 0,
          .maximum = 100,
          .doc =
              "Adds this times the parameters to the gradient (an L2 penalty): keeps weights small and shifts the "
              "minimum towards the origin.",
          .slider_minimum = 0,
          .slider_maximum = 0.1};
}

}  // namespace descent::optim
