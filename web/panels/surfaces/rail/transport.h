// SPDX-License-Identifier: MIT
// The Surfaces workspace's transport: a scrubber over the recorded steps with the step's number, a button that branches
// the chosen run at the step shown; play or pause, step back, step, reset, speed; and the same as functions for the
// keyboard.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_surfaces_transport();

// The buttons and the keys (space, right, left, R) do these.
void toggle_race(PanelContext& context);
void step_race(PanelContext& context);
void step_race_back(PanelContext& context);
void reset_race(PanelContext& context);

}  // namespace descent::web
