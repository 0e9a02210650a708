// SPDX-License-Identifier: MIT
// The smaller networks are there to be compared with the seed: what does convolution buy, what does depth buy?
#include "web/model/network/presets.h"

#include <array>

#include "engine/nn/initialization.h"
#include "web/model/network/network_edit.h"

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
  nn::NetworkSpec spec = nn::reference_network();
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

// LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86 (1998),
// section II.B.
nn::NetworkSpec lenet() {
  return {.input = {28, 28, 1},
          .layers = {{"conv2d", {{"out_channels", 6}, {"kernel", 5}, {"padding", 2}}},
                     {"tanh", {}},
                     {"avg_pool2d", {}},
                     {"conv2d", {{"out_channels", 16}, {"kernel", 5}}},
                     {"tanh", {}},
                     {"avg_pool2d", {}},
                     {"flatten", {}},
                     {"dense", {{"units", 120}}},
                     {"tanh", {}},
                     {"dense", {{"units", 84}}},
                     {"tanh", {}},
                     {"dense", {{"units", 10}}}}};
}

// Forward and backward each layer multiplies by about 0.01 √(64 / 2) = 0.06: nothing of the digit arrives.
nn::NetworkSpec ten_layers() {
  nn::NetworkSpec spec{.input = {28, 28, 1}, .layers = {{"flatten", {}}}};
  for (int i = 0; i < 9; ++i) {
    spec.layers.push_back({"dense", {{"units", 64}}});
    spec.layers.push_back({"relu", {}});
  }
  spec.layers.push_back({"dense", {{"units", 10}}});
  initialize_all(spec, static_cast<int>(nn::InitializationScheme::fixed_normal));
  return spec;
}

constexpr std::array<NetworkPreset, 7> kPresets{{
    {"Softmax regression",
     "Logistic regression with many classes, no hidden layer: the network learns one template for each digit. About "
     "92 % on MNIST. Its loss is convex.",
     softmax_regression},
    {"Two-layer perceptron",
     "One hidden layer of 128 units that sees pixels without their neighbourhood. About 98 % on MNIST.", perceptron},
    {"Small convolutional", "8 and 16 filters of 5×5 and no hidden dense layer: LeNet's idea with 6,000 parameters.",
     small_cnn},
    {"Reference network",
     "32 and 64 filters of 3×3, each with ReLU and max pooling, then 128 dense units. About 99 % on MNIST.",
     nn::reference_network},
    {"Reference with dropout",
     "The reference network with half of its 128 dense units silenced at random in each step.", dropout_cnn},
    {"LeNet-5",
     "LeCun and others, 1998. About 99 % on MNIST. Unlike theirs: a softmax at the end instead of distances to given "
     "codes, every filter reads all maps, pooling learns nothing, tanh is not scaled.",
     lenet},
    {"Ten-layer perceptron",
     "It dies of its first weights, of deviation 0.01: each layer passes on 6 % of what it gets, and accuracy stays "
     "at chance. The lens Gradients shows where. With first weights He normal it learns within an epoch.",
     ten_layers},
}};

}  // namespace

std::span<const NetworkPreset> network_presets() {
  return kPresets;
}

int find_preset(const nn::NetworkSpec& spec) {
  constexpr int kAny = 2;  // compared with the same number of outputs
  for (std::size_t i = 0; i < kPresets.size(); ++i)
    if (same_network(nn::with_outputs(kPresets[i].make(), kAny), nn::with_outputs(spec, kAny)))
      return static_cast<int>(i);
  return -1;
}

}  // namespace descent::web
