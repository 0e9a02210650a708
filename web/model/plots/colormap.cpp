// SPDX-License-Identifier: MIT
#include "web/model/plots/colormap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace descent::web {
namespace {

constexpr std::array<std::uint32_t, 33> kViridis{
    0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453781, 0x424086, 0x3e4989, 0x3b528b, 0x375b8d, 0x33638d,
    0x2f6b8e, 0x2c728e, 0x297a8e, 0x26828e, 0x23898e, 0x21918c, 0x1f978b, 0x1f9f88, 0x21a685, 0x27ad81, 0x31b57b,
    0x3dbc74, 0x4cc26c, 0x5cc863, 0x6ece58, 0x81d34d, 0x95d840, 0xaadc32, 0xc0df25, 0xd5e21a, 0xeae51a, 0xfde725};
// Blue, light gray, orange: negative, zero, positive.
constexpr std::array<std::uint32_t, 3> kDiverging{0x2d7fd3, 0xf2f2f2, 0xe0731d};

float channel(std::uint32_t color, int shift) {
  return static_cast<float>((color >> shift) & 255U) / 255.0F;
}

Rgb interpolate(std::span<const std::uint32_t> colors, float t) {
  const float position = std::clamp(t, 0.0F, 1.0F) * static_cast<float>(colors.size() - 1);
  const auto index = std::min(static_cast<std::size_t>(position), colors.size() - 2);
  const float s = position - static_cast<float>(index);
  const auto mix = [&](int shift) {
    return (1 - s) * channel(colors[index], shift) + s * channel(colors[index + 1], shift);
  };
  return {mix(16), mix(8), mix(0)};
}

}  // namespace

Rgb colormap(Colormap map, float t) {
  switch (map) {
    case Colormap::viridis:
      return interpolate(kViridis, t);
    case Colormap::diverging:
      return interpolate(kDiverging, t);
    case Colormap::gray:
      break;
  }
  const float value = std::clamp(t, 0.0F, 1.0F);
  return {value, value, value};
}

Rgb surface_color(Theme theme, float t) {
  if (theme == Theme::dark) {
    const Rgb c = interpolate(kViridis, 0.92F * t);
    const float tone = 0.80F - 0.20F * t;  // heights recede, valleys keep their colour
    return {tone * c.r, tone * c.g, tone * c.b};
  }
  const Rgb c = interpolate(kViridis, 0.06F + 0.94F * t);
  const float white = 0.38F + 0.14F * t;
  return {c.r + white * (1 - c.r), c.g + white * (1 - c.g), c.b + white * (1 - c.b)};
}

std::array<std::uint8_t, 4 * kColormapSize> surface_colormap(Theme theme) {
  std::array<std::uint8_t, 4 * kColormapSize> bytes{};
  for (std::size_t i = 0; i < kColormapSize; ++i) {
    const Rgb c = surface_color(theme, static_cast<float>(i) / (kColormapSize - 1));
    const auto byte = [](float value) { return static_cast<std::uint8_t>(std::lround(255 * value)); };
    bytes[4 * i + 0] = byte(c.r);
    bytes[4 * i + 1] = byte(c.g);
    bytes[4 * i + 2] = byte(c.b);
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}

}  // namespace descent::web
