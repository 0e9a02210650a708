// SPDX-License-Identifier: MIT
// Every layer of the catalog: gradients by central differences for inputs and parameters, several shapes each; mutants
// with slightly wrong gradients as negative controls; layers in place; what the catalog promises.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "engine/nn/layer.h"
#include "tests/nn/gradient_check.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;
using testing::GradientErrors;
using testing::LayerHarness;

namespace {

constexpr double kTolerance = 1e-8;

struct LayerCase {
  const char* type;
  nn::Shape input;
  std::vector<core::NamedValue> parameters;
};

const std::vector<LayerCase>& layer_cases() {
  static const std::vector<LayerCase> cases{
      {"conv2d", {5, 4, 2}, {{"out_channels", 3}, {"kernel", 3}}},
      {"conv2d", {6, 5, 2}, {{"out_channels", 3}, {"kernel", 3}, {"stride", 2}, {"padding", 1}}},
      {"conv2d", {4, 4, 1}, {{"out_channels", 2}, {"kernel", 2}, {"stride", 3}, {"padding", 2}}},
      {"conv2d", {3, 3, 3}, {{"out_channels", 1}, {"kernel", 1}}},
      {"conv2d", {6, 5, 2}, {{"out_channels", 3}, {"kernel", 3}, {"dilation", 2}}},
      {"conv2d", {7, 6, 1}, {{"kernel", 2}, {"out_channels", 4}, {"stride", 2}, {"padding", 2}, {"dilation", 3}}},
      {"max_pool2d", {4, 6, 3}, {}},
      {"max_pool2d", {5, 5, 2}, {{"kernel", 3}, {"stride", 1}, {"padding", 1}}},
      {"max_pool2d", {7, 5, 2}, {{"kernel", 2}, {"stride", 3}}},
      {"avg_pool2d", {4, 6, 3}, {}},
      {"avg_pool2d", {5, 5, 2}, {{"kernel", 3}, {"stride", 2}, {"padding", 1}}},
      {"dense", {1, 1, 7, true}, {{"units", 5}}},
      {"dense", {2, 3, 4, true}, {{"units", 1}}},
      {"dense", {1, 1, 250, true}, {{"units", 2}}},
      {"relu", {3, 4, 5}, {}},
      {"tanh", {3, 4, 5}, {}},
      {"sigmoid", {1, 1, 9, true}, {}},
      {"flatten", {2, 3, 4}, {}},
      {"dropout", {3, 4, 5}, {{"rate", 0.4}}},
      {"dropout", {1, 1, 9, true}, {{"rate", 0}}},
  };
  return cases;
}

template <class T = double>
std::unique_ptr<nn::Layer<T>> make(const LayerCase& c) {
  const nn::LayerType* type = nn::find_layer_type(c.type);
  REQUIRE(type != nullptr);
  auto values = core::resolve_params(c.type, type->info->parameters, c.parameters);
  REQUIRE(values.ok());
  auto layer = nn::make_layer<T>(*type, *values, c.input);
  REQUIRE(layer.ok());
  return std::move(*layer);
}

// Distinct values 0.01 apart and never within 0.005 of zero: no ties for max pooling, no kinks for relu.
void avoid_kinks(std::vector<double>& in) {
  core::Rng rng(5);
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = 0.01 * (static_cast<double>(i) - static_cast<double>(in.size() / 2) + 0.5);
  rng.shuffle(std::span<double>(in));
}

}  // namespace

TEST_CASE("every layer's gradients agree with central differences") {
  for (const LayerCase& c : layer_cases()) {
    CAPTURE(c.type);
    CAPTURE(nn::to_string(c.input));
    const auto layer = make(c);
    LayerHarness harness(*layer, 2, 1);
    avoid_kinks(harness.in);
    const GradientErrors errors = testing::check_gradients(harness);
    CHECK(errors.inputs < kTolerance);
    CHECK(errors.parameters < kTolerance);
  }
}

TEST_CASE("every layer of the catalog is checked, explains itself and has unique parameter names") {
  std::set<std::string> checked;
  for (const LayerCase& c : layer_cases()) checked.insert(c.type);
  for (const nn::LayerInfo* info : nn::layer_catalog()) {
    CAPTURE(info->name);
    CHECK(checked.count(std::string(info->name)) == 1);
    CHECK(nn::find_layer_type(info->name) != nullptr);
    CHECK(!info->title.empty());
    CHECK(!info->formula.empty());
    CHECK(info->doc.size() > 20);
    std::set<std::string_view> names;
    for (const core::ParamSpec& p : info->parameters) {
      CHECK(names.insert(p.name).second);
      CHECK(core::check_param("layer", p, p.default_value).ok());
    }
  }
  CHECK(nn::find_layer_type("no_such_layer") == nullptr);
}

