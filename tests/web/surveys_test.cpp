// SPDX-License-Identifier: MIT
// Checks what the Surfaces workspace asks of the surveyor, and how sweeps and maps become lines, colours and tables.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/optim/optimizer.h"
#include "tests/support/close.h"
#include "web/model/plots/rate_curves.h"
#include "web/model/plots/survey_colors.h"
#include "web/model/words/number_format.h"
#include "web/state/strip_tabs.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using survey::LaneEnd;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

UiState two_optimizers() {
  UiState ui;
  ui.race.surface = "himmelblau";
  ui.race.start = {1, 2};
  race::RunnerConfig adam, momentum;
  adam.optimizer = "adam";
  adam.hyperparameters = core::default_values(optim::find_optimizer("adam")->info->parameters);
  adam.hyperparameters[0] = 0.3;
  momentum.optimizer = "momentum";
  momentum.slot = 1;
  ui.race.runners = {adam, momentum};
  ui.starts = {{-5, 5, -5, 5}, 200, 100};
  return ui;
}

survey::RateSweepSnapshot four_rates() {
  survey::RateSweepSnapshot sweep;
  sweep.rates = {0.01, 0.1, 1, 10};
  sweep.target = 2;
  sweep.tolerance = 0.1;
  sweep.completed = sweep.total = 4;
  survey::RateCurve curve;
  curve.config.optimizer = "adam";
  curve.losses = {12, 2, 102, 5e9};
  curve.steps_to = {-1, 0, 17, -1};
  curve.ends = {LaneEnd::running, LaneEnd::converged, LaneEnd::running, LaneEnd::diverged};
  curve.evaluations = {1, 1, 1, 1};
  sweep.curves.push_back(curve);
  return sweep;
}

}  // namespace

TEST_CASE("surveys are wanted only where they are seen") {
  UiState ui = two_optimizers();
  const surfaces::SurfaceInfo* himmelblau = surfaces::find_surface("himmelblau")->info;
  SurveyWishes none = survey_wishes(ui, himmelblau);
  CHECK_FALSE(none.sweep.has_value());
  CHECK_FALSE(none.heat_map.has_value());
  CHECK_FALSE(none.basins.has_value());
  ui.strip.tab = kRatesTab;
  CHECK(survey_wishes(ui, himmelblau).sweep.has_value());
  ui.strip.tab = kMapTab;
  CHECK(survey_wishes(ui, himmelblau).heat_map.has_value());
  CHECK_FALSE(survey_wishes(ui, himmelblau).sweep.has_value());
  CHECK_FALSE(survey_wishes(ui, nullptr).heat_map.has_value());
  ui.show.basins = true;
  CHECK(survey_wishes(ui, himmelblau).basins.has_value());
  ui.camera.three_d = true;
  CHECK_FALSE(survey_wishes(ui, himmelblau).basins.has_value());
  ui.workspace = "another";
  CHECK_FALSE(survey_wishes(ui, himmelblau).heat_map.has_value());
}

TEST_CASE("what a survey varies does not change its configuration, everything else does") {
  UiState ui = two_optimizers();
  const auto sweep = sweep_of(ui);
  const surfaces::SurfaceInfo& himmelblau = *surfaces::find_surface("himmelblau")->info;
  const auto map = heat_map_of(ui, himmelblau);
  const auto basins = basins_of(ui);
  ui.race.runners[0].hyperparameters[0] = 0.7;
  CHECK(sweep_of(ui) == sweep);
  CHECK(heat_map_of(ui, himmelblau) == map);
  CHECK_FALSE(basins_of(ui) == basins);
  ui.race.runners[0].hyperparameters[1] = 0.5;
  CHECK_FALSE(sweep_of(ui) == sweep);
  CHECK(heat_map_of(ui, himmelblau) == map);
  ui.race.runners[0].hyperparameters[2] = 0.99;
  CHECK_FALSE(heat_map_of(ui, himmelblau) == map);
  ui = two_optimizers();
  ui.race.start = {0, 0};
  CHECK_FALSE(sweep_of(ui) == sweep);
  CHECK(basins_of(ui) == basins);
  ui.survey.steps = 50;
  CHECK_FALSE(basins_of(ui) == basins);
}

TEST_CASE("equal optimizers and branches are swept once") {
  UiState ui = two_optimizers();
  race::RunnerConfig branch = ui.race.runners[0];
  branch.hyperparameters[0] = 0.01;
  branch.slot = 5;
  branch.branch_of = 0;
  race::EarlierSettings earlier;
  earlier.hyperparameters = ui.race.runners[0].hyperparameters;
  earlier.until = 10;
  branch.earlier.push_back(earlier);
  ui.race.runners.push_back(branch);
  CHECK(sweep_of(ui)->runners.size() == 2);
  ui.race.runners.clear();
  CHECK_FALSE(sweep_of(ui).has_value());
}

