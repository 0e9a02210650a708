// SPDX-License-Identifier: MIT
// The editor's changes of a network's specification, and what there is to say about the result. Layers are counted from
// 0, as everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/nn/outline.h"
#include "engine/nn/spec.h"

namespace descent::web {

// "Convolution 3×3 → 32": a layer in words; `brief`: "Conv 3×3", beside its output.
[[nodiscard]] std::string describe(const nn::LayerSpec& layer, bool brief = false);

// The number that stands for a parameter of the layer, its default where the specification says nothing.
[[nodiscard]] double parameter_value(const nn::LayerSpec& layer, const core::ParamSpec& parameter);
void set_parameter(nn::LayerSpec& layer, const core::ParamSpec& parameter, double value);

// Adds a layer with the catalog's defaults behind layer `behind`, or when there is none of that number before the last
// dense layer (at the end where there is none). Returns its place; -1 where the network has nn::kMaxLayers or the
// catalog does not know the type.
int insert_layer(nn::NetworkSpec& spec, std::string_view type, int behind);
// The last layer that there is stays; a layer that there is not does nothing.
void remove_layer(nn::NetworkSpec& spec, int layer);
// Changes places with the one before (by = -1) or behind it (1); returns the layer's new place; at the ends it stays.
int move_layer(nn::NetworkSpec& spec, int layer, int by);

// How the weights of all layers begin (`init`): the number that all have, or -1 where they differ or none has weights.
[[nodiscard]] int common_initialization(const nn::NetworkSpec& spec);
void initialize_all(nn::NetworkSpec& spec, int initialization);

// Whether both are the same network, however much of it they leave to the catalog's defaults.
[[nodiscard]] bool same_network(const nn::NetworkSpec& a, const nn::NetworkSpec& b);

struct NetworkCheck {
  nn::Outline outline;
  std::int64_t activations = 0;  // numbers an image, the image's own and those of the layers that fit
  int wrong = -1;                // the layer that does not fit; -1: all do
  std::string sentence;          // why, or empty
};
// classes: of the data set by this name, which the last layer has to match; 0: there is none yet.
[[nodiscard]] NetworkCheck check_network(const nn::NetworkSpec& spec, int classes, std::string_view dataset);

}  // namespace descent::web
