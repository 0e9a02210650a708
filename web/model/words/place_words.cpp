// SPDX-License-Identifier: MIT
#include "web/model/words/place_words.h"

#include "engine/core/fill.h"
#include "engine/nn/layer.h"

namespace descent::web {
namespace {

bool is_vector(const nn::Shape& shape) {
  return shape.flat || shape.height * shape.width == 1;
}

std::string named(const training::Inspection& seen, int layer, std::string_view nn::LayerInfo::*name) {
  if (layer < 0) return "Digit";
  const std::string& type = seen.layers[static_cast<std::size_t>(layer)].type;
  const nn::LayerType* known = nn::find_layer_type(type);
  return known == nullptr ? type : std::string(known->info->*name);
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

std::string layer_title(std::string_view type) {
  const nn::LayerType* known = nn::find_layer_type(type);
  return std::string(known == nullptr ? type : known->info->title);
}

std::string layer_words(const training::Inspection& seen, int layer) {
  return named(seen, layer, &nn::LayerInfo::title);
}

std::string layer_brief(const training::Inspection& seen, int layer) {
  return named(seen, layer, &nn::LayerInfo::brief);
}

}  // namespace descent::web
