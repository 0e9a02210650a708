// SPDX-License-Identifier: MIT
// The histogram of a matrix' elements with the law of its first values over it.
#pragma once

#include <cstdint>
#include <string>

#include "engine/nn/outline.h"
#include "web/model/network/weight_distribution.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class DistributionFigure {
 public:
  // The figure is as wide as the room; `height` points of it are the plot.
  void draw(PanelContext& context, const nn::WeightOutline& weight, float height);

 private:
  std::uint64_t version_ = 0;
  nn::WeightLaw law_;
  WeightFigures figures_;
  DensityCurve now_, first_;
};

}  // namespace descent::web
