// SPDX-License-Identifier: MIT
// Deltas, Jacobian, its singular values and the push of the small networks of golden/inspect.json, against PyTorch.
#include <doctest/doctest.h>

#include "engine/inspect/explain.h"
#include "engine/inspect/jacobian.h"
#include "engine/inspect/weight.h"
#include "tests/support/close.h"
#include "tests/support/inspect_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

constexpr double kTolerance = 1e-5;

template <class T>
void check_array(const std::vector<T>& actual, const Json& golden) {
  const std::vector<double> expected = golden;
  CHECK(close(std::span<const T>(actual), std::span<const double>(expected), kTolerance, kTolerance));
}

void check_explanation(const inspect::Explanation& explanation, const Json& golden) {
  CHECK(close(explanation.loss, golden["loss"], kTolerance, 0));
  check_array(explanation.probabilities, golden["probabilities"]);
  check_array(explanation.image_delta, golden["image_delta"]);
  REQUIRE(explanation.layers.size() == golden["deltas"].size());
  for (std::size_t i = 0; i < explanation.layers.size(); ++i) {
    CAPTURE(i);
    check_array(explanation.layers[i].output, golden["outputs"][i]);
    check_array(explanation.layers[i].delta, golden["deltas"][i]);
  }
}

// The engine's gradient, and the difference in double.
void check_weights(const nn::Network<float>& network, const inspect::Pass& pass, const Json& golden) {
  inspect::DoubleTwin twin;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    CAPTURE(info.name);
    const Json& expected = golden["gradients"][info.name];
    for (std::size_t k = 0; k < expected["indices"].size(); ++k) {
      const auto result = inspect::weight(network, pass, twin, info.name, expected["indices"][k]);
      REQUIRE(result.ok());
      CHECK(close(static_cast<double>(result->gradient), expected["values"][k], kTolerance, kTolerance));
      if (!result->difference.kink) CHECK(close(result->difference.value, expected["values"][k], 1e-7, 1e-7));
    }
  }
}

}  // namespace

TEST_CASE("what is said about one image is what PyTorch says") {
  const Json golden = testing::load_golden("inspect.json");
  REQUIRE(!golden.is_null());
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<float> network = testing::inspected_network<float>(expected);
    const auto pass = inspect::make_pass(network, testing::inspected_images<float>(network.spec().input, 1),
                                         expected["label"].get<int>());
    REQUIRE(pass.ok());
    check_explanation(inspect::explain(network, *pass), expected);
    check_weights(network, *pass, expected);
    const inspect::Jacobian jacobian = inspect::jacobian(network, *pass);
    const auto pixels = static_cast<std::size_t>(jacobian.pixels);
    REQUIRE(expected["jacobian"].size() == static_cast<std::size_t>(jacobian.classes));
    for (std::size_t c = 0; c < expected["jacobian"].size(); ++c) {
      const auto row = jacobian.matrix.begin() + static_cast<std::ptrdiff_t>(c * pixels);
      check_array(std::vector<float>(row, row + static_cast<std::ptrdiff_t>(pixels)), expected["jacobian"][c]);
    }
    check_array(jacobian.singular_values, expected["jacobian_singular_values"]);
    check_array(jacobian.push, expected["push"]["change"]);
    CHECK(jacobian.push_class == expected["push"]["class"].get<int>());
    CHECK(close(jacobian.push_length, expected["push"]["length"], kTolerance, 0));
  }
}
