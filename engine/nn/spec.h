// SPDX-License-Identifier: MIT
// Describes what a network is made of, as plain data: a list of layers by catalog name with their parameters. Names
// follow torch.nn.Sequential: the layer's position in the list is the prefix of its parameters ("0.weight", "7.bias").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/param_spec.h"
#include "engine/core/result.h"

namespace descent::nn {

// A feature map (height, width, channels), channels innermost in memory. `flat` marks a vector that was flattened from
// such a map: the memory order stays H,W,C, and a dense layer uses the remembered extents to name its columns in
// torch's C,H,W order when parameters are exported or imported.
struct Shape {
  int height = 1;
  int width = 1;
  int channels = 1;
  bool flat = false;

  [[nodiscard]] std::int64_t size() const { return std::int64_t{height} * width * channels; }
  friend bool operator==(const Shape&, const Shape&) = default;
};
[[nodiscard]] std::string to_string(const Shape& shape);  // "13x13x32", "1600"

struct LayerSpec {
  std::string type;                          // "conv2d", "relu", "max_pool2d", …
  std::vector<core::NamedValue> parameters;  // missing ones take the catalog's defaults

  friend bool operator==(const LayerSpec& a, const LayerSpec& b);
};

struct NetworkSpec {
  Shape input{28, 28, 1};
  std::vector<LayerSpec> layers;

  friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

// Conv32(3x3)-ReLU-MaxPool2-Conv64(3x3)-ReLU-MaxPool2-Flatten-Dense128-ReLU-Dense10; the softmax is part of the loss.
[[nodiscard]] NetworkSpec reference_network();

// The same network with `outputs` numbers at its end: its last dense layer has as many units. Without a dense layer it
// stays as it is.
[[nodiscard]] NetworkSpec with_outputs(NetworkSpec spec, int outputs);

struct LayerInfo {
  std::string_view name;   // "conv2d"
  std::string_view title;  // "Convolution"
  std::string_view brief;  // "Conv", where there is little room
  std::string_view formula;
  std::string_view doc;
  std::span<const core::ParamSpec> parameters;
};
// The layers a spec may name, for menus, help and checks.
[[nodiscard]] std::span<const LayerInfo* const> layer_catalog();

}  // namespace descent::nn
