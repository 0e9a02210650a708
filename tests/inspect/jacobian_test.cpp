// SPDX-License-Identifier: MIT
// The Jacobian of an image is that of the double network, its singular values are its own, and the push does in a
// linear network what it says.
#include "engine/inspect/jacobian.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

// lead_after() says how far the answer's logit stays above class c's when the image moves by `change`, to first order.
double lead_after(const inspect::Jacobian& jacobian, const inspect::Pass& pass, int c, std::span<const float> change) {
  const auto pixels = static_cast<std::size_t>(jacobian.pixels);
  const auto moved = [&](int k) {
    const auto row = static_cast<std::size_t>(k);
    return static_cast<double>(pass.trace.outputs.back()[row]) +
           dot(std::span(jacobian.matrix).subspan(row * pixels, pixels), change);
  };
  return moved(pass.answer) - moved(c);
}

}  // namespace

TEST_CASE("the Jacobian is the double network's") {
  for (const nn::NetworkSpec& spec : {testing::mixed_network(0.4), nn::reference_network()}) {
    const nn::Network<float> network = testing::build<float>(spec);
    nn::Network<double> reference = testing::build<double>(spec);
    std::copy(network.parameters().begin(), network.parameters().end(), reference.parameters().begin());
    const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), -1);
    REQUIRE(pass.ok());
    const inspect::Jacobian jacobian = inspect::jacobian(network, *pass);
    const auto classes = static_cast<std::size_t>(network.classes());
    CHECK(jacobian.classes == network.classes());
    CHECK(jacobian.pixels == network.input_size());
    std::vector<double> unit(classes * classes);
    for (std::size_t c = 0; c < classes; ++c) unit[c * classes + c] = 1;
    const std::vector<double> exact = reference.image_gradients(testing::random_images<double>(spec, 1), unit);
    CHECK(close(std::span<const float>(jacobian.matrix), std::span<const double>(exact), 1e-4, 1e-6));

    double squares = 0;
    for (const double sigma : jacobian.singular_values) squares += sigma * sigma;
    CHECK(jacobian.singular_values.size() == classes);
    CHECK(std::is_sorted(jacobian.singular_values.rbegin(), jacobian.singular_values.rend()));
    CHECK(close(squares, dot(jacobian.matrix, jacobian.matrix), 1e-10, 0));
  }
}

TEST_CASE("the push makes the nearest class equal to the answer, to first order") {
  const nn::NetworkSpec spec = nn::reference_network();
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 0);
  REQUIRE(pass.ok());
  const inspect::Jacobian jacobian = inspect::jacobian(network, *pass);
  REQUIRE(jacobian.push_class >= 0);
  CHECK(jacobian.push_class != pass->answer);
  CHECK(close(std::sqrt(dot(jacobian.push, jacobian.push)), jacobian.push_length, 1e-6, 0));
  CHECK(std::abs(lead_after(jacobian, *pass, jacobian.push_class, jacobian.push)) < 1e-6);
  // No class is nearer, neither is any reached earlier on the way.
  for (int c = 0; c < 10; ++c)
    if (c != pass->answer) CHECK(lead_after(jacobian, *pass, c, jacobian.push) > -1e-6);
}

TEST_CASE("in a linear network the push is exact, and half of it is not enough") {
  nn::NetworkSpec spec;
  spec.input = {4, 5, 1};
  spec.layers = {{"flatten", {}}, {"dense", {{"units", 5}}}};
  const nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> image = testing::random_images<float>(spec, 1);
  const auto pass = inspect::make_pass(network, image, -1);
  REQUIRE(pass.ok());
  const inspect::Jacobian jacobian = inspect::jacobian(network, *pass);
  const auto answer_at = [&](float share) {
    std::vector<float> moved = image;
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += share * jacobian.push[i];
    const auto there = inspect::make_pass(network, moved, -1);
    REQUIRE(there.ok());
    return there->answer;
  };
  CHECK(answer_at(0.99F) == pass->answer);
  CHECK(answer_at(1.01F) == jacobian.push_class);
}

TEST_CASE("an image that moves no logit has no push") {
  nn::NetworkSpec spec = testing::mixed_network(0);
  nn::Network<float> network = testing::build<float>(spec);
  std::fill(network.parameters().begin(), network.parameters().end(), 0.0F);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), -1);
  REQUIRE(pass.ok());
  const inspect::Jacobian jacobian = inspect::jacobian(network, *pass);
  CHECK(jacobian.push_class == -1);
  CHECK(jacobian.push_length == 0);
  CHECK(jacobian.push == std::vector<float>(72, 0.0F));
}
