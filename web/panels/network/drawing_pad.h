// SPDX-License-Identifier: MIT
// The drawing pad of the Network workspace and the chart of probabilities it shares with the activations.
#pragma once

#include <span>

#include "web/panels/page/panel.h"

namespace descent::web {

// The pad with the network's probabilities beside it.
void draw_pad(PanelContext& context);

// What to draw as horizontal bars, one a class, the largest in the accent colour.
struct ClassChart {
  std::span<const float> probabilities;        // (classes), or empty: none yet
  std::span<const std::int32_t> class_labels;  // (classes)
  int label = -1;                              // the true class; -1: unknown
};

// Of more than a dozen classes only the most probable ones, the true one among them.
void draw_probabilities(ClassChart chart, float width, float height);

}  // namespace descent::web
