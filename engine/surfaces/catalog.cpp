// SPDX-License-Identifier: MIT
// The list of surfaces, in the order of the menu. One more surface is one file that defines `CatalogEntry name()` and
// one line here, with its group. The list is explicit: objects of a static library that nothing refers to would be
// dropped by the linker.
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "engine/surfaces/expression_surface.h"
#include "engine/surfaces/groups.h"
#include "engine/surfaces/surface.h"

#define DESCENT_SURFACES(X)     \
  X(quadratic, bowls)           \
  X(rosenbrock, valleys)        \
  X(himmelblau, minima)         \
  X(beale, plateaus)            \
  X(styblinski_tang, minima)    \
  X(rastrigin, minima)          \
  X(ackley, kinks)              \
  X(saddle, saddles)            \
  X(monkey_saddle, saddles)     \
  X(three_hump_camel, minima)   \
  X(booth, bowls)               \
  X(goldstein_price, valleys)   \
  X(six_hump_camel, minima)     \
  X(branin, minima)             \
  X(mccormick, valleys)         \
  X(freudenstein_roth, valleys) \
  X(double_well, minima)        \
  X(levy, minima)               \
  X(griewank, minima)           \
  X(bohachevsky, minima)        \
  X(drop_wave, minima)          \
  X(eggholder, kinks)           \
  X(bukin, kinks)               \
  X(easom, plateaus)            \
  X(plateau, plateaus)          \
  X(ravine_noise, valleys)      \
  X(neuron, valleys)

namespace descent::surfaces {

#define DESCENT_DECLARE(name, group) CatalogEntry name();
DESCENT_SURFACES(DESCENT_DECLARE)
#undef DESCENT_DECLARE

std::span<const CatalogEntry> catalog() {
#define DESCENT_LIST(name, group) name(),
  static const std::array entries{DESCENT_SURFACES(DESCENT_LIST)};
#undef DESCENT_LIST
  return entries;
}

Group group_of(std::string_view surface) {
#define DESCENT_MATCH(name, group) \
  if (surface == #name) return Group::group;
  DESCENT_SURFACES(DESCENT_MATCH)
#undef DESCENT_MATCH
  return Group::none;
}

std::string_view title_of(Group group) {
  constexpr std::array<std::string_view, 7> kTitles{"",         "Bowls",   "Valleys", "Many minima",
                                                    "Plateaus", "Saddles", "Kinks"};
  return kTitles[static_cast<std::size_t>(group)];
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
