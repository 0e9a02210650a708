// SPDX-License-Identifier: MIT
// The images behind a cell of the confusion matrix, and the probabilities of a digit at another temperature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/training/lens.h"

namespace descent::web {

// softmax(logits / temperature).
[[nodiscard]] std::vector<float> softened(std::span<const float> logits, double temperature);

// Test images with this label and this answer, the largest loss first where it is a mistake, else in the set's order.
// Without a cell (label below 0): all mistakes, the costliest first. At most `most` of them; `total`: how many there
// are.
struct CellImages {
  std::vector<std::int32_t> images;
  std::size_t total = 0;
};
[[nodiscard]] CellImages images_of(const training::AnswerView& view, int label, int answer, std::size_t most);

// (classes, classes): how dark a cell of the matrix is, 0 … 1: log(1 + count) as a share of the largest off the
// diagonal. The diagonal, which has nearly all images, and empty cells are NaN.
[[nodiscard]] std::vector<float> cell_shades(const inspect::Confusion& confusion);

}  // namespace descent::web
