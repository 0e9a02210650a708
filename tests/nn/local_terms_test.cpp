// SPDX-License-Identifier: MIT
// The local Jacobian of every layer of the catalog, at random shapes and random parameters within the limits that the
// layer declares, in float and double. Its rows, summed with gradients of the outputs, are what backward() says; its
// columns are the rows read the other way; its parameter terms are backward()'s parameter gradients; where a layer is
// linear, its rows give the outputs themselves. One wrong derivative is found.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "engine/nn/layer.h"
#include "tests/nn/gradient_check.h"
#include "tests/support/close.h"

using namespace descent;
using testing::LayerHarness;

namespace {

constexpr int kCasesOfEach = 12;

// is_curved() is true of what rows cannot give by Σ in · derivative + bias.
bool is_curved(std::string_view type) {
  return type == "tanh" || type == "sigmoid";
}

// A value within a parameter's limits, whole numbers near the lower one.
double random_value(const core::ParamSpec& spec, core::Rng& rng) {
  if (spec.kind != core::ParamKind::integer) return rng.uniform(spec.minimum, spec.maximum);
  const auto choices = static_cast<std::uint64_t>(std::min(spec.maximum - spec.minimum, 4.0)) + 1;
  return spec.minimum + static_cast<double>(rng.below(choices));
}

nn::Shape random_shape(core::Rng& rng) {
  const auto extent = [&](std::uint64_t most) { return 1 + static_cast<int>(rng.below(most)); };
  return {extent(8), extent(8), extent(9), rng.below(2) == 0};
}

template <class T>
std::unique_ptr<nn::Layer<T>> random_layer(const nn::LayerInfo& info, core::Rng& rng) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    std::vector<double> values;
    for (const core::ParamSpec& spec : info.parameters) values.push_back(random_value(spec, rng));
    auto layer = nn::make_layer<T>(*nn::find_layer_type(info.name), values, random_shape(rng));
    if (layer.ok()) return std::move(*layer);
  }
  return nullptr;
}

// A layer at a point, with the whole of its local Jacobian as lists.
template <class T>
struct Subject {
  using Terms = std::vector<nn::LocalTerm<T>>;

  explicit Subject(const nn::Layer<T>& of, std::uint64_t seed) : layer(of), harness(of, 1, seed, false) {
    // Coarse values, so that windows have ties and the ReLU meets 0.
    if (seed % 2 == 0)
      for (T& value : harness.in) value = std::round(value * 3) / 3;
    harness.loss();
    harness.backward();
    const nn::LayerPoint<T> at{harness.values.data(), harness.in.data(), harness.out.data(), harness.cache.data()};
    const auto count = [](const auto& values) { return static_cast<std::int64_t>(values.size()); };
    for (std::int64_t o = 0; o < count(harness.out); ++o) layer.inputs_of(at, o, rows.emplace_back());
    for (std::int64_t i = 0; i < count(harness.in); ++i) layer.outputs_of(at, i, columns.emplace_back());
    for (std::int64_t p = 0; p < count(harness.values); ++p) layer.outputs_of_parameter(at, p, places.emplace_back());
  }

  const nn::Layer<T>& layer;
  LayerHarness<T> harness;
  std::vector<Terms> rows, columns, places;
};

template <class T>
double worst(const std::vector<T>& actual, const std::vector<double>& expected) {
  double most = actual.size() == expected.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i) {
    const double error = std::abs(static_cast<double>(actual[i]) - expected[i]);
    most = error <= most ? most : error;
  }
  return most;
}

// |backward()'s din − Σ over rows of dout · derivative|
template <class T>
double row_error(const Subject<T>& s) {
  std::vector<double> din(s.harness.in.size());
  for (std::size_t o = 0; o < s.rows.size(); ++o)
    for (const auto& term : s.rows[o])
      din[static_cast<std::size_t>(term.unit)] += static_cast<double>(s.harness.r[o] * term.derivative);
  return worst(s.harness.din, din);
}

// |backward()'s parameter gradients − Σ dout · ∂out/∂parameter|
template <class T>
double parameter_error(const Subject<T>& s) {
  std::vector<double> sums(s.harness.values.size());
  for (std::size_t p = 0; p < sums.size(); ++p)
    for (const auto& term : s.places[p]) {
      REQUIRE(term.parameter == static_cast<std::int64_t>(p));
      sums[p] += static_cast<double>(s.harness.r[static_cast<std::size_t>(term.unit)] * term.derivative);
    }
  return worst(s.harness.dvalues, sums);
}

// |forward()'s out − (Σ in · derivative + bias)|
template <class T>
double output_error(const Subject<T>& s) {
  std::vector<double> out(s.rows.size());
  for (std::size_t o = 0; o < s.rows.size(); ++o) {
    const std::int64_t bias = s.layer.bias_of(static_cast<std::int64_t>(o));
    out[o] = bias < 0 ? 0 : static_cast<double>(s.harness.values[static_cast<std::size_t>(bias)]);
    for (const auto& term : s.rows[o])
      out[o] += static_cast<double>(s.harness.in[static_cast<std::size_t>(term.unit)] * term.derivative);
  }
  return worst(s.harness.out, out);
}

