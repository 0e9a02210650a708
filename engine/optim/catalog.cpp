// SPDX-License-Identifier: MIT
// The list of optimizers, in the order of the menu. One more optimizer is one file that defines `CatalogEntry name()`
// and one line here, with its family. The list is explicit: objects of a static library that nothing refers to would be
// dropped by the linker.
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "engine/optim/families.h"
#include "engine/optim/optimizer.h"

#define DESCENT_OPTIMIZERS(X)    \
  X(gradient_descent, gradient)  \
  X(momentum, momentum)          \
  X(nesterov, momentum)          \
  X(momentum_restart, momentum)  \
  X(adagrad, adaptive)           \
  X(adadelta, adaptive)          \
  X(rmsprop, adaptive)           \
  X(adam, adaptive)              \
  X(amsgrad, adaptive)           \
  X(adamax, adaptive)            \
  X(nadam, adaptive)             \
  X(radam, adaptive)             \
  X(adamw, adaptive)             \
  X(adabelief, adaptive)         \
  X(yogi, adaptive)              \
  X(adan, adaptive)              \
  X(lion, signs)                 \
  X(rprop, signs)                \
  X(newton, hessian)             \
  X(newton_raphson, hessian)     \
  X(saddle_free_newton, hessian) \
  X(trust_region, hessian)       \
  X(conjugate_gradient, learned) \
  X(bfgs, learned)               \
  X(lbfgs, learned)              \
  X(nelder_mead, values)

namespace descent::optim {

#define DESCENT_DECLARE(name, family) CatalogEntry name();
DESCENT_OPTIMIZERS(DESCENT_DECLARE)
#undef DESCENT_DECLARE

std::span<const CatalogEntry> catalog() {
#define DESCENT_LIST(name, family) name(),
  static const std::array entries{DESCENT_OPTIMIZERS(DESCENT_LIST)};
#undef DESCENT_LIST
  return entries;
}

Family family_of(std::string_view optimizer) {
#define DESCENT_MATCH(name, family) \
  if (optimizer == #name) return Family::family;
  DESCENT_OPTIMIZERS(DESCENT_MATCH)
#undef DESCENT_MATCH
  return Family::none;
}

std::string_view title_of(Family family) {
  constexpr std::array<std::string_view, 8> kTitles{"",
                                                    "Plain gradient",
                                                    "Momentum",
                                                    "Adaptive: a rate for each coordinate",
                                                    "Signs of the gradient",
                                                    "Second order: the Hessian itself",
                                                    "Second order, learned from the gradients",
                                                    "Values alone, no gradient"};
  return kTitles[static_cast<std::size_t>(family)];
}

std::string_view reach_of(Family family) {
  constexpr std::array<std::string_view, 8> kReasons{
      "",
      "",
      "It adds up earlier steps, so it stays fast where the slope is small.",
      "It divides the slope by the size of recent slopes, so it stays fast where they are small.",
      "It goes by the signs of the slope, so it is as fast where the slope is small.",
      "It divides the slope by the curvature, so it takes long steps where the surface bends little.",
      "It learns the curvature from slopes on its way, and takes long steps where the surface bends little.",
      "It compares values alone, and goes on in longer steps as long as they fall."};
  return kReasons[static_cast<std::size_t>(family)];
}

const CatalogEntry* find_optimizer(std::string_view name) {
  for (const CatalogEntry& entry : catalog())
    if (entry.info->name == name) return &entry;
  return nullptr;
}

namespace {

std::string unknown_name(std::string_view name) {
  std::string known;
  for (const CatalogEntry& entry : catalog()) known += (known.empty() ? "" : ", ") + std::string(entry.info->name);
  return core::fill("there is no optimizer '{}'; known are {}", name, known);
}

}  // namespace

template <class T>
core::Result<std::unique_ptr<Optimizer<T>>> make_optimizer(std::string_view name,
                                                           std::span<const double> hyperparameters) {
  const CatalogEntry* entry = find_optimizer(name);
  if (entry == nullptr) return core::Error{unknown_name(name)};
  std::unique_ptr<Optimizer<T>> optimizer;
  if constexpr (std::is_same_v<T, double>) {
    optimizer = entry->make_double();
  } else {
    if (entry->make_float == nullptr)
      return core::Error{core::fill("{} evaluates the whole objective in every step and runs on surfaces only", name)};
    optimizer = entry->make_float();
  }
  if (hyperparameters.empty()) return optimizer;
  if (core::Status status = core::check_params(name, entry->info->parameters, hyperparameters); !status.ok())
    return status.error();
  optimizer->configure(hyperparameters);
  return optimizer;
}

template core::Result<std::unique_ptr<Optimizer<double>>> make_optimizer<double>(std::string_view,
                                                                                 std::span<const double>);
template core::Result<std::unique_ptr<Optimizer<float>>> make_optimizer<float>(std::string_view,
                                                                               std::span<const double>);

}  // namespace descent::optim
