// SPDX-License-Identifier: MIT
// The lens Weights: every element has a cell of its own and is found there again, densities have the area 1, and the
// matrix that is shown is the one that was asked for.
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <utility>

#include "engine/core/rng.h"
#include "web/model/network/rank_words.h"
#include "web/model/network/weight_distribution.h"
#include "web/model/network/weight_grid.h"
#include "web/state/matrix_choice.h"

namespace descent::testing {
namespace {

const nn::WeightOutline kShapes[] = {{"a", {10, 1, 28, 28}}, {"b", {32, 1, 3, 3}},   {"c", {64, 32, 3, 3}},
                                     {"d", {12, 7, 5, 4}},   {"e", {10, 128, 1, 1}}, {"f", {1, 1, 1, 1}}};

void check_grid(const web::WeightGrid& grid) {
  std::set<std::pair<int, int>> cells;
  for (std::int64_t index = grid.first_row * grid.columns(); grid.shows(index); ++index) {
    const auto cell = grid.cell_of(index);
    CHECK(cell.x >= 0);
    CHECK(cell.y >= 0);
    CHECK(cell.x < grid.width());
    CHECK(cell.y < grid.height());
    cells.insert({cell.x, cell.y});
    CHECK(grid.index_at(cell.x, cell.y) == index);
  }
  CHECK(static_cast<std::int64_t>(cells.size()) == grid.rows * grid.columns());
  int found = 0;
  for (int y = -1; y <= grid.height(); ++y)
    for (int x = -1; x <= grid.width(); ++x) found += grid.index_at(x, y).has_value() ? 1 : 0;
  CHECK(found == grid.rows * grid.columns());
}

TEST_CASE("weights: an element is found where its cell is, in the whole matrix and in one row") {
  for (const nn::WeightOutline& shape : kShapes)
    for (const auto& [width, height] : {std::pair{340.0f, 200.0f}, {100.0f, 500.0f}, {5.0f, 5.0f}}) {
      check_grid(web::fit_matrix(shape, width, height));
      check_grid(web::fit_row(shape, shape.rows() - 1, width, height));
    }
}

TEST_CASE("weights: a row keeps the shape of what it reads") {
  const web::WeightGrid grid = web::fit_matrix({"a", {10, 1, 28, 28}}, 340, 200);
  CHECK(grid.block_width() == 28);
  CHECK(grid.block_height() == 28);
  CHECK(grid.block_columns == 5);
  const auto cell = grid.cell_of(784 + 28 + 1);  // of the second row, one down and one to the right
  CHECK(cell == web::WeightGrid::Cell{30, 1});
  std::vector<float> values(7840);
  values[784 + 28 + 1] = 5;
  const auto pixels = web::weight_pixels(grid, values);
  CHECK(pixels[static_cast<std::size_t>(grid.width() + 30)] == 5);
  CHECK(std::isnan(pixels[28]));
  CHECK(web::weight_place({"a", {10, 1, 28, 28}}, 784 + 28 + 1) == "output 1, row 1, column 1");
  CHECK(web::weight_place({"c", {64, 32, 3, 3}}, 288 + 9 + 5) == "output 1, input channel 1, row 1, column 2");
  CHECK(web::weight_place({"e", {10, 128, 1, 1}}, 130) == "output 1, input 2");
}

double area(const web::DensityCurve& curve) {
  double sum = 0;
  for (std::size_t i = 1; i < curve.x.size(); ++i)
    sum += (curve.x[i] - curve.x[i - 1]) * (curve.y[i] + curve.y[i - 1]) / 2;
  return sum;
}

TEST_CASE("weights: densities have the area 1, and a sample has its law's figures") {
  for (const auto scheme : {nn::InitializationScheme::glorot_uniform, nn::InitializationScheme::he_normal,
                            nn::InitializationScheme::torch_default, nn::InitializationScheme::fixed_normal}) {
    const nn::Initialization how{scheme, false, 200, 100};
    const nn::WeightLaw law = nn::law_of(how);
    core::Rng rng(3, 1);
    std::vector<float> values(20000);
    nn::initialize_parameter<float>(how, rng, values);
    const web::WeightFigures figures = web::weight_figures(values);
    CHECK(std::abs(figures.deviation / law.deviation() - 1) < 0.02);
    CHECK(std::abs(figures.mean) < 0.02 * law.deviation());
    const double reach = web::reach_of(figures, law);
    CHECK(reach >= figures.largest);
    CHECK(std::abs(area(web::histogram(values, reach, 50)) - 1) < 1e-9);
    CHECK(std::abs(area(web::law_curve(law, reach)) - 1) < 2e-3);
  }
  CHECK(nn::law_of({nn::InitializationScheme::he_normal, true, 5, 5}).scale == 0);
  CHECK(web::weight_figures(std::vector<float>{NAN}).largest == 0);
}

TEST_CASE("weights: what is kept and read at a rank is said in words") {
  const std::vector<double> sigma{3, 2, 1};
  CHECK(web::kept_share(sigma, 0) == 1);
  CHECK(web::kept_share(sigma, 1) == 9.0 / 14);
  training::TrainerSnapshot trainer;
  CHECK(web::cut_reading(trainer, 2, 5).empty());
  trainer.class_labels = {4, 7};
  trainer.inspection.probabilities = {0.25f, 0.75f};
  CHECK(web::cut_reading(trainer, 0, 5) == "Whole, with all 5 ranks, it reads 7, 75 %.");
  trainer.inspection.rank_probabilities = {0.875f, 0.125f};
  CHECK(
      web::cut_reading(trainer, 2, 5) ==
      "Cut to rank 2 it reads this digit as 4, 87.5 %; whole as 7, 75 %. Everywhere else on the page it stays whole.");
  training::RankView study{.step = 1200, .images = 10000, .images_done = 10000};
  CHECK(web::study_words(study, 1).empty());
  study.curve.accuracy = {0.5, 0.9771};
  CHECK(web::study_words(study, 1) ==
        "Over the first 10,000 images of the test set, with the weights after step 1,200: 50 % at rank 1, 97.71 % "
        "whole.");
}

TEST_CASE("weights: the matrix is the one asked for, else the largest dense layer's") {
  const nn::NetworkSpec network = nn::reference_network();
  const web::MatrixChoice all = web::choose_matrix(network, "");
  REQUIRE(all.entries.size() == 4);
  CHECK(all.shown()->weight == nn::WeightOutline{"7.weight", {128, 64, 5, 5}});
  CHECK(all.shown()->type == "dense");
  CHECK(web::choose_matrix(network, "0.weight").index == 0);
  CHECK(web::choose_matrix(network, "3.weight").shown()->weight.extents == std::array<std::int64_t, 4>{64, 32, 3, 3});
  CHECK(web::choose_matrix(network, "0.bias").index == all.index);
  CHECK(web::choose_matrix({{28, 28, 1}, {{"flatten", {}}}}, "").shown() == nullptr);
}

}  // namespace
}  // namespace descent::testing
