// SPDX-License-Identifier: MIT
// One weight and one image: the gradient of the loss as a sum over the places where the weight is used, and the same
// number by nudging the weight.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/inspect/double_twin.h"
#include "engine/inspect/pass.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct WeightTerms {
  float value = 0;
  float gradient = 0;  // the engine's: ∂loss/∂weight of this image alone
  // A term for each place (height, width) of the layer's output, one for a dense layer: delta · derivative. They add up
  // to the gradient.
  std::vector<float> terms;
  std::array<int, 2> terms_shape{1, 1};
  std::vector<float> derivatives;  // ∂output/∂weight at each place: the input under a weight (0 in the padding), or 1
  std::vector<float> deltas;       // ∂loss/∂output at each place
  CentralDifference difference;
};

// One weight of a kernel's plane, with its part of the same gradient.
struct KernelWeight {
  std::int64_t index = 0;    // in torch's order
  double gradient = 0;       // the sum of `terms`
  std::vector<float> terms;  // (terms_shape)
};
// The k × k weights with which the filter of this weight reads the same channel, row by row; empty when it is no
// weight of a convolution. The weight must be there.
[[nodiscard]] std::vector<KernelWeight> kernel_plane(const nn::Network<float>& network, const Pass& pass,
                                                     std::string_view parameter, std::int64_t index);

// image_gradients() gives ∂loss/∂weight of each image of a batch alone, with dropout off. images: (n, input_size),
// labels: (n). arena_index: of Network::parameters(). The mean is the gradient of the batch's mean loss.
[[nodiscard]] std::vector<float> image_gradients(const nn::Network<float>& network, std::span<const float> images,
                                                 std::span<const std::uint16_t> labels, std::int64_t arena_index,
                                                 parallel::ThreadPool& pool);

// index: in torch's order. An error when the network has no such parameter or element.
[[nodiscard]] core::Result<WeightTerms> weight(const nn::Network<float>& network, const Pass& pass, DoubleTwin& twin,
                                               std::string_view parameter, std::int64_t index);

}  // namespace descent::inspect
