// SPDX-License-Identifier: MIT
// Holds what the Surfaces workspace starts from: the first race a visitor sees, the camera that fits a surface, and the
// configuration after another surface is chosen or an optimizer is added. Plain data from the catalogs; computes
// nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "engine/race/race.h"
#include "web/state/ui_state.h"

namespace descent::web {

// Three optimizers whose characters show at once in a curved valley. Links say where they differ from it: it stays.
[[nodiscard]] race::RaceConfig default_race();
// first_race() is what a first visit sees: tuned rates in a bent ravine, as fast as the eye follows. Momentum sweeps
// past, swings over and is first at the minimum, Adam takes the bend more tightly, gradient descent crawls behind.
[[nodiscard]] race::RaceConfig first_race();

// The rectangle worth showing of the race's surface (the unit square when that is unknown).
[[nodiscard]] surfaces::Domain surface_domain(const race::RaceConfig& race);
// The camera that shows all of it.
[[nodiscard]] SurfaceCamera default_camera(const race::RaceConfig& race);
// Moves `camera` there; the kind of view and its angles stay, a pinned point does not.
void turn_to_surface(SurfaceCamera& camera, const race::RaceConfig& race);
// False when the picture of one race has nothing to do with the other's: another surface, or another domain.
[[nodiscard]] bool same_domain(const race::RaceConfig& a, const race::RaceConfig& b);

// shown_surface() is what is known of the surface that the controls show, `shown`: the catalog's entry, or of a typed
// formula what the snapshot says; nullptr while the engine has not read that formula yet.
[[nodiscard]] const surfaces::SurfaceInfo* shown_surface(const race::RaceConfig& shown, const race::RaceSnapshot& race);

// `race` moved to another surface: its defaults for parameters and start, the same runners.
[[nodiscard]] race::RaceConfig race_on_surface(const race::RaceConfig& race, std::string_view surface);

// Values of parameters by name, as they were last seen.
using NamedValues = std::map<std::string, double, std::less<>>;
[[nodiscard]] NamedValues parameter_values(const race::RaceConfig& race);
// `race` on a formula, over the same domain and from the same start. Parameters take their values from `known`, new
// ones are 1.
[[nodiscard]] race::RaceConfig race_on_formula(const race::RaceConfig& race, const surfaces::TypedFormula& formula,
                                               const NamedValues& known);
// formula_to_edit() is what a person starts from who asks for an own formula: the present surface's, else a bowl with a
// parameter.
[[nodiscard]] std::string formula_to_edit(const race::RaceConfig& race);

// runners_to_suit() are the runners whose rate the page chooses on another surface, bit i for runner i. Kept is a rate
// that a person set (`own`: UiState::own_rates), and where optimizers differ in nothing but their rates.
[[nodiscard]] std::uint32_t runners_to_suit(const race::RaceConfig& race, std::span<const double> own);

// The runner that "add optimizer" adds: default hyper-parameters, the first colour not in use.
[[nodiscard]] race::RunnerConfig new_runner(const race::RaceConfig& race, std::string_view optimizer);

}  // namespace descent::web
