// SPDX-License-Identifier: MIT
// Architectures offered in the Network workspace. One more is one entry in presets.cpp; scripts may build any
// other.
#pragma once

#include <span>
#include <string_view>

#include "engine/nn/spec.h"

namespace descent::web {

struct NetworkPreset {
  std::string_view title;
  std::string_view doc;  // what it is for and what to look at
  nn::NetworkSpec (*make)() = nullptr;
};

[[nodiscard]] std::span<const NetworkPreset> network_presets();

// Index of the preset equal to `spec`, whatever its number of outputs, or -1 for a network of somebody's own.
[[nodiscard]] int find_preset(const nn::NetworkSpec& spec);

}  // namespace descent::web
