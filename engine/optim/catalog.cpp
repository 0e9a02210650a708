// SPDX-License-Identifier: MIT
// The list of optimizers, in the order of the menu. One more optimizer is one file that defines `CatalogEntry name()`
// and one line here. The list is explicit: objects of a static library that nothing refers to would be dropped by the
// linker.
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"

#define DESCENT_OPTIMIZERS(X) \
  X(gradient_descent)         \
  X(momentum)                 \
  X(nesterov)                 \
  X(momentum_restart)         \
  X(adagrad)                  \
  X(adadelta)                 \
  X(rmsprop)                  \
  X(adam)                     \
  X(amsgrad)                  \
  X(adamax)                   \
  X(nadam)                    \
  X(radam)                    \
  X(adamw)                    \
  X(adabelief)                \
  X(yogi)                     \
  X(adan)                     \
  X(lion)                     \
  X(rprop)                    \
  X(newton)                   \
  X(newton_raphson)           \
  X(saddle_free_newton)       \
  X(trust_region)             \
  X(conjugate_gradient)       \
  X(bfgs)                     \
  X(lbfgs)                    \
  X(nelder_mead)

namespace descent::optim {

#define DESCENT_DECLARE(name) CatalogEntry name();
DESCENT_OPTIMIZERS(DESCENT_DECLARE)
#undef DESCENT_DECLARE

std::span<const CatalogEntry> catalog() {
#define DESCENT_LIST(name) name(),
  static const std::array entries{DESCENT_OPTIMIZERS(DESCENT_LIST)};
#undef DESCENT_LIST
  return entries;
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
