// SPDX-License-Identifier: MIT
#include "engine/nn/initialization.h"

#include <algorithm>
#include <cmath>

namespace descent::nn {

template <class T>
void initialize_parameter(const Initialization& how, core::Rng& rng, std::span<T> values) {
  const double fan_in = static_cast<double>(how.fan_in);
  const double fan_out = static_cast<double>(how.fan_out);
  if (how.is_bias && how.scheme != InitializationScheme::torch_default) {
    std::fill(values.begin(), values.end(), T{0});
    return;
  }
  if (how.scheme == InitializationScheme::he_normal) {
    const double deviation = std::sqrt(2.0 / fan_in);
    for (T& value : values) value = static_cast<T>(deviation * rng.normal());
    return;
  }
  const bool glorot = how.scheme == InitializationScheme::glorot_uniform;
  const double limit = glorot ? std::sqrt(6.0 / (fan_in + fan_out)) : 1.0 / std::sqrt(fan_in);
  for (T& value : values) value = static_cast<T>(rng.uniform(-limit, limit));
}

template void initialize_parameter<float>(const Initialization&, core::Rng&, std::span<float>);
template void initialize_parameter<double>(const Initialization&, core::Rng&, std::span<double>);

}  // namespace descent::nn
