// SPDX-License-Identifier: MIT
// Loss and accuracy against epochs, for training batches and the test set: large in the lens Training, where kept runs
// are fainter lines beside the present one, small beside the other lenses.
#pragma once

#include <memory>
#include <string>
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
  static void smooth(const Columns& columns, double weight, Columns& out);
  void refresh_kept(const PanelContext& context);

  // A kept run, as it was drawn last.
  struct KeptCurve {
    std::shared_ptr<const training::KeptRun> run;
    std::string name;
    double weight = 0;  // of the smoothing
    Columns train;      // smoothed
  };
  std::vector<KeptCurve> kept_;
  Columns train_, test_, smooth_;
};

}  // namespace descent::web