TEST_CASE("a map leaves out of its configuration what its axes vary, and nothing else") {
  UiState ui = two_optimizers();
  ui.race.surface = "quadratic";
  ui.race.parameters = {10};
  const surfaces::SurfaceInfo& quadratic = *surfaces::find_surface("quadratic")->info;
  ui.survey.across = "start.y";
  ui.survey.upwards = "surface.kappa";
  const auto map = heat_map_of(ui, quadratic);
  REQUIRE(map.has_value());
  CHECK(map->x.min == quadratic.domain.y0);
  CHECK(map->y.name == "surface.kappa");
  ui.race.parameters = {};
  CHECK(heat_map_of(ui, quadratic) == map);
  ui.race.parameters = {77};
  ui.race.start[1] = 0.25;
  CHECK(heat_map_of(ui, quadratic) == map);
  ui.race.start[0] = 0.25;
  CHECK_FALSE(heat_map_of(ui, quadratic) == map);
  ui = two_optimizers();
  ui.race.surface = "quadratic";
  ui.survey = {.across = "start.y", .upwards = "surface.kappa"};
  CHECK(heat_map_of(ui, quadratic) == map);
  ui.race.runners[0].hyperparameters[0] = 0.01;
  CHECK_FALSE(heat_map_of(ui, quadratic) == map);
}

TEST_CASE("axes of the map: those named, else the first two but the weight decay, never the same twice") {
  using Names = std::pair<std::string, std::string>;
  const auto axes = [](std::string_view optimizer, std::string_view surface, const SurveySettings& survey) {
    const auto choices = map_choices(*optim::find_optimizer(optimizer)->info, *surfaces::find_surface(surface)->info);
    const auto [x, y] = map_axes(choices, survey);
    return Names{choices[static_cast<std::size_t>(x)].name, choices[static_cast<std::size_t>(y)].name};
  };
  SurveySettings survey;
  CHECK(axes("adam", "beale", survey) == Names{"learning_rate", "beta1"});
  CHECK(axes("gradient_descent", "beale", survey) == Names{"learning_rate", "start.x"});
  survey.across = "beta2";
  CHECK(axes("adam", "beale", survey) == Names{"beta2", "learning_rate"});
  survey.upwards = "beta2";
  CHECK(axes("adam", "beale", survey) == Names{"beta2", "learning_rate"});
  survey = {};
  survey.upwards = "learning_rate";
  CHECK(axes("adam", "beale", survey) == Names{"beta1", "learning_rate"});
  CHECK(axes("gradient_descent", "beale", survey) == Names{"start.x", "learning_rate"});
  survey = {.across = "momentum", .upwards = "surface.kappa"};  // Adam and Beale's function have neither
  CHECK(axes("adam", "beale", survey) == Names{"learning_rate", "beta1"});
  CHECK(axes("momentum", "quadratic", survey) == Names{"momentum", "surface.kappa"});
  survey = {.across = "weight_decay"};
  CHECK(axes("gradient_descent", "beale", survey) == Names{"weight_decay", "learning_rate"});
  // Whatever the optimizer, there are two.
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const auto [x, y] = axes(entry.info->name, "rosenbrock", {});
    CHECK(x != y);
  }
}

TEST_CASE("grids of starts are no finer than the pixels and no larger than a quarter of a million") {
  CHECK(start_grid(300, 200) == std::pair(300, 200));
  const auto [width, height] = start_grid(1700, 746);
  CHECK(width * height <= kMostStarts);
  CHECK(width * height > kMostStarts * 0.98);
  CHECK(testing::close(static_cast<double>(width) / height, 1700.0 / 746, 0.01, 0));
}

TEST_CASE("a line stands above the minimum, ends where runs diverge and is interpolated between rates") {
  const survey::RateSweepSnapshot sweep = four_rates();
  const RateAxis axis = rate_axis(sweep, false, 42);
  CHECK(axis.log);
  CHECK(axis.start == 40);
  CHECK(axis.caption.find("f − 2") == 0);
  const std::vector<double> y = rate_line(sweep, sweep.curves[0], false, axis);
  CHECK(y[0] == 10);
  CHECK(y[1] == axis.low);  // at the minimum: the lower end of the axis
  CHECK(y[2] == 100);
  CHECK(std::isnan(y[3]));
  CHECK(cliffs(sweep.curves[0]) == std::vector<std::size_t>{2});
  CHECK(testing::close(line_value(sweep.rates, std::vector<double>{10, 1000, 1, 1}, std::sqrt(0.001), true), 100, 1e-12,
                       0));
  CHECK(testing::close(line_value(sweep.rates, std::vector<double>{10, 30, 1, 1}, std::sqrt(0.001), false), 20, 1e-12,
                       0));
  CHECK(std::isnan(line_value(sweep.rates, y, 20, true)));
  CHECK(line_value(sweep.rates, y, 0.01, true) == 10);
}

