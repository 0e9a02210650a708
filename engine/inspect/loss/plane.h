// SPDX-License-Identifier: MIT
// Plane: weights w + a d₁ + b d₂, in which the loss can be drawn, and four ways of choosing the two directions. All
// arrays are in the order of Network::parameters().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/network.h"

namespace descent::inspect {

struct Plane {
  std::vector<float> middle;                     // (parameters) w, the network's weights
  std::array<std::vector<float>, 2> directions;  // (parameters) each: d₁ and d₂
};

// A point of the plane, each weight rounded once. (0, 0) is the middle to the bit. out: (parameters).
void weights_at(const Plane& plane, double a, double b, std::span<float> out);
void weights_at(const Plane& plane, double a, double b, std::span<double> out);

// Normal random numbers, those of each filter (the weights of one output of a convolution or a dense layer) scaled to
// the length that the network's filter has, biases 0: Li, Xu, Taylor, Studer & Goldstein, "Visualizing the loss
// landscape of neural nets", NeurIPS 2018. The two are not made orthogonal, as there; in so many dimensions they nearly
// are.
[[nodiscard]] Plane random_plane(const nn::Network<float>& network, std::uint64_t seed);

// Where earlier weights of a run lie, seen from the plane.
struct PlanePath {
  std::vector<std::array<double, 2>> points;  // (checkpoints) a and b of the nearest point of the plane
  // How far the checkpoints lie from the plane, relative to how far they lie from its middle (root mean squares): 0
  // when the run lies in the plane, 1 when it leaves it at right angles. 0 without checkpoints.
  double gap = 0;
};
// checkpoints: (parameters) each.
[[nodiscard]] PlanePath path_on(const Plane& plane, std::span<const std::span<const float>> checkpoints);

struct PcaPlane {
  Plane plane;  // orthonormal directions
  // Shares of Σ ‖checkpoint − w‖² along the two: explained₁ + explained₂ + gap² = 1.
  std::array<double, 2> explained{};
  PlanePath path;
};
// The principal components of the checkpoints' differences to the network's present weights, without centring, as in
// the paper above. A run along a line, whose second component vanishes, gets a random second direction (random_plane).
// An error when no checkpoint differs from the present weights.
[[nodiscard]] core::Result<PcaPlane> pca_plane(const nn::Network<float>& network,
                                               std::span<const std::span<const float>> checkpoints, std::uint64_t seed);

// Down the gradient, and the part of the top curvature's vector (Sharpness) at right angles to it; orthonormal. An
// error when the gradient vanishes or both point the same way.
[[nodiscard]] core::Result<Plane> curvature_plane(const nn::Network<float>& network, std::span<const float> gradient,
                                                  std::span<const float> vector);

// One element of a parameter, by torch's names and order.
struct PlaneWeight {
  std::string_view parameter;
  std::int64_t index = 0;
};
// Two single weights. An error when one does not exist or both are the same.
[[nodiscard]] core::Result<Plane> weights_plane(const nn::Network<float>& network,
                                                const std::array<PlaneWeight, 2>& weights);

}  // namespace descent::inspect
