// SPDX-License-Identifier: MIT
// Train, pause, step, reset and the progress of the run; stays at the foot of the rail, also on small screens.
#pragma once

#include "web/panels/panel.h"

namespace descent::web {

class NetworkTransportPanel : public Panel {
 public:
  void draw(PanelContext& context) override;
};

// The same actions for the keyboard.
void toggle_training(PanelContext& context);
void train_one_step(PanelContext& context);
void reset_training(PanelContext& context);

}  // namespace descent::web
