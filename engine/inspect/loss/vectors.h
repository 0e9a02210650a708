// SPDX-License-Identifier: MIT
// Sums over vectors as long as a network has weights, in double and in a fixed order.
#pragma once

#include <cmath>
#include <span>

namespace descent::inspect {

// All of the same length.
[[nodiscard]] double dot(std::span<const float> a, std::span<const float> b);
[[nodiscard]] inline double norm(std::span<const float> a) {
  return std::sqrt(dot(a, a));
}
// (a − origin) (b − origin), without rounding the differences.
[[nodiscard]] double dot_from(std::span<const float> origin, std::span<const float> a, std::span<const float> b);
// y += scale x.
void add_scaled(double scale, std::span<const float> x, std::span<float> y);
void scale_by(double scale, std::span<float> x);

}  // namespace descent::inspect
