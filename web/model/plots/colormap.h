// SPDX-License-Identifier: MIT
// Colour maps: viridis, a version of it for light backgrounds, and a diverging one, as 33 colours each with linear
// interpolation in between (within 2/255 of viridis' 256 entries).
// Reference: S. van der Walt and N. Smith, viridis, matplotlib 2.0 (2015), CC0.
#pragma once

#include <array>
#include <cstdint>

#include "web/state/theme.h"

namespace descent::web {

enum class Colormap { gray, viridis, diverging };

struct Rgb {
  float r = 0, g = 0, b = 0;  // 0 … 1
};

[[nodiscard]] Rgb colormap(Colormap map, float t);

// The map of the surface in a theme: toned towards the background, so that paths stand out.
[[nodiscard]] Rgb surface_color(Theme theme, float t);
// The same as a row of a texture.
inline constexpr int kColormapSize = 256;
[[nodiscard]] std::array<std::uint8_t, 4 * kColormapSize> surface_colormap(Theme theme);

}  // namespace descent::web
