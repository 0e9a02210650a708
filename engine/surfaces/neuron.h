// SPDX-License-Identifier: MIT
// The data of the surface "neuron" for those who draw them: its parameters are the coordinates of eight points,
// x1, y1, x2, y2, …, and a point (w, b) of the surface is the curve y = σ(wx + b) through them.
#pragma once

#include <cstddef>

#include "engine/surfaces/surface.h"

namespace descent::surfaces {

inline constexpr std::size_t kNeuronPoints = 8;

// The places of the coordinates of data point i (0 …) among the parameters.
[[nodiscard]] constexpr std::size_t neuron_input_index(std::size_t i) {
  return 2 * i;
}
[[nodiscard]] constexpr std::size_t neuron_target_index(std::size_t i) {
  return 2 * i + 1;
}

// σ(wx + b) at the point (w, b) of the surface.
[[nodiscard]] double neuron_output(Point weights, double input);

}  // namespace descent::surfaces
