// SPDX-License-Identifier: MIT
// Truncation: what a network makes of one image when one of its weight matrices is cut to a lower rank, as in ranks.h,
// which judges whole test sets. The layer's outputs are projected, and only the layers behind run again.
#pragma once

#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/inspect/matrices/svd.h"
#include "engine/nn/network.h"

namespace descent::inspect {

class Truncation {
 public:
  // start() takes the parameters as they are now. It fails when `parameter` is no weight matrix.
  [[nodiscard]] static core::Result<Truncation> start(const nn::Network<float>& network, std::string_view parameter);

  [[nodiscard]] int ranks() const { return factors_.count; }
  [[nodiscard]] int layer() const { return layer_; }
  [[nodiscard]] const Svd& factors() const { return factors_; }  // left vectors alone
  [[nodiscard]] const std::vector<float>& bias() const { return bias_; }
  // (classes), with rank 1 … ranks(). trace: an image's way through the same network with the same parameters.
  [[nodiscard]] std::vector<float> probabilities(const nn::Network<float>& network, nn::Trace<float> trace,
                                                 int rank) const;

 private:
  int layer_ = 0;
  Svd factors_;              // left vectors alone
  std::vector<float> bias_;  // (rows)
};

}  // namespace descent::inspect
