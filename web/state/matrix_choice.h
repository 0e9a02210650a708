// SPDX-License-Identifier: MIT
// Says which weight matrix the lens Weights shows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/outline.h"
#include "web/state/network_lens.h"

namespace descent::web {

struct MatrixEntry {
  std::string type;  // of the layer: "conv2d"
  nn::WeightOutline weight;
  int layer = 0;
  friend bool operator==(const MatrixEntry&, const MatrixEntry&) = default;
};

struct MatrixChoice {
  std::vector<MatrixEntry> entries;  // of the network, in the order of its layers
  std::size_t index = 0;             // the one that is shown, where there are any

  [[nodiscard]] const MatrixEntry* shown() const { return entries.empty() ? nullptr : &entries[index]; }
};

// The convolution that reads the digit itself, whose filters have one channel; nullptr: there is none.
[[nodiscard]] const MatrixEntry* digit_filters(const MatrixChoice& choice);

// The row of a dense layer's matrix that the pin is about; 0 where that is none.
[[nodiscard]] int pinned_row(const NetworkPin& pin, const MatrixEntry& entry);

// wanted: NetworkLens::matrix. Where the network has no matrix of that name it is the largest dense layer's.
[[nodiscard]] MatrixChoice choose_matrix(const nn::NetworkSpec& network, std::string_view wanted);

}  // namespace descent::web
