// SPDX-License-Identifier: MIT
// Where a network has a kink between two images or two values of a weight: ReLUs that are open for one and shut for the
// other, and max-pooling windows that take another cell.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/nn/layer.h"
#include "engine/nn/network.h"

namespace descent::inspect {

// How many of them there are from layer `first` on. a, b: of this network.
template <class T>
[[nodiscard]] std::int64_t switches(const nn::Network<T>& network, const nn::Trace<T>& a, const nn::Trace<T>& b,
                                    int first) {
  std::int64_t count = 0;
  for (auto i = static_cast<std::size_t>(first); i < a.outputs.size(); ++i) {
    for (std::size_t k = 0; k < a.caches[i].size(); ++k) count += a.caches[i][k] != b.caches[i][k] ? 1 : 0;
    if (!network.layer(static_cast<int>(i)).traits().relu) continue;
    for (std::size_t k = 0; k < a.outputs[i].size(); ++k)
      count += (a.outputs[i][k] > 0) != (b.outputs[i][k] > 0) ? 1 : 0;
  }
  return count;
}

}  // namespace descent::inspect
