// SPDX-License-Identifier: MIT
// The chart of probabilities that activations and drawing pad share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "web/state/network_lens.h"

namespace descent::web {

// A ClassChart is what to draw as horizontal bars, one a class, the largest in the accent colour.
struct ClassChart {
  std::span<const float> probabilities;        // (classes), or empty: none yet
  std::span<const std::int32_t> class_labels;  // (classes)
  int label = -1;                              // the true class; -1: unknown
};

// Draws a bar for each class; with more than a dozen only those of the most probable ones, the true one among them.
// Returns the class that was pressed.
std::optional<int> draw_probabilities(ClassChart chart, float width, float height);
// The same; where the digit is one's own, a press on a class says that it is meant.
void draw_probabilities(ClassChart chart, LookedAtDigit& digit, float width, float height);

}  // namespace descent::web