TEST_CASE("layers that may run in place give the same numbers in place") {
  for (const LayerCase& c : layer_cases()) {
    const auto layer = make(c);
    if (!layer->needs().in_place) continue;
    CAPTURE(c.type);
    LayerHarness apart(*layer, 2, 1);
    avoid_kinks(apart.in);
    const std::vector<double> in = apart.in;
    apart.loss();
    apart.backward();
    std::vector<double> values = in, gradient = apart.r;
    std::vector<std::uint8_t> cache(static_cast<std::size_t>(2 * layer->needs().cache_bytes));
    const nn::Block<double> block{.images = 2, .first_image = 3, .training = true, .dropout_key = 77};
    layer->forward(block, {}, values.data(), values.data(), cache.data());
    layer->backward(block, {}, {values.data(), values.data(), gradient.data(), gradient.data(), nullptr, cache.data()});
    CHECK(values == apart.out);
    CHECK(gradient == apart.din);
  }
}

namespace {

// y = a tanh(x) with one parameter a, and a fault to be found: the gradient of the input or of the parameter is off by
// a small factor.
class Mutant final : public nn::Operation<double> {
 public:
  Mutant(double input_fault, double parameter_fault)
      : nn::Operation<double>({1, 1, 6, true}, {1, 1, 6, true}),
        input_fault_(input_fault),
        parameter_fault_(parameter_fault) {}

  [[nodiscard]] std::vector<nn::ParameterLayout> parameters() const override {
    return {{"scale", {1}, {1, 1, 1, 1}, {1, 0, 0, 0}, {}}};
  }
  void forward(const nn::Block<double>& block, const nn::LayerParameters<double>& p, const double* in, double* out,
               std::uint8_t* /*cache*/) const override {
    for (int i = 0; i < block.images * 6; ++i) out[i] = p.values[0] * std::tanh(in[i]);
  }
  void backward(const nn::Block<double>& block, const nn::LayerParameters<double>& p,
                const nn::BackwardArrays<double>& a) const override {
    for (int i = 0; i < block.images * 6; ++i) {
      const double y = std::tanh(a.in[i]);
      a.din[i] = a.dout[i] * p.values[0] * (1 - y * y) * (1 + input_fault_);
      a.dparameters[0] += a.dout[i] * y * (1 + parameter_fault_);
    }
  }

 private:
  double input_fault_, parameter_fault_;
};

GradientErrors check_mutant(double input_fault, double parameter_fault) {
  const Mutant mutant(input_fault, parameter_fault);
  LayerHarness harness(mutant, 2, 4);
  return testing::check_gradients(harness);
}

}  // namespace

TEST_CASE("the gradient check passes a right layer and finds each wrong gradient") {
  CHECK(check_mutant(0, 0).inputs < kTolerance);
  CHECK(check_mutant(0, 0).parameters < kTolerance);
  CHECK(check_mutant(1e-6, 0).inputs > kTolerance);
  CHECK(check_mutant(1e-6, 0).parameters < kTolerance);
  CHECK(check_mutant(0, 1e-6).parameters > kTolerance);
  CHECK(check_mutant(0, 1e-6).inputs < kTolerance);
}

TEST_CASE("dropout is off when the network does not train") {
  const auto layer = make({"dropout", {1, 1, 50, true}, {{"rate", 0.5}}});
  const std::vector<double> in(50, 1.0);
  std::vector<double> out(50);
  std::vector<std::uint8_t> cache(50);
  layer->forward({.images = 1, .training = false}, {}, in.data(), out.data(), cache.data());
  CHECK(out == in);
  layer->forward({.images = 1, .training = true, .dropout_key = 9}, {}, in.data(), out.data(), cache.data());
  CHECK(std::count(out.begin(), out.end(), 0.0) > 10);
  CHECK(std::count(out.begin(), out.end(), 2.0) > 10);
}

TEST_CASE("max pooling's gradient goes to the first of equals, as in PyTorch") {
  const auto layer = make({"max_pool2d", {2, 2, 1}, {}});
  LayerHarness harness(*layer, 1, 1);
  harness.in = {3, 3, 3, 3};
  harness.loss();
  harness.backward();
  CHECK(harness.din == std::vector<double>{harness.r[0], 0, 0, 0});
}
