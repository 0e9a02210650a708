// SPDX-License-Identifier: MIT
// What the page looks at in a network, and what it sees there: a digit on its way through the layers. The trainer
// computes with each refresh of its views what is wished for, and nothing else (Trainer::look).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/nn/spec.h"

namespace descent::training {

struct LensWish {
  std::int64_t test_index = 0;  // which test image, counted from 0
  std::vector<float> image;     // (784) 0 … 1, row 0 on top: looked at in its place; empty: the test image
  bool deltas = false;          // of all layers

  [[nodiscard]] bool own_image() const { return !image.empty(); }
  friend bool operator==(const LensWish&, const LensWish&) = default;
};

struct LayerActivation {
  std::string type;           // "conv2d"
  nn::Shape shape;            // output, (height, width, channels), channels innermost
  std::vector<float> values;  // shape.size()
  std::vector<float> delta;   // ∂loss/∂values of this image alone; empty unless wished for
};

// What the network makes of the digit, refreshed while training.
struct Inspection {
  std::uint64_t version = 0;         // changes with every refresh
  std::int64_t test_index = -1;      // -1: an image of one's own
  int label = -1;                    // the class, counted from 0; -1: unknown
  std::string refusal;               // why there is nothing to see, a sentence; else empty
  std::vector<float> image;          // (784) 0 … 1
  std::vector<float> probabilities;  // (classes)
  std::vector<LayerActivation> layers;
  // With deltas: the loss −log p of this image, the class whose loss it is (the label, for an image of one's own the
  // answer), and ∂loss/∂image (784).
  double loss = 0;
  int judged = -1;
  std::vector<float> image_delta;
};

}  // namespace descent::training
