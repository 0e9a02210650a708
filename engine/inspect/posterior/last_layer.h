// SPDX-License-Identifier: MIT
// LastLayer: a network cut before its last layer, which is dense: z = W φ, where φ are the features, the numbers that
// the layer reads, and a 1 for the bias, which is W's last column. As a function of W alone the network is a linear
// softmax regression on φ; that is what a posterior of the last layer is about.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/nn/network.h"
#include "engine/nn/network_range.h"

namespace descent::inspect {

class LastLayer {
 public:
  // Working memory of a thread.
  struct Memory {
    nn::LayerRange<float>::Memory before, last;
  };

  // The parameters are copied: the network may go on. An error when its last layer is not dense, or memory is short.
  [[nodiscard]] static core::Result<LastLayer> cut(const nn::Network<float>& network);

  [[nodiscard]] int classes() const { return network_.classes(); }
  [[nodiscard]] int inputs() const { return static_cast<int>(last_.input_size()); }
  [[nodiscard]] int features() const { return inputs() + 1; }           // with the 1
  [[nodiscard]] int weights() const { return classes() * features(); }  // with the biases
  [[nodiscard]] std::int64_t image_size() const { return network_.input_size(); }

  // run() gives the features without the 1, (images, inputs), in the engine's order; they lie in `memory` until its
  // next use. images: (count, image_size).
  [[nodiscard]] const float* run(int count, const float* images, Memory& memory) const {
    return before_.run(count, images, memory.before);
  }
  // The network's logits (count, classes) of such features.
  [[nodiscard]] const float* logits(int count, const float* inputs, Memory& memory) const {
    return last_.run(count, inputs, memory.last);
  }
  // φ of one image (image_size), with the 1.
  [[nodiscard]] std::vector<double> features_of(std::span<const float> image) const;
  // W (classes, features), the network's.
  [[nodiscard]] std::vector<double> matrix() const;

 private:
  explicit LastLayer(nn::Network<float> network);

  nn::Network<float> network_;
  nn::LayerRange<float> before_, last_;
};

}  // namespace descent::inspect
