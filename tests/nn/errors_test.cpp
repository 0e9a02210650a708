// SPDX-License-Identifier: MIT
// build() refuses these, each in a sentence that names the layer and what does not fit.
#include <doctest/doctest.h>

#include <string>

#include "engine/nn/network.h"
#include "tests/support/memory_limit.h"

using namespace descent;

namespace {

using Layers = std::vector<nn::LayerSpec>;

std::string error_of(const Layers& layers, const nn::Shape& input = {28, 28, 1}) {
  nn::NetworkSpec spec;
  spec.input = input;
  spec.layers = layers;
  const auto network = nn::Network<float>::build(spec);
  return network.ok() ? std::string("(accepted)") : network.message();
}

void check_error(const Layers& layers, const std::vector<std::string>& parts, const nn::Shape& input = {28, 28, 1}) {
  const std::string message = error_of(layers, input);
  CAPTURE(message);
  for (const std::string& part : parts) {
    CAPTURE(part);
    CHECK(message.find(part) != std::string::npos);
  }
}

const Layers kEnd{{"flatten", {}}, {"dense", {{"units", 10}}}};

Layers before_end(const nn::LayerSpec& layer) {
  Layers layers = kEnd;
  layers.insert(layers.begin(), layer);
  return layers;
}

}  // namespace

TEST_CASE("sound networks are accepted") {
  CHECK(error_of(nn::reference_network().layers) == "(accepted)");
  CHECK(error_of(kEnd) == "(accepted)");
  CHECK(error_of(before_end({"conv2d", {{"kernel", 28}}})) != "(accepted)");  // kernels end at 15
}

TEST_CASE("windows that do not fit") {
  check_error(before_end({"conv2d", {{"kernel", 5}}}), {"layer 0 (conv2d)", "kernel 5 does not fit into 3x3x8"},
              {3, 3, 8});
  check_error(before_end({"conv2d", {{"kernel", 5}, {"dilation", 2}}}),
              {"layer 0 (conv2d): kernel 5 with dilation 2 spans 9 and does not fit into 7x7x8"}, {7, 7, 8});
  check_error(before_end({"conv2d", {{"kernel", 3}, {"padding", 1}, {"dilation", 3}}}),
              {"layer 0 (conv2d): kernel 3 with dilation 3 spans 7 and does not fit into 9x4x1 with padding 1"},
              {9, 4, 1});
  check_error(before_end({"max_pool2d", {{"kernel", 4}}}), {"layer 0 (max_pool2d)", "kernel 4 does not fit"},
              {3, 9, 1});
  check_error(before_end({"avg_pool2d", {{"kernel", 2}, {"padding", 2}}}),
              {"layer 0 (avg_pool2d)", "padding is 2", "half"});
  check_error({{"flatten", {}}, {"conv2d", {}}}, {"layer 1 (conv2d)", "feature map", "flat vector of 784"});
}

TEST_CASE("values outside their limits") {
  check_error(before_end({"conv2d", {{"out_channels", 0}}}),
              {"layer 0 (conv2d)", "out_channels is 0", "between 1 and"});
  check_error(before_end({"conv2d", {{"stride", 0}}}), {"layer 0 (conv2d)", "stride is 0"});
  check_error(before_end({"conv2d", {{"kernel", 2.5}}}), {"layer 0 (conv2d)", "kernel is 2.5", "whole number"});
  check_error(before_end({"dropout", {{"rate", 1}}}), {"layer 0 (dropout)", "rate is 1", "between 0 and 0.95"});
  check_error(before_end({"dropout", {{"rate", -0.1}}}), {"layer 0 (dropout)", "rate is -0.1"});
  check_error({{"flatten", {}}, {"dense", {{"units", 1e9}}}}, {"layer 1 (dense)", "units is 1"});
  check_error(before_end({"conv2d", {{"chanels", 3}}}), {"layer 0 (conv2d)", "chanels", "out_channels"});
}

TEST_CASE("unknown layers") {
  check_error(before_end({"conv3d", {}}), {"layer 0", "\"conv3d\"", "conv2d", "max_pool2d", "dropout"});
  check_error(before_end({"", {}}), {"layer 0", "\"\""});
}

TEST_CASE("dense needs a flat input") {
  check_error({{"dense", {{"units", 10}}}}, {"layer 0 (dense)", "28x28x1", "flatten"});
}

TEST_CASE("the last layer must give 2 to 1000 classes") {
  check_error({{"flatten", {}}, {"dense", {{"units", 1}}}}, {"layer 1 (dense)", "1 classes", "2 to 1000"});
  check_error({{"flatten", {}}, {"dense", {{"units", 1001}}}}, {"layer 1 (dense)", "1001 classes", "2 to 1000"});
  check_error({{"conv2d", {}}}, {"layer 0 (conv2d)", "26x26x32", "dense"});
  check_error({{"conv2d", {}}, {"flatten", {}}}, {"layer 1 (flatten)", "dense"});
}

TEST_CASE("too much of something") {
  check_error({{"flatten", {}}, {"dense", {{"units", 8192}}}, {"dense", {{"units", 8192}}}, {"dense", {{"units", 10}}}},
              {"layer 2 (dense)", "parameters", "20000000"});
  check_error(before_end({"conv2d", {{"out_channels", 1024}, {"kernel", 1}}}), {"accepted"});
  check_error({{"conv2d", {{"out_channels", 1024}, {"kernel", 1}}},
               {"relu", {}},
               {"conv2d", {{"out_channels", 1024}, {"kernel", 1}}}},
              {"layer 2 (conv2d)", "activations", "2000000"});
  Layers deep(65, {"relu", {}});
  check_error(deep, {"65 layers", "64"});
  check_error({}, {"0 layers"});
  check_error({{"avg_pool2d", {{"kernel", 15}, {"stride", 15}}}, {"flatten", {}}}, {"nothing to train"}, {15, 15, 4});
}

TEST_CASE("more parameters than there is memory for") {
  constexpr std::uint64_t kBytes = 2 * sizeof(float) * 7850;  // weights and gradients of 784 x 10 + 10 parameters
  {
    const testing::MemoryLimit limit(kBytes - 1);
    CHECK(error_of(kEnd) == "the page has no memory for 7850 parameters");
  }
  const testing::MemoryLimit limit(kBytes);
  CHECK(error_of(kEnd) == "(accepted)");
}

TEST_CASE("inputs without extent") {
  check_error(kEnd, {"the input is 0x28x1"}, {0, 28, 1});
  check_error(kEnd, {"the input is", "at most"}, {100000, 100000, 1});
}
