// SPDX-License-Identifier: MIT
// Changes that several panels of the Surfaces workspace offer: in the interface's own configuration at once, and sent
// to the race.
#pragma once

#include <string>

#include "web/panels/panel.h"

namespace descent::web {

// Three significant digits, for numbers that come from a place in a picture.
[[nodiscard]] double rounded_number(double value);

// One hyper-parameter of the race's runner `runner`, kept inside its limits; the history stays.
void set_hyperparameter(PanelContext& context, int runner, int index, double value);

// Everybody begins at `start`.
void set_start(PanelContext& context, surfaces::Point start);

// Unique among runners of the same optimizer: "adam", "adam 2", …
[[nodiscard]] std::string runner_name(const PanelContext& context, int runner);

}  // namespace descent::web
