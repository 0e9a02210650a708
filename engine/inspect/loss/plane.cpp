// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/plane.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/rng.h"
#include "engine/inspect/lookup.h"
#include "engine/inspect/loss/symmetric_eigen.h"
#include "engine/inspect/loss/vectors.h"

namespace descent::inspect {
namespace {

// Below this share of the whole, a component is what rounding makes of nothing.
constexpr double kNothing = 1e-10;

template <class T>
void sum_at(const Plane& plane, double a, double b, std::span<T> out) {
  const auto& [first, second] = plane.directions;
  DESCENT_ASSERT(out.size() == plane.middle.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<T>(static_cast<double>(plane.middle[i]) + a * static_cast<double>(first[i]) +
                            b * static_cast<double>(second[i]));
}

Plane plane_of(const nn::Network<float>& network) {
  const std::span<const float> weights = network.parameters();
  const std::vector<float> zeros(weights.size());
  return {{weights.begin(), weights.end()}, {zeros, zeros}};
}

// checkpoint − middle.
std::vector<float> difference(const Plane& plane, std::span<const float> checkpoint) {
  DESCENT_ASSERT(checkpoint.size() == plane.middle.size());
  std::vector<float> result(checkpoint.begin(), checkpoint.end());
  add_scaled(-1, plane.middle, result);
  return result;
}

void make_unit(std::vector<float>& vector) {
  scale_by(1 / norm(vector), vector);
}

// Takes from `vector` what points along the unit vector `along`; twice, as rounding leaves some of it.
void make_orthogonal(std::span<const float> along, std::vector<float>& vector) {
  for (int round = 0; round < 2; ++round) add_scaled(-dot(along, vector), along, vector);
}

std::vector<float> random_direction(const nn::Network<float>& network, std::uint64_t seed, std::uint64_t stream) {
  core::Rng rng(seed, stream);
  std::vector<float> direction(network.parameters().size());
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.shape.size() < 2) continue;
    std::vector<float> weights(static_cast<std::size_t>(info.size)), noise(weights.size());
    network.export_parameter(info, network.parameters(), weights);
    for (float& value : noise) value = static_cast<float>(rng.normal());
    const std::size_t filter = weights.size() / static_cast<std::size_t>(info.shape.front());
    for (std::size_t at = 0; at < weights.size(); at += filter) {
      const std::span<float> own = std::span(noise).subspan(at, filter);
      scale_by(norm(std::span(weights).subspan(at, filter)) / norm(own), own);
    }
    network.import_parameter(info, std::span<const float>(noise), direction);
  }
  return direction;
}

}  // namespace

void weights_at(const Plane& plane, double a, double b, std::span<float> out) {
  sum_at(plane, a, b, out);
}
void weights_at(const Plane& plane, double a, double b, std::span<double> out) {
  sum_at(plane, a, b, out);
}

Plane random_plane(const nn::Network<float>& network, std::uint64_t seed) {
  Plane plane = plane_of(network);
  for (std::size_t k = 0; k < 2; ++k) plane.directions[k] = random_direction(network, seed, 0x1A0 + k);
  return plane;
}

// The nearest point by the normal equations of the two directions, which need not be orthonormal.
PlanePath path_on(const Plane& plane, std::span<const std::span<const float>> checkpoints) {
  const auto& [first, second] = plane.directions;
  const double aa = dot(first, first), ab = dot(first, second), bb = dot(second, second);
  const double determinant = aa * bb - ab * ab;
  PlanePath path;
  double away = 0, from_middle = 0;
  for (const std::span<const float> checkpoint : checkpoints) {
    std::vector<float> rest = difference(plane, checkpoint);
    from_middle += dot(rest, rest);
    const double a = dot(first, rest), b = dot(second, rest);
    path.points.push_back({(bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant});
    add_scaled(-path.points.back()[0], first, rest);
    add_scaled(-path.points.back()[1], second, rest);
    away += dot(rest, rest);
  }
  if (from_middle > 0) path.gap = std::sqrt(away / from_middle);
  return path;
}

// A, (checkpoints, parameters), has few rows, so that the eigenvectors u of A Aᵀ are found and those of Aᵀ A, which are
// Aᵀ u / √λ, made from them.
core::Result<PcaPlane> pca_plane(const nn::Network<float>& network, std::span<const std::span<const float>> checkpoints,
                                 std::uint64_t seed) {
  PcaPlane result{.plane = plane_of(network)};
  const std::size_t n = checkpoints.size();
  std::vector<double> gram(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      gram[i * n + j] = gram[j * n + i] = dot_from(result.plane.middle, checkpoints[i], checkpoints[j]);
  double total = 0;
  for (std::size_t i = 0; i < n; ++i) total += gram[i * n + i];
  if (!std::isfinite(total)) return core::Error{"a weight of the run is not a finite number"};
  if (total == 0) return core::Error{"the run has not moved yet, so there is no plane in which it lies"};
  const SymmetricEigen eigen = symmetric_eigen(gram, static_cast<int>(n));
  for (std::size_t k = 0; k < 2; ++k) {
    std::vector<float>& direction = result.plane.directions[k];
    const double value = k < n ? eigen.values[k] : 0;
    if (value > kNothing * total) {
      result.explained[k] = value / total;
      for (std::size_t i = 0; i < n; ++i)
        add_scaled(eigen.vectors[k * n + i] / std::sqrt(value), difference(result.plane, checkpoints[i]), direction);
    } else {
      direction = random_direction(network, seed, 0x1A0 + k);
    }
    if (k == 1) make_orthogonal(result.plane.directions[0], direction);
    make_unit(direction);
  }
  result.path = path_on(result.plane, checkpoints);
  return result;
}

core::Result<Plane> curvature_plane(const nn::Network<float>& network, std::span<const float> gradient,
                                    std::span<const float> vector) {
  Plane plane = plane_of(network);
  DESCENT_ASSERT(gradient.size() == plane.middle.size() && vector.size() == plane.middle.size());
  auto& [first, second] = plane.directions;
  first.assign(gradient.begin(), gradient.end());
  second.assign(vector.begin(), vector.end());
  const double slope = norm(first), length = norm(second);
  if (!(slope > 0) || !(length > 0) || !std::isfinite(slope + length))
    return core::Error{"the gradient or the top curvature's vector vanishes or is not finite, so they span no plane"};
  scale_by(-1 / slope, first);
  scale_by(1 / length, second);
  make_orthogonal(first, second);
  if (!(norm(second) > 1e-4))
    return core::Error{"the gradient points along the top curvature's vector, so they span no plane"};
  make_unit(second);
  make_orthogonal(first, second);
  return plane;
}

core::Result<Plane> weights_plane(const nn::Network<float>& network, const std::array<PlaneWeight, 2>& weights) {
  Plane plane = plane_of(network);
  std::array<std::size_t, 2> places{};
  for (std::size_t k = 0; k < 2; ++k) {
    const auto info = find_parameter(network, weights[k].parameter);
    if (!info.ok()) return info.error();
    if (weights[k].index < 0 || weights[k].index >= info->size)
      return core::Error{core::fill("index is {}; {} has {} elements, counted from 0", weights[k].index,
                                    weights[k].parameter, info->size)};
    places[k] = static_cast<std::size_t>(network.arena_index(*info, weights[k].index));
    plane.directions[k][places[k]] = 1;
  }
  if (places[0] == places[1])
    return core::Error{core::fill("both weights are {}[{}]; a plane needs two different ones", weights[0].parameter,
                                  weights[0].index)};
  return plane;
}

}  // namespace descent::inspect
