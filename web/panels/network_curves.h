// SPDX-License-Identifier: MIT
// Loss and accuracy against epochs, for training batches and the test set.
#pragma once

#include <vector>

#include "web/panels/panel.h"

namespace descent::web {

class NetworkCurvesPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // One curve's columns, rebuilt when the snapshot's curve grew or started anew.
  struct Columns {
    std::vector<double> epoch, loss, accuracy;
  };
  static void refill(Columns& columns, const std::vector<train::CurvePoint>& curve);

  Columns train_, test_;
};

}  // namespace descent::web
