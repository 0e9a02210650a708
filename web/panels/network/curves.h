// SPDX-License-Identifier: MIT
// Loss and accuracy against epochs, for training batches and the test set: large in the lens Training, small beside the
// other lenses.
#pragma once

#include <vector>

#include "web/panels/page/panel.h"

namespace descent::web {

enum class CurveSize { large, small, tiny };  // tiny: the loss alone

class NetworkCurves {
 public:
  // Fills context.width × context.height points from the cursor on.
  void draw(PanelContext& context, CurveSize size);

 private:
  // One curve's columns as the plot wants them.
  struct Columns {
    std::vector<double> epoch, loss, accuracy;
  };
  void draw_line(const PanelContext& context);
  static void draw_smoothing(PanelContext& context);
  void draw_plot(const PanelContext& context, CurveSize size, bool accuracy);
  static void refill(Columns& columns, const std::vector<training::CurvePoint>& curve);

  Columns train_, test_, smooth_;
};

}  // namespace descent::web
