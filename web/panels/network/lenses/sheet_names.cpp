// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/sheet_names.h"

#include "engine/core/fill.h"
#include "engine/data/dataset.h"
#include "web/panels/network/presets.h"

namespace descent::web {

std::span<const float> values_of(const training::Inspection& seen, int layer, bool backward) {
  if (layer < 0) return backward ? seen.image_delta : seen.image;
  const training::LayerActivation& found = seen.layers[static_cast<std::size_t>(layer)];
  return backward ? found.delta : found.values;
}

std::vector<SheetSubject> subjects_of(const training::Inspection& seen) {
  std::vector<SheetSubject> subjects{{-1, {data::kDigitSize, data::kDigitSize, 1}}};
  for (std::size_t i = 0; i < seen.layers.size(); ++i)
    if (seen.layers[i].type != "flatten") subjects.push_back({static_cast<int>(i), seen.layers[i].shape});
  return subjects;
}

std::string extents(const nn::Shape& shape) {
  if (shape.flat || shape.height * shape.width == 1) return std::to_string(shape.size());
  return core::fill("{}×{}×{}", shape.height, shape.width, shape.channels);
}

std::string title_of(const training::Inspection& seen, int layer) {
  if (layer < 0) return "Digit";
  return std::string(layer_title(seen.layers[static_cast<std::size_t>(layer)].type));
}

std::string brief_of(const training::Inspection& seen, int layer) {
  if (layer < 0) return "Digit";
  return std::string(layer_brief(seen.layers[static_cast<std::size_t>(layer)].type));
}

std::string place_words(const nn::Shape& shape, std::int64_t unit) {
  if (shape.flat || shape.height * shape.width == 1) return core::fill("unit {}", unit);
  const std::int64_t channel = unit % shape.channels, place = unit / shape.channels;
  return core::fill("row {}, column {}, channel {}", place / shape.width, place % shape.width, channel);
}

}  // namespace descent::web
