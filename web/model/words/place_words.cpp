// SPDX-License-Identifier: MIT
#include "web/model/words/place_words.h"

#include "engine/core/fill.h"
#include "engine/nn/layer.h"

namespace descent::web {
namespace {

bool is_vector(const nn::Shape& shape) {
  return shape.flat || shape.height * shape.width == 1;
}

}  // namespace

std::string place_words(const nn::Shape& shape, std::int64_t unit) {
  if (is_vector(shape)) return core::fill("unit {}", unit);
  const std::int64_t channel = unit % shape.channels, place = unit / shape.channels;
  return core::fill("row {}, column {}, channel {}", place / shape.width, place % shape.width, channel);
}

std::string extents_text(const nn::Shape& shape) {
  if (is_vector(shape)) return std::to_string(shape.size());
  return core::fill("{}×{}×{}", shape.height, shape.width, shape.channels);
}

std::string layer_words(const training::Inspection& seen, int layer) {
  if (layer < 0) return "Digit";
  const std::string& type = seen.layers[static_cast<std::size_t>(layer)].type;
  const nn::LayerType* known = nn::find_layer_type(type);
  return std::string(known == nullptr ? type : known->info->title);
}

}  // namespace descent::web
