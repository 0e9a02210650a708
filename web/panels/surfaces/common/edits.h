// SPDX-License-Identifier: MIT
// Changes that several panels of the Surfaces workspace offer: in the interface's own configuration at once, and sent
// to the race.
#pragma once

#include "engine/survey/axis.h"
#include "web/panels/page/panel.h"

namespace descent::web {

// Three significant digits, for numbers that come from a place in a picture.
[[nodiscard]] double rounded_number(double value);

// One hyper-parameter of the race's runner `runner`, kept inside its limits; the history stays.
void set_hyperparameter(PanelContext& context, int runner, int index, double value);

// Everybody begins at `start`.
void set_start(PanelContext& context, surfaces::Point start);

// What an axis of a map shows, for the race's runner `runner`: its present value (NaN while the race is another one
// than the map's), and the same changed, kept inside its limits.
[[nodiscard]] double axis_value(const PanelContext& context, int runner, const survey::AxisChoice& axis);
void set_axis(PanelContext& context, int runner, const survey::AxisChoice& axis, double value);

}  // namespace descent::web
