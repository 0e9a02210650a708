// SPDX-License-Identifier: MIT
// The lens Weights' window: sizes, reads and winners equal the engine's kernels and NumPy's numbers, the matrix times
// the picture is the operation, and the links from the inputs' side are those from the outputs' side.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/core/rng.h"
#include "engine/kernels/pool2d.h"
#include "engine/nn/layers/window_terms.h"
#include "tests/support/close.h"
#include "web/model/network/product_table.h"
#include "web/model/network/window_study.h"
#include "web/model/network/window_words.h"

namespace descent::testing {
namespace {

using web::WindowChoice;
using web::WindowOperation;
using web::WindowStudy;

std::vector<float> random_numbers(std::size_t count, std::uint64_t seed) {
  core::Rng rng(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(rng.uniform());
  return values;
}

// Kernels in double, whose loops are the plain ones.
std::vector<double> by_kernels(const WindowStudy& study) {
  const kernels::Conv2dShape& s = study.shape;
  const std::vector<double> in(study.pixels.begin(), study.pixels.end());
  std::vector<double> out(study.outputs.size());
  const kernels::Pool2dShape pool{s.height, s.width, 1, s.kernel, s.stride, s.padding};
  if (study.operation == WindowOperation::convolution) {
    const std::vector<double> weights(study.weights.begin(), study.weights.end());
    const double bias = static_cast<double>(study.bias);
    kernels::conv2d_forward(s, 1, in.data(), kernels::Conv2dWeights<double>{weights.data(), &bias}, out.data(),
                            nullptr);
  } else if (study.operation == WindowOperation::max_pooling) {
    std::vector<std::uint8_t> winners(out.size());
    kernels::max_pool2d_forward(pool, 1, in.data(), out.data(), winners.data());
  } else {
    kernels::avg_pool2d_forward(pool, 1, in.data(), out.data());
  }
  return out;
}

void check_study(const WindowStudy& study) {
  const kernels::Conv2dShape& s = study.shape;
  const auto area = [](int side) { return static_cast<std::size_t>(side * side); };
  REQUIRE(study.outputs.size() == area(study.out()));
  REQUIRE(study.pixels.size() == area(s.height));
  const std::vector<double> expected = by_kernels(study);
  const std::vector<float> matrix = study.matrix();
  for (std::size_t o = 0; o < expected.size(); ++o) {
    CHECK(close(static_cast<double>(study.outputs[o]), expected[o], 1e-6, 1e-6));
    double product = static_cast<double>(study.bias);
    for (std::size_t i = 0; i < study.pixels.size(); ++i) {
      const float weight = matrix[o * study.pixels.size() + i];
      if (!std::isnan(weight)) product += static_cast<double>(weight) * static_cast<double>(study.pixels[i]);
    }
    CHECK(close(product, expected[o], 1e-6, 1e-6));
  }
  // The transposed map is the inverse of the forward one, and the engine's own.
  std::size_t links = 0;
  for (int input = 0; input < s.height * s.width; ++input) {
    std::size_t readers = 0;
    const auto back = study.links_of(input, true);
    links += back.size();
    nn::for_each_reader(s, input / s.width, input % s.width, [&](int ky, int kx, std::int64_t output) {
      ++readers;
      CHECK(std::any_of(back.begin(), back.end(), [&](const web::WindowLink& link) {
        return link.output == output && link.tap == ky * s.kernel + kx;
      }));
    });
    CHECK(readers == back.size());
    for (const web::WindowLink& link : back) {
      const auto forward = study.links_of(link.output, false);
      CHECK(std::any_of(forward.begin(), forward.end(), [&](const auto& f) { return f.input == input; }));
    }
    // A row that is never read has no readers.
    if (study.reads[static_cast<std::size_t>(input / s.width + s.padding)] == 0) CHECK(back.empty());
  }
  CHECK(links == study.links.size());
}

TEST_CASE("window: every size and operation equals the engine's kernels, in both directions") {
  const std::vector<float> image = random_numbers(784, 5), weights = random_numbers(3 * 9, 6);
  const std::vector<float> bias{0.1F, 0.2F, 0.3F};
  const web::DigitFilters filters{3, 3, weights, bias};
  for (const WindowChoice& choice : {
           WindowChoice{},
           WindowChoice{.size = 9, .kernel = 3, .stride = 2, .padding = 1, .filter = 2},
           WindowChoice{.size = 11, .kernel = 3, .stride = 3, .padding = 0, .dilation = 2, .filter = 7},
           WindowChoice{.size = 8, .kernel = 5, .stride = 4, .padding = 3, .dilation = 2},
           WindowChoice{.size = 10, .kernel = 1, .stride = 3},
           WindowChoice{.operation = WindowOperation::max_pooling, .size = 9, .kernel = 2, .stride = 2},
           WindowChoice{.operation = WindowOperation::max_pooling, .size = 7, .kernel = 3, .stride = 2, .padding = 3},
           WindowChoice{
               .operation = WindowOperation::average_pooling, .size = 8, .kernel = 3, .stride = 1, .padding = 1},
           WindowChoice{.operation = WindowOperation::max_pooling, .size = 5, .kernel = 1, .stride = 4, .padding = 2},
       })
    check_study(web::study_window(choice, image, filters));
}

TEST_CASE("window: which weights, which pixels, and what is never read") {
  const std::vector<float> image = random_numbers(784, 5), weights = random_numbers(18, 6);
  const std::vector<float> bias{0.1F, 0.2F};
  const web::DigitFilters filters{2, 3, weights, bias};
  const WindowStudy own = web::study_window({.size = 12, .filter = 1}, image, filters);
  CHECK(own.network);
  CHECK(own.corner == 8);
  CHECK(own.bias == 0.2F);
  CHECK(own.weights[4] == weights[13]);
  CHECK(own.pixels[13] == image[9 * 28 + 9]);
  CHECK(own.never_read() == 0);
  const WindowStudy made = web::study_window({.size = 12, .kernel = 5, .stride = 3}, image, filters);
  CHECK_FALSE(made.network);
  CHECK(made.weights[0] == -1);
  CHECK(made.weights[4] == 1);
  CHECK(made.bias == 0);
  // floor((12 - 5) / 3) + 1 = 3: windows begin at 0, 3 and 6 and end at 10, so that the last row is left over.
  CHECK(made.out() == 3);
  CHECK(made.never_read() == 1);
  CHECK(made.reads == std::vector<int>{1, 1, 1, 2, 2, 1, 2, 2, 1, 1, 1, 0});
  CHECK(web::size_formula(made) ==
        "H' = floor((H − k + 2p) / s) + 1 = floor((12 − 5 + 2·0) / 3) + 1 = floor(2.333) + "
        "1 = 3");
  // A stride beyond the window leaves gaps in between.
  CHECK(web::study_window({.size = 7, .kernel = 1, .stride = 3}, image, filters).reads ==
        std::vector<int>{1, 0, 0, 1, 0, 0, 1});
  const WindowStudy wide = web::study_window({.size = 4, .kernel = 3, .dilation = 3}, image, filters);
  CHECK(wide.refusal.find("spans 7") != std::string::npos);
  CHECK(web::size_formula(
            web::study_window({.size = 9, .kernel = 3, .stride = 2, .padding = 1, .dilation = 2}, image, filters)) ==
        "H' = floor((H + 2p − d(k − 1) − 1) / s) + 1 = floor((9 + 2·1 − 2·2 − 1) / 2) + 1 = floor(3) + 1 = 4");
}

TEST_CASE("window: a cell is said with its numbers") {
  // NumPy: x = np.arange(16).reshape(4, 4) / 16; w = np.array([[1, 2], [3, 4]])
  // [[(x[i:i+2, j:j+2] * w).sum() + .5 for j in range(3)] for i in range(3)]
  std::vector<float> image(784);
  for (int i = 0; i < 16; ++i)
    image[static_cast<std::size_t>((12 + i / 4) * 28 + 12 + i % 4)] = static_cast<float>(i) / 16;
  const std::vector<float> weights{1, 2, 3, 4}, bias{0.5F};
  const web::DigitFilters filters{1, 2, weights, bias};
  const WindowStudy study = web::study_window({.size = 4, .kernel = 2}, image, filters);
  CHECK(study.outputs == std::vector<float>{2.625F, 3.25F, 3.875F, 5.125F, 5.75F, 6.375F, 7.625F, 8.25F, 8.875F});
  CHECK(web::cell_words(study, 0, false) ==
        "Output row 0, column 0 = 2.62: bias 0.5 + 0.312 × 4 + 0.25 × 3 + 0.0625 × 2; 1 weight on pixels of 0.");
  CHECK(
      web::cell_words(study, 5, true) ==
      "Input row 1, column 1, 0.312: reaches 4 outputs. Backward, ∂loss/∂input = 4 × δ(0, 0) + 3 × δ(0, 1) + 2 × δ(1, "
      "0) + 1 more, with δ = ∂loss/∂output: the transposed convolution.");
  const WindowStudy pool = web::study_window(
      {.operation = WindowOperation::max_pooling, .size = 4, .kernel = 2, .stride = 2}, image, filters);
  CHECK(pool.outputs == std::vector<float>{5 / 16.0F, 7 / 16.0F, 13 / 16.0F, 15 / 16.0F});
  CHECK(web::cell_words(pool, 0, true) ==
        "Input row 0, column 0, 0: 1 output could take it, 0 of them do. Its ∂loss is the sum of theirs.");
}

TEST_CASE("product table: its lines add up to z") {
  inspect::Product product{.input = {1, 0, 2}, .bias = {1, -1}, .output = {6, 3}, .weighted = {5, 4}};
  product.columns = {{{2, 2, 2.5}}, {4, 3}, {1, 0.3, 0}};
  const web::ProductTable table = web::product_table(product, web::ProductReading::columns, {"a", {2, 3, 1, 1}});
  REQUIRE(table.lines.size() == 3);
  CHECK(table.lines[1].label == "x(2) = 2");
  CHECK(table.lines[2].label == "1 more");
  CHECK(table.added == std::vector<float>{1, -1, 4, 3, 1, 1});
  CHECK(table.sums == std::vector<float>{1, -1, 5, 2, 6, 3});
  CHECK(table.most == 4);
  CHECK(table.difference == 0);
  CHECK(web::product_caption(product, web::ProductReading::columns, table).find("1 of 3 inputs are 0") !=
        std::string::npos);
}

}  // namespace
}  // namespace descent::testing
