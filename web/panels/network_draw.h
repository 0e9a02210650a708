// SPDX-License-Identifier: MIT
// The drawing pad of the Network workspace and the chart of probabilities it shares with the activations.
#pragma once

#include <span>

#include "web/panels/panel.h"

namespace descent::web {

// The pad with the network's probabilities beside it.
void draw_pad(PanelContext& context);

// Ten horizontal bars, one a digit; the largest in the accent colour. probabilities: (10), or empty; label: -1 =
// unknown.
void draw_probabilities(std::span<const float> probabilities, int label, float width, float height);

}  // namespace descent::web
