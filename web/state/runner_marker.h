// SPDX-License-Identifier: MIT
// The marker shapes of the runners, by slot: eight shapes, which shift by three with every turn through them (as
// through the eight colours), so that sixteen runners are told apart without colour as well.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace descent::web {

enum class Marker { circle, triangle, square, diamond, cross, plus, star, hexagon };
inline constexpr int kMarkers = 8;

[[nodiscard]] constexpr Marker runner_marker(int slot) {
  return static_cast<Marker>((slot + 3 * (slot / kMarkers)) % kMarkers);
}

// One word, as sentences call the shape.
[[nodiscard]] constexpr std::string_view name_of(Marker marker) {
  constexpr std::array<std::string_view, kMarkers> kNames{"circle", "triangle", "square", "diamond",
                                                          "cross",  "plus",     "star",   "hexagon"};
  return kNames[static_cast<std::size_t>(marker)];
}

}  // namespace descent::web
