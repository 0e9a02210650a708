// SPDX-License-Identifier: MIT
// Checks how parameters begin: the spread each scheme's reference states, and one seed for float and double.
#include "engine/nn/initialization.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

struct Moments {
  double mean = 0, deviation = 0, largest = 0;
};

// The moments of the weights of a 20-channel 5x5 convolution over 8 channels: fan_in 200, fan_out 500.
Moments initial_moments(double scheme, const char* name) {
  nn::NetworkSpec spec;
  spec.input = {5, 5, 8};
  spec.layers = {{"conv2d", {{"out_channels", 20}, {"kernel", 5}, {"init", scheme}}}, {"flatten", {}}};
  nn::Network<double> network = testing::build<double>(spec);
  Moments m;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.name != name) continue;
    for (std::int64_t i = info.offset; i < info.offset + info.size; ++i) {
      const double value = network.parameters()[static_cast<std::size_t>(i)], count = static_cast<double>(info.size);
      m.mean += value / count;
      m.deviation += value * value / count;
      m.largest = std::max(m.largest, std::abs(value));
    }
  }
  m.deviation = std::sqrt(m.deviation);
  return m;
}

}  // namespace

TEST_CASE("initialisation has the spread its reference says") {
  const double glorot = std::sqrt(6.0 / (200 + 500)), torch = 1 / std::sqrt(200.0);
  CHECK(initial_moments(0, "0.weight").largest <= glorot);
  CHECK(close(initial_moments(0, "0.weight").deviation, glorot / std::sqrt(3.0), 0.04, 0));
  CHECK(close(initial_moments(1, "0.weight").deviation, std::sqrt(2.0 / 200), 0.05, 0));
  CHECK(close(initial_moments(2, "0.weight").deviation, torch / std::sqrt(3.0), 0.04, 0));
  CHECK(initial_moments(2, "0.weight").largest <= torch);
  CHECK(std::abs(initial_moments(0, "0.weight").mean) < 0.01);
  CHECK(initial_moments(0, "0.bias").largest == 0);
  CHECK(initial_moments(1, "0.bias").largest == 0);
  CHECK(initial_moments(2, "0.bias").largest > 0);
  CHECK(close(initial_moments(3, "0.weight").deviation, 0.01, 0.05, 0));
  CHECK(initial_moments(3, "0.bias").largest == 0);
}

TEST_CASE("one seed initialises float and double alike, another differs") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  nn::Network<float> a = testing::build<float>(spec, 9);
  nn::Network<double> b = testing::build<double>(spec, 9);
  nn::Network<double> c = testing::build<double>(spec, 10);
  for (std::size_t i = 0; i < a.parameters().size(); ++i)
    CHECK(a.parameters()[i] == static_cast<float>(b.parameters()[i]));
  CHECK(!std::equal(b.parameters().begin(), b.parameters().end(), c.parameters().begin()));
}
