// SPDX-License-Identifier: MIT
// The smaller networks are there to be compared with the seed: what does convolution buy, what does depth buy?
#include "web/panels/network/presets.h"

#include <array>
#include <cmath>

#include "engine/core/fill.h"

namespace descent::web {
namespace {

nn::NetworkSpec small_cnn() {
  return {.input = {28, 28, 1},
          .layers = {{"conv2d", {{"out_channels", 8}, {"kernel", 5}}},
                     {"relu", {}},
                     {"max_pool2d", {{"kernel", 2}}},
                     {"conv2d", {{"out_channels", 16}, {"kernel", 5}}},
                     {"relu", {}},
                     {"max_pool2d", {{"kernel", 2}}},
                     {"flatten", {}},
                     {"dense", {{"units", 10}}}}};
}

nn::NetworkSpec dropout_cnn() {
  nn::NetworkSpec spec = nn::seed_network();
  spec.layers.insert(spec.layers.end() - 1, {"dropout", {{"rate", 0.5}}});
  return spec;
}

nn::NetworkSpec perceptron() {
  return {.input = {28, 28, 1},
          .layers = {{"flatten", {}}, {"dense", {{"units", 128}}}, {"relu", {}}, {"dense", {{"units", 10}}}}};
}

nn::NetworkSpec softmax_regression() {
  return {.input = {28, 28, 1}, .layers = {{"flatten", {}}, {"dense", {{"units", 10}}}}};
}

constexpr std::array<NetworkPreset, 5> kPresets{{
    {"Two convolutions (seed)",
     "32 and 64 filters of 3×3, each with ReLU and max pooling, then 128 dense units. About 99 % on MNIST.",
     nn::seed_network},
    {"Small convolutional", "8 and 16 filters of 5×5 and no hidden dense layer: LeNet's idea with 6,000 parameters.",
     small_cnn},
    {"Seed with dropout", "The seed network with half of its 128 dense units silenced at random in each step.",
     dropout_cnn},
    {"Dense 128", "One hidden layer of 128 units that sees pixels without their neighbourhood. About 98 % on MNIST.",
     perceptron},
    {"Softmax regression",
     "No hidden layer: the network learns one template for each digit. About 92 % on MNIST. Its loss is convex.",
     softmax_regression},
}};

std::string number(const nn::LayerSpec& layer, std::string_view name, std::string_view otherwise) {
  for (const core::NamedValue& entry : layer.parameters)
    if (entry.name == name) return core::format_number(entry.value);
  return std::string(otherwise);
}

const nn::LayerInfo* find_info(std::string_view type) {
  for (const nn::LayerInfo* info : nn::layer_catalog())
    if (info->name == type) return info;
  return nullptr;
}

}  // namespace

std::span<const NetworkPreset> network_presets() {
  return kPresets;
}

int find_preset(const nn::NetworkSpec& spec) {
  constexpr int kAny = 2;  // compared with the same number of outputs
  for (std::size_t i = 0; i < kPresets.size(); ++i)
    if (nn::with_outputs(kPresets[i].make(), kAny) == nn::with_outputs(spec, kAny)) return static_cast<int>(i);
  return -1;
}

std::string describe(const nn::LayerSpec& layer) {
  const nn::LayerInfo* info = find_info(layer.type);
  if (info == nullptr) return layer.type;
  std::string title(info->title);
  const auto value_of = [&](std::string_view name) {
    const int index = core::find_param(info->parameters, name);
    return number(
        layer, name,
        index < 0 ? "" : core::format_number(info->parameters[static_cast<std::size_t>(index)].default_value));
  };
  if (const std::string kernel = value_of("kernel"); !kernel.empty()) title += core::fill(" {0}×{0}", kernel);
  if (const std::string units = value_of("units"); !units.empty()) title += core::fill(" {}", units);
  if (const std::string channels = value_of("out_channels"); !channels.empty()) title += core::fill(" → {}", channels);
  if (const std::string rate = value_of("rate"); !rate.empty()) title += core::fill(" {}", rate);
  return title;
}

}  // namespace descent::web
