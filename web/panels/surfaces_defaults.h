// SPDX-License-Identifier: MIT
// What the Surfaces workspace starts from: the first race a visitor sees, the camera that fits a surface, and the
// configuration after another surface is chosen or an optimizer is added. Plain data from the catalogs; computes
// nothing.
#pragma once

#include <string_view>

#include "engine/train/race.h"
#include "web/ui_state.h"

namespace descent::web {

// Three optimizers whose characters show at once in a curved valley.
[[nodiscard]] train::RaceConfig default_race();

// The camera that shows the whole domain of `surface` (a catalog name; the unit square when unknown).
[[nodiscard]] SurfaceCamera default_camera(std::string_view surface);
// Moves `camera` to the domain of another surface; the kind of view and its angles stay.
void turn_to_surface(SurfaceCamera& camera, std::string_view surface);
[[nodiscard]] surfaces::Domain surface_domain(std::string_view surface);

// `race` moved to another surface: its defaults for parameters and start, the same runners.
[[nodiscard]] train::RaceConfig race_on_surface(const train::RaceConfig& race, std::string_view surface);

// The runner that "add optimizer" adds: default hyper-parameters, the first colour not in use.
[[nodiscard]] train::RunnerConfig new_runner(const train::RaceConfig& race, std::string_view optimizer);

}  // namespace descent::web
