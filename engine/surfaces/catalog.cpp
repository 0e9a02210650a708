// SPDX-License-Identifier: MIT
// The list of surfaces, in the order of the menu. One more surface is one file that defines `CatalogEntry name()` and
// one line here. The list is explicit: objects of a static library that nothing refers to would be dropped by the
// linker.
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "engine/surfaces/expression_surface.h"
#include "engine/surfaces/surface.h"

#define DESCENT_SURFACES(X) \
  X(quadratic)              \
  X(rosenbrock)             \
  X(himmelblau)             \
  X(beale)                  \
  X(styblinski_tang)        \
  X(rastrigin)              \
  X(ackley)                 \
  X(saddle)                 \
  X(monkey_saddle)          \
  X(three_hump_camel)       \
  X(booth)                  \
  X(goldstein_price)        \
  X(six_hump_camel)         \
  X(branin)                 \
  X(mccormick)              \
  X(freudenstein_roth)      \
  X(double_well)            \
  X(levy)                   \
  X(griewank)               \
  X(bohachevsky)            \
  X(drop_wave)              \
  X(eggholder)              \
  X(bukin)                  \
  X(easom)                  \
  X(plateau)                \
  X(ravine_noise)           \
  X(neuron)

namespace descent::surfaces {

#define DESCENT_DECLARE(name) CatalogEntry name();
DESCENT_SURFACES(DESCENT_DECLARE)
#undef DESCENT_DECLARE

std::span<const CatalogEntry> catalog() {
#define DESCENT_LIST(name) name(),
  static const std::array entries{DESCENT_SURFACES(DESCENT_LIST)};
#undef DESCENT_LIST
  return entries;
}

const CatalogEntry* find_surface(std::string_view name) {
  for (const CatalogEntry& entry : catalog())
    if (entry.info->name == name) return &entry;
  return nullptr;
}

core::Result<std::unique_ptr<Surface>> make_surface(const SurfaceChoice& choice) {
  return choice.is_expression() ? ExpressionSurface::make(choice) : make_surface(choice.surface, choice.parameters);
}

core::Result<std::unique_ptr<Surface>> make_surface(std::string_view name, std::span<const double> parameters) {
  const CatalogEntry* entry = find_surface(name);
  if (entry == nullptr) {
    std::string known;
    for (const CatalogEntry& one : catalog()) known += (known.empty() ? "" : ", ") + std::string(one.info->name);
    return core::Error{core::fill("there is no surface '{}'; known are {}", name, known)};
  }
  const std::vector<double> values = parameters.empty() ? core::default_values(entry->info->parameters)
                                                        : std::vector<double>(parameters.begin(), parameters.end());
  if (core::Status status = core::check_params(name, entry->info->parameters, values); !status.ok())
    return status.error();
  return entry->make(values);
}

}  // namespace descent::surfaces
