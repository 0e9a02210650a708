// SPDX-License-Identifier: MIT
// Says how strong the signals of a digit are in each layer, and where one dies.
#pragma once

#include <span>
#include <string>

#include "engine/training/lens.h"

namespace descent::web {

struct SignalFigures {
  double activation = 0;  // ‖values‖ of the layer's output
  double delta = 0;       // ‖∂loss/∂values‖
  double step = 0;        // ‖newest step‖ / ‖weights‖; 0 without parameters
};
// layer: -1 is the image.
[[nodiscard]] SignalFigures signal_figures(const training::Inspection& seen, int layer);

// A layer of ReLUs that are all shut, a blame that vanishes or explodes on its way back, with its numbers; empty when
// all is well or there are no deltas.
[[nodiscard]] std::string signal_sentence(const training::Inspection& seen);

// log_share() says how long a bar is, 0 … 1: whole for `most`, and a sixth less for each factor of ten below.
[[nodiscard]] float log_share(double value, double most);

}  // namespace descent::web
