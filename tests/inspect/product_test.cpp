// SPDX-License-Identifier: MIT
// z = W x + b taken apart: for every dense layer of a network, columns and sheets add up to the engine's own z, the
// vectors are W's columns and singular vectors, and what is missing shrinks to nothing; and a small product by NumPy.
#include "engine/inspect/matrices/product.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/inspect/matrices/spectrum.h"
#include "engine/inspect/pass.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

inspect::Product product_of(const nn::Network<float>& network, const std::vector<float>& image, const char* name) {
  const auto pass = inspect::make_pass(network, image, 1);
  REQUIRE(pass.ok());
  const auto factors = inspect::Truncation::start(network, name);
  REQUIRE(factors.ok());
  auto result = inspect::product(network, pass->trace, *factors);
  REQUIRE(result.has_value());
  return *result;
}

void check_sum(const inspect::VectorSum& sum, std::size_t rows) {
  REQUIRE(sum.gaps.size() > 1);
  CHECK(sum.gaps.front() == 1);
  CHECK(sum.gaps.back() < 1e-12);
  CHECK(sum.terms.size() == std::min(inspect::VectorSum::kNamed, sum.gaps.size() - 1));
  CHECK(sum.vectors.size() == sum.terms.size() * rows);
  for (std::size_t k = 0; k < sum.terms.size(); ++k) {
    double squares = 0;
    for (std::size_t i = 0; i < rows; ++i) squares += sum.vectors[k * rows + i] * sum.vectors[k * rows + i];
    CHECK(close(std::sqrt(squares), std::abs(sum.terms[k].factor) * sum.terms[k].length, 1e-9, 1e-12));
  }
}

void check_layer(const nn::Network<float>& network, const std::vector<float>& image, const char* name) {
  CAPTURE(name);
  const inspect::Product product = product_of(network, image, name);
  const auto matrix = inspect::weight_matrix(network, name);
  REQUIRE(matrix.ok());
  const auto rows = static_cast<std::size_t>(matrix->rows), columns = static_cast<std::size_t>(matrix->columns);
  REQUIRE(product.output.size() == rows);
  REQUIRE(product.input.size() == columns);
  for (std::size_t i = 0; i < rows; ++i) {
    const double z = product.weighted[i] + static_cast<double>(product.bias[i]);
    CHECK(close(z, static_cast<double>(product.output[i]), 1e-6, 1e-6));
  }
  check_sum(product.columns, rows);
  check_sum(product.sheets, rows);
  for (std::size_t k = 1; k < product.columns.terms.size(); ++k)
    CHECK(std::abs(product.columns.terms[k].factor) * product.columns.terms[k].length <=
          std::abs(product.columns.terms[k - 1].factor) * product.columns.terms[k - 1].length);
  for (std::size_t k = 0; k < product.columns.terms.size(); ++k) {
    const auto j = static_cast<std::size_t>(product.columns.terms[k].index);
    for (std::size_t i = 0; i < rows; ++i)
      CHECK(close(product.columns.vectors[k * rows + i],
                  static_cast<double>(product.input[j]) * matrix->values[i * columns + j], 1e-12, 0));
  }
  // The right vectors are unit ones, and the sheets' factors are their products with x.
  for (std::size_t k = 0; k < product.sheets.terms.size(); ++k) {
    double squares = 0, along = 0;
    for (std::size_t j = 0; j < columns; ++j) {
      const auto v = static_cast<double>(product.right[k * columns + j]);
      squares += v * v;
      along += v * static_cast<double>(product.input[j]);
    }
    CHECK(close(squares, 1, 0, 1e-5));
    CHECK(close(along, product.sheets.terms[k].factor, 1e-4, 1e-5));
    CHECK(product.sheets.gaps[k + 1] <= product.sheets.gaps[k] + 1e-12);
  }
}

}  // namespace

TEST_CASE("a product's columns and sheets add up to the layer's own output") {
  const nn::NetworkSpec spec = testing::mixed_network(0.4);
  const nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> image = testing::random_images<float>(spec, 1);
  for (const char* name : {"7.weight", "10.weight"}) check_layer(network, image, name);
  const auto pass = inspect::make_pass(network, image, 1);
  const auto factors = inspect::Truncation::start(network, "0.weight");
  REQUIRE(factors.ok());
  CHECK_FALSE(inspect::product(network, pass->trace, *factors).has_value());
}

TEST_CASE("a product's input has the order of the matrix' columns") {
  const nn::NetworkSpec spec{{2, 3, 1}, {{"flatten", {}}, {"dense", {{"units", 2}}}}};
  nn::Network<float> network = testing::build<float>(spec);
  // NumPy: W = np.arange(12).reshape(2, 6) / 10 - .3; x = np.array([0, 1, .5, 0, .25, 1])
  // W @ x -> [-0.025, 1.625]; u, s, v = np.linalg.svd(W); s -> [1.41069329, 0.43582617]
  // v[:2] @ x -> [1.15179965, -0.07807465]
  // [abs(x[j]) * np.linalg.norm(W[:, j]) for j in range(6)] -> [0, .4472136, .2549510, 0, .1767767, .8246211]
  std::vector<float> weights;
  for (int i = 0; i < 12; ++i) weights.push_back(static_cast<float>(i) / 10 - 0.3F);
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.shape.size() == 1) weights.assign(2, 0.5F);
    network.import_parameter(info, std::span<const float>(weights), network.parameters());
  }
  const inspect::Product product = product_of(network, {0, 1, 0.5F, 0, 0.25F, 1}, "1.weight");
  CHECK(close(product.weighted[0], -0.025, 0, 1e-6));
  CHECK(close(product.weighted[1], 1.625, 0, 1e-6));
  CHECK(close(static_cast<double>(product.output[1]), 2.125, 0, 1e-6));
  REQUIRE(product.columns.terms.size() == 4);
  CHECK(product.columns.terms[0].index == 5);
  CHECK(product.columns.terms[1].index == 1);
  CHECK(close(product.columns.terms[0].factor * product.columns.terms[0].length, 0.8246211251, 0, 1e-6));
  CHECK(close(product.columns.terms[1].factor * product.columns.terms[1].length, 0.4472135955, 0, 1e-6));
  REQUIRE(product.sheets.terms.size() == 2);
  CHECK(close(product.sheets.terms[0].length, 1.41069329, 0, 1e-6));
  CHECK(close(std::abs(product.sheets.terms[0].factor), 1.15179965, 0, 1e-6));
  CHECK(close(product.sheets.terms[1].length, 0.43582617, 0, 1e-6));
  CHECK(close(std::abs(product.sheets.terms[1].factor), 0.07807465, 0, 1e-6));
}
