// SPDX-License-Identifier: MIT
// Layers and the units in them, in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/nn/spec.h"
#include "engine/training/lens.h"

namespace descent::web {

// "unit 5" of a vector; "row 4, column 7, channel 12" of a map, all counted from 0.
[[nodiscard]] std::string place_words(const nn::Shape& shape, std::int64_t unit);
// "128"; "26×26×32"
[[nodiscard]] std::string extents_text(const nn::Shape& shape);
// layer_title() is what people call a type of layer: "Convolution"; the type itself when the catalog does not know it.
[[nodiscard]] std::string layer_title(std::string_view type);
// "Convolution"; of the image (layer -1): "Digit"; the type itself when the catalog does not know it.
[[nodiscard]] std::string layer_words(const training::Inspection& seen, int layer);
// "Conv": the same where there is little room.
[[nodiscard]] std::string layer_brief(const training::Inspection& seen, int layer);

}  // namespace descent::web