// Entries (output, input, parameter) of rows or of columns, with their derivatives; they come in the order of memory.
template <class T>
std::map<std::array<std::int64_t, 3>, T> entries(const std::vector<std::vector<nn::LocalTerm<T>>>& lists, bool rows) {
  std::map<std::array<std::int64_t, 3>, T> result;
  for (std::size_t k = 0; k < lists.size(); ++k) {
    std::int64_t before = -1;
    for (const auto& term : lists[k]) {
      CHECK(term.unit > before);
      before = term.unit;
      const auto own = static_cast<std::int64_t>(k);
      result[{rows ? own : term.unit, rows ? term.unit : own, term.parameter}] = term.derivative;
    }
  }
  return result;
}

template <class T>
bool columns_are_rows_transposed(const Subject<T>& s) {
  return entries(s.rows, true) == entries(s.columns, false);
}

// A weight's derivative at an output is the input that the output's row names beside it; a bias's is 1.
template <class T>
double weight_error(const Subject<T>& s) {
  std::map<std::pair<std::int64_t, std::int64_t>, double> wanted;  // (parameter, output)
  for (std::size_t o = 0; o < s.rows.size(); ++o) {
    const auto output = static_cast<std::int64_t>(o);
    for (const auto& term : s.rows[o])
      if (term.parameter >= 0)
        wanted[{term.parameter, output}] = static_cast<double>(s.harness.in[static_cast<std::size_t>(term.unit)]);
    if (s.layer.bias_of(output) >= 0) wanted[{s.layer.bias_of(output), output}] = 1;
  }
  double most = 0;
  for (const auto& place : s.places)
    for (const auto& term : place) {
      const auto found = wanted.find({term.parameter, term.unit});
      const double value = found == wanted.end() ? 0 : found->second;  // in the padding
      most = std::max(most, std::abs(static_cast<double>(term.derivative) - value));
      if (found != wanted.end()) wanted.erase(found);
    }
  return wanted.empty() ? most : INFINITY;
}

template <class T>
void check_catalog(double tolerance) {
  for (const nn::LayerInfo* info : nn::layer_catalog()) {
    core::Rng rng(7);
    for (std::uint64_t k = 0; k < kCasesOfEach; ++k) {
      const auto layer = random_layer<T>(*info, rng);
      CAPTURE(info->name);
      REQUIRE_MESSAGE(layer != nullptr, "no random layer of this type could be made");
      CAPTURE(nn::to_string(layer->input()));
      CAPTURE(nn::to_string(layer->output()));
      const Subject<T> subject(*layer, k);
      CHECK(row_error(subject) < tolerance);
      CHECK(columns_are_rows_transposed(subject));
      CHECK(parameter_error(subject) < tolerance);
      CHECK(weight_error(subject) == 0);
      if (!is_curved(info->name)) CHECK(output_error(subject) < tolerance);
    }
  }
}

}  // namespace

TEST_CASE("every layer's local Jacobian is its backward pass, in double") {
  check_catalog<double>(1e-12);
}

TEST_CASE("every layer's local Jacobian is its backward pass, in float") {
  check_catalog<float>(1e-4);
}

TEST_CASE("one wrong derivative is found by each check") {
  const std::vector<double> values{3, 3, 2, 1, 1, 0};  // filters, kernel, stride, padding, dilation, init
  const auto layer = nn::make_layer<double>(*nn::find_layer_type("conv2d"), values, {6, 5, 2});
  REQUIRE(layer.ok());
  Subject<double> subject(**layer, 1);
  REQUIRE(row_error(subject) < 1e-12);
  REQUIRE(columns_are_rows_transposed(subject));
  subject.rows[7][3].derivative += 1e-6;
  CHECK(row_error(subject) > 1e-8);
  CHECK(output_error(subject) > 1e-8);
  CHECK(!columns_are_rows_transposed(subject));
  subject.rows[7][3].derivative -= 1e-6;
  subject.places[5][2].derivative += 1e-6;
  CHECK(parameter_error(subject) > 1e-8);
  CHECK(weight_error(subject) > 1e-8);
}

TEST_CASE("a max-pooling window shows all that it looked at, the first of equals with derivative 1") {
  const auto layer = nn::make_layer<float>(*nn::find_layer_type("max_pool2d"), std::vector<double>{2, 2, 0}, {2, 2, 1});
  REQUIRE(layer.ok());
  LayerHarness<float> harness(**layer, 1, 1, false);
  harness.in = {1, 3, 3, 2};
  harness.loss();
  std::vector<nn::LocalTerm<float>> terms;
  (*layer)->inputs_of({nullptr, harness.in.data(), harness.out.data(), harness.cache.data()}, 0, terms);
  REQUIRE(terms.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(terms[i].unit == static_cast<std::int64_t>(i));
    CHECK(terms[i].derivative == (i == 1 ? 1.0F : 0.0F));
  }
}
