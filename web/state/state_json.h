// SPDX-License-Identifier: MIT
// The whole configuration as JSON: descent.state(), and the share link around it.
//   {version: 1, workspace, theme, scene, hide: [names], race: {…}, view: {three_d, contours, arrows, ellipse,
//    selected, x: [x0, x1], y: [y0, y1], yaw, pitch, distance, look: [x, y], basins, tab, tall, pin: [x, y] or []},
//    survey: {steps, measure, across, upwards}, sampling: {automatic, temperature, learning_rate, method, chains, seed,
//    bins, burn_in, steps_per_second}, network: {…, dataset?}, draft?: {network}}   race and network as in
//    engine/script/config_json.h
// Reading keeps what is there for absent parts, and changes nothing unless the whole text is good.
#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "web/state/scenes.h"
#include "web/state/shared_state.h"

namespace descent::web {

inline constexpr int kStateVersion = 1;

[[nodiscard]] io::JsonValue state_value(const SharedState& state);
[[nodiscard]] std::string state_json(const SharedState& state);

// `present` fills absent parts. Checks what the configurations' own readers check; the engine has the last word.
[[nodiscard]] core::Result<SharedState> read_state(const io::JsonValue& value, const SharedState& present);

// A scene's state over the page's first one; theme, network and hidden parts stay as in `present`.
[[nodiscard]] core::Result<SharedState> scene_state(const Scene& scene, const SharedState& present);

}  // namespace descent::web
