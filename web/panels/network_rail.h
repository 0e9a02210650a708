// SPDX-License-Identifier: MIT
// The Network workspace's rail: data set, network, optimizer and its hyper-parameters, run settings, transport with
// progress, weights as a file.
#pragma once

#include "web/panels/panel.h"

namespace descent::web {

class NetworkRailPanel : public Panel {
 public:
  void draw(PanelContext& context) override;
};

}  // namespace descent::web
