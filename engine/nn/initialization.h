// SPDX-License-Identifier: MIT
// Parameters begin like this. With fan_in and fan_out the number of inputs that feed one output and of outputs that one
// input feeds (for convolutions times the kernel's area):
//   0 Glorot uniform   weights U(-l, l), l = sqrt(6 / (fan_in + fan_out)), bias 0: Keras' default.
//                      Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks",
//                      AISTATS 2010, eq. 16.
//   1 He normal        weights N(0, 2 / fan_in), bias 0. He et al., "Delving deep into rectifiers", ICCV 2015, eq. 10
//                      (not truncated, as torch.nn.init.kaiming_normal_).
//   2 torch default    weights and bias U(-b, b), b = 1 / sqrt(fan_in): what torch.nn.Linear and Conv2d do by
//   themselves.
//   3 fixed normal     weights N(0, 0.01^2) whatever the fans, bias 0. Krizhevsky et al., "ImageNet classification with
//                      deep convolutional neural networks", NIPS 2012, section 5; that it keeps deeper networks from
//                      learning is the point of He et al., section 2.2.
#pragma once

#include <cstdint>
#include <span>

#include "engine/core/param_spec.h"
#include "engine/core/rng.h"

namespace descent::nn {

enum class InitializationScheme { glorot_uniform = 0, he_normal = 1, torch_default = 2, fixed_normal = 3 };

struct Initialization {
  InitializationScheme scheme = InitializationScheme::glorot_uniform;
  bool is_bias = false;
  std::int64_t fan_in = 1;
  std::int64_t fan_out = 1;
};

// The law that first values are drawn from, each by itself, with mean 0.
struct WeightLaw {
  bool normal = false;  // else uniform
  double scale = 0;     // the standard deviation of a normal law, l of a uniform one U(−l, l); 0: all values are 0

  [[nodiscard]] double deviation() const;
  // density() is that of one value; its integral is 1.
  [[nodiscard]] double density(double value) const;
};
[[nodiscard]] WeightLaw law_of(const Initialization& how);

// The `init` parameter that every layer with weights declares.
inline constexpr core::ParamSpec kInitSpec{
    .name = "init",
    .default_value = 0,
    .minimum = 0,
    .maximum = 3,
    .doc =
        "How the weights begin: 0 Glorot uniform (Keras' default), 1 He normal (made for ReLU), 2 PyTorch's default, "
        "3 normal with deviation 0.01 whatever the layer's size, too small for deep networks.",
    .kind = core::ParamKind::integer,
    .slider_minimum = 0,
    .slider_maximum = 3,
};

// Draws in double, so that float and double networks of one seed begin alike.
template <class T>
void initialize_parameter(const Initialization& how, core::Rng& rng, std::span<T> values);
extern template void initialize_parameter<float>(const Initialization&, core::Rng&, std::span<float>);
extern template void initialize_parameter<double>(const Initialization&, core::Rng&, std::span<double>);

}  // namespace descent::nn
