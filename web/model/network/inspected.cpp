// SPDX-License-Identifier: MIT
#include "web/model/network/inspected.h"

#include <cstddef>

#include "engine/data/dataset.h"

namespace descent::web {

bool has_layer(const training::Inspection& seen, int layer) {
  return layer >= -1 && layer < static_cast<int>(seen.layers.size());
}

nn::Shape shape_of(const training::Inspection& seen, int layer) {
  if (layer < 0) return {data::kDigitSize, data::kDigitSize, 1};
  return seen.layers[static_cast<std::size_t>(layer)].shape;
}

std::span<const float> values_of(const training::Inspection& seen, int layer, bool backward) {
  if (layer < 0) return backward ? seen.image_delta : seen.image;
  const training::LayerActivation& found = seen.layers[static_cast<std::size_t>(layer)];
  return backward ? found.delta : found.values;
}

}  // namespace descent::web
