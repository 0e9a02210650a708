// SPDX-License-Identifier: MIT
// Train, pause, step and reset; within reach on every screen.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_transport();

// The same actions for the keyboard.
void toggle_training(PanelContext& context);
void train_one_step(PanelContext& context);
void reset_training(PanelContext& context);

}  // namespace descent::web
