// SPDX-License-Identifier: MIT
#include "engine/nn/initialization.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace descent::nn {

double WeightLaw::deviation() const {
  return normal ? scale : scale / std::numbers::sqrt3;
}

double WeightLaw::density(double value) const {
  if (!normal) return std::abs(value) <= scale ? 0.5 / scale : 0;
  const double z = value / scale;
  return std::exp(-z * z / 2) / (scale * std::sqrt(2 * std::numbers::pi));
}

WeightLaw law_of(const Initialization& how) {
  const auto fan_in = static_cast<double>(how.fan_in), fan_out = static_cast<double>(how.fan_out);
  if (how.is_bias && how.scheme != InitializationScheme::torch_default) return {};
  if (how.scheme == InitializationScheme::he_normal) return {true, std::sqrt(2.0 / fan_in)};
  if (how.scheme == InitializationScheme::fixed_normal) return {true, 0.01};
  const bool glorot = how.scheme == InitializationScheme::glorot_uniform;
  return {false, glorot ? std::sqrt(6.0 / (fan_in + fan_out)) : 1.0 / std::sqrt(fan_in)};
}

template <class T>
void initialize_parameter(const Initialization& how, core::Rng& rng, std::span<T> values) {
  const WeightLaw law = law_of(how);
  if (law.scale == 0) {
    std::fill(values.begin(), values.end(), T{0});
    return;
  }
  for (T& value : values)
    value = static_cast<T>(law.normal ? law.scale * rng.normal() : rng.uniform(-law.scale, law.scale));
}

template void initialize_parameter<float>(const Initialization&, core::Rng&, std::span<float>);
template void initialize_parameter<double>(const Initialization&, core::Rng&, std::span<double>);

}  // namespace descent::nn