TEST_CASE("rates worth showing go from the first gain to the last run that does not diverge") {
  survey::RateSweepSnapshot sweep = four_rates();
  sweep.config.rate_min = 1e-5;
  sweep.config.rate_max = 10;
  const RateRange range = rate_range(sweep, 42);
  CHECK(testing::close(range.low, 0.01 / std::sqrt(10.0), 1e-12, 0));
  CHECK(testing::close(range.high, std::sqrt(10.0), 1e-12, 0));
  sweep.curves[0].losses[0] = 41.9;  // as good as nothing gained
  CHECK(testing::close(rate_range(sweep, 42).low, 0.1 / std::sqrt(10.0), 1e-12, 0));
  sweep.curves.clear();
  CHECK(rate_range(sweep, 42).low == 1e-5);
  CHECK(rate_range(sweep, 42).high == 10);
}

TEST_CASE("an axis above a minimum names its value, unless that is rounding") {
  CHECK(above_words(0, 10, 5) == "f");
  CHECK(above_words(2, 10, 5) == "f − 2");
  CHECK(above_words(-78.33233, 10, 5) == "f + 78.332");
  CHECK(above_words(1.47598e-13, 10, 5) == "f above its minimum");
  CHECK(above_words(1.5e-13, 1e-12, 2) != above_words(1.5e-13, 1, 2));
}

TEST_CASE("without a number of steps sweeps and basins leave it to the engine, and a map has one") {
  const UiState ui = two_optimizers();
  UiState grid = ui;
  grid.starts = {{-5, 5, -5, 5}, 40, 40, {-5, 5, -5, 5}};
  CHECK(sweep_of(ui)->steps == 0);
  CHECK(basins_of(grid)->steps == 0);
  CHECK(heat_map_of(ui, *surfaces::find_surface("himmelblau")->info)->steps == kMapSteps);
}

TEST_CASE("steps are counted where they were enough; without a minimum there is a sentence") {
  survey::RateSweepSnapshot sweep = four_rates();
  const RateAxis axis = rate_axis(sweep, true, 42);
  const std::vector<double> y = rate_line(sweep, sweep.curves[0], true, axis);
  CHECK(std::isnan(y[0]));
  CHECK(y[1] == 1);  // there from the start: the lower end
  CHECK(y[2] == 17);
  sweep.target = kNaN;
  CHECK(rate_axis(sweep, true, 42).empty);
  const RateAxis plain = rate_axis(sweep, false, 42);
  CHECK_FALSE(plain.log);
  CHECK(plain.low < 2);
  CHECK(plain.high > 42);
}

TEST_CASE("the heat map's colours: row 0 below, dark is low, diverged has its own") {
  survey::HeatMapSnapshot map;
  map.x = {1, 2};
  map.y = {1, 2};
  map.losses = {1e-3, 10, kNaN, 5};
  map.ends = {LaneEnd::running, LaneEnd::running, LaneEnd::running, LaneEnd::diverged};
  map.highest_start = 10;
  const HeatScale scale = heat_scale(map, 0.0);
  CHECK(scale(1e-3) == 0);
  CHECK(scale(10) == 1);
  CHECK(testing::close(scale.inverse(scale(0.1)), 0.1, 1e-12, 0));
  const auto pixels = heat_pixels(map, scale, Theme::dark);
  CHECK(pixels[0] == 0);  // upper row: not known yet
  CHECK(pixels[1] == diverged_color(Theme::dark));
  CHECK(pixels[2] == pixel_of(colormap(Colormap::viridis, 0)));
  CHECK(pixels[3] == pixel_of(colormap(Colormap::viridis, 1)));
  const HeatScale plain = heat_scale(map, {});
  CHECK_FALSE(plain.log);
  CHECK(plain(1e-3) == 0);
  // The surface varies with the map, and goes lower than where the minimum was known.
  map.losses[0] = -2;
  CHECK_FALSE(heat_scale(map, 0.0).log);
  CHECK(heat_scale(map, 0.0)(-2) == 0);
  map.losses[0] = -1e-15;  // rounding
  CHECK(heat_scale(map, 0.0).log);
}

TEST_CASE("basins: one colour for each attractor, darker for a longer way") {
  survey::BasinSnapshot map;
  map.config.steps = 100;
  map.attractors.resize(2);
  map.basins = {0, 0, 1, survey::kBasinUnknown, survey::kBasinDiverged, survey::kBasinUnfinished};
  map.steps = {0, 100, 0, 0, 5, 100};
  const auto pixels = basin_pixels(map, Theme::dark);
  CHECK(pixels[0] == pixel_of(attractor_color(0, Theme::dark)));
  CHECK(pixels[1] == pixel_of(shaded(attractor_color(0, Theme::dark), 1, Theme::dark)));
  CHECK(pixels[1] != pixels[0]);
  CHECK(pixels[2] == pixel_of(attractor_color(1, Theme::dark)));
  CHECK(pixels[3] == 0);
  CHECK(pixels[4] == pixel_of(escaped_color(Theme::dark)));
  CHECK(pixels[5] == pixel_of(unfinished_color(Theme::dark)));
  for (const Theme theme : {Theme::dark, Theme::light})
    for (int a = 0; a < 60; ++a)
      for (int b = a + 1; b < 60; ++b)
        CHECK(pixel_of(attractor_color(a, theme)) != pixel_of(attractor_color(b, theme)));
}

}  // namespace descent::web
