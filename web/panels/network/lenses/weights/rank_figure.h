// SPDX-License-Identifier: MIT
// A matrix cut to a lower rank: what the digit reads as then, and the test accuracy at every rank.
#pragma once

#include <vector>

#include "engine/nn/outline.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class RankFigure {
 public:
  // The figure is as wide as the room; `height` points of it are the plot.
  void draw(PanelContext& context, const nn::WeightOutline& weight, float height);

 private:
  void draw_curve(PanelContext& context, const training::RankView* study, float height);

  std::vector<double> order_;  // 1, 2, … beside the accuracies
};

}  // namespace descent::web
