// SPDX-License-Identifier: MIT
// The outline of a network: what comes out of each layer and how many parameters it has, without any memory for them.
// For an editor, which asks at every change, and for scripts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/spec.h"

namespace descent::nn {

// A weight matrix. A row is what one output is made with, in the shape of what it reads: a convolution's window, a
// dense layer's feature map before it was flattened.
struct WeightOutline {
  std::string parameter;                            // "0.weight"
  std::array<std::int64_t, 4> extents{1, 1, 1, 1};  // (outputs, maps, height, width), torch's order

  [[nodiscard]] std::int64_t rows() const { return extents[0]; }
  [[nodiscard]] std::int64_t columns() const { return extents[1] * extents[2] * extents[3]; }
  [[nodiscard]] std::int64_t size() const { return rows() * columns(); }
  friend bool operator==(const WeightOutline&, const WeightOutline&) = default;
};

struct LayerOutline {
  std::string type;  // "conv2d"
  Shape output;
  std::int64_t parameters = 0;          // numbers that are learned
  std::optional<WeightOutline> weight;  // none in layers without parameters
};

struct Outline {
  std::vector<LayerOutline> layers;  // all of them, or those before the layer that does not fit
  std::int64_t parameters = 0;       // of these layers together
  core::Status fits;                 // what Network::build would refuse, in the same sentence, room in memory apart
};

[[nodiscard]] Outline outline(const NetworkSpec& spec);

}  // namespace descent::nn
