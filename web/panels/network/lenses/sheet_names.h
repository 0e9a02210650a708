// SPDX-License-Identifier: MIT
// What the sheets of the lens Gradients show and are called: of the digit, and of every layer that changes a value.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/training/lens.h"
#include "web/model/network/sheets.h"

namespace descent::web {

// The values of a sheet: of the image (layer −1) or of a layer, as they flow forward or back; empty while unknown.
[[nodiscard]] std::span<const float> values_of(const training::Inspection& seen, int layer, bool backward);
// Layers that move no value have no sheet of their own.
[[nodiscard]] std::vector<SheetSubject> subjects_of(const training::Inspection& seen);
// "26×26×32", "128".
[[nodiscard]] std::string extents(const nn::Shape& shape);
[[nodiscard]] std::string title_of(const training::Inspection& seen, int layer);
[[nodiscard]] std::string brief_of(const training::Inspection& seen, int layer);
// Where a unit is, in words: "row 3, column 4, channel 1", "unit 17".
[[nodiscard]] std::string place_words(const nn::Shape& shape, std::int64_t unit);

}  // namespace descent::web
