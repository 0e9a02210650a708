// SPDX-License-Identifier: MIT
// Heights at random points of a grid against PyTorch's; the middle against the network itself; the order, threads,
// slices, and planes that move late layers alone.
#include "engine/inspect/loss/landscape.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/inspect/loss/subset_loss.h"
#include "engine/inspect/loss/vectors.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/sharpness_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

inspect::Landscape landscape(const nn::Network<float>& network, const inspect::Plane& plane,
                             std::shared_ptr<const data::Dataset> dataset, std::int64_t images,
                             const inspect::LandscapeGrid& grid) {
  auto result = inspect::Landscape::start(network, plane, std::move(dataset), data::Layout::upright, images, grid);
  REQUIRE(result.ok());
  return std::move(*result);
}

std::vector<double> finished(inspect::Landscape study, int threads, double seconds) {
  parallel::ThreadPool pool(threads);
  double progress = 0;
  for (bool more = true; more;) {
    more = study.advance(pool, seconds);
    CHECK(study.progress() >= progress);
    progress = study.progress();
  }
  CHECK(progress == 1);
  return study.losses();
}

}  // namespace

TEST_CASE("heights at random points of the grid are PyTorch's") {
  const Json golden = testing::load_golden("sharpness.json");
  REQUIRE(!golden.is_null());
  const int images = golden["images"];
  const inspect::LandscapeGrid grid{.width = golden["grid"][0], .height = golden["grid"][1]};
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<float> network = testing::inspected_network<float>(expected);
    inspect::Plane plane{{network.parameters().begin(), network.parameters().end()},
                         {testing::golden_vector(network, 200), testing::golden_vector(network, 220)}};
    for (std::vector<float>& direction : plane.directions) inspect::scale_by(0.5, direction);
    const auto dataset = testing::golden_dataset(network.spec(), network.classes(), images);
    const auto study = landscape(network, plane, dataset, images, grid);
    const std::vector<double> losses = finished(landscape(network, plane, dataset, images, grid), 2, 0.01);
    for (const auto& point : expected["points"]) {
      const auto column = static_cast<int>(std::lround((point[0].get<double>() + 1) / 2 * (grid.width - 1)));
      const auto row = static_cast<int>(std::lround((point[1].get<double>() + 1) / 2 * (grid.height - 1)));
      CHECK(close(study.a(column), point[0], 0, 1e-9));
      CHECK(close(study.b(row), point[1], 0, 1e-9));
      CHECK(close(losses[static_cast<std::size_t>(row * grid.width + column)], point[2], 1e-5, 0));
      // Negative control: the neighbour's height is another one.
      const int beside = row * grid.width + (column == 0 ? 1 : column - 1);
      CHECK(!close(losses[static_cast<std::size_t>(beside)], point[2], 1e-4, 0));
    }
  }
}

TEST_CASE("the middle is the network's own loss to the bit, and every point that of its weights") {
  auto network = testing::build<float>(testing::mixed_network(0.5), 3);
  const auto dataset = testing::golden_dataset(network.spec(), 4, 75);
  const inspect::Plane plane = inspect::random_plane(network, 2);
  const inspect::LandscapeGrid grid{.width = 5, .height = 3, .range_a = 0.5, .range_b = 2};
  const auto study = landscape(network, plane, dataset, 75, grid);
  const std::vector<double> losses = finished(landscape(network, plane, dataset, 75, grid), 2, 0.01);
  std::vector<float> images(dataset->images.size());
  data::to_floats(dataset->images, images);
  parallel::ThreadPool pool(2);
  CHECK(losses[7] == network.evaluate(images, dataset->labels, {}, pool).loss);
  CHECK(study.a(0) == -0.5);
  CHECK(study.a(2) == 0);
  CHECK(study.b(2) == 2);
  for (int row = 0; row < grid.height; ++row)
    for (int column = 0; column < grid.width; ++column) {
      inspect::weights_at(plane, study.a(column), study.b(row), network.parameters());
      CHECK(losses[static_cast<std::size_t>(row * grid.width + column)] ==
            network.evaluate(images, dataset->labels, {}, pool).loss);
    }
}

TEST_CASE("threads and slices make no difference to a bit") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 150);
  const inspect::Plane plane = inspect::random_plane(network, 2);
  for (const auto& [width, height] : {std::array{9, 8}, std::array{2, 3}}) {
    const inspect::LandscapeGrid grid{.width = width, .height = height};
    const auto one = finished(landscape(network, plane, dataset, 150, grid), 1, 1e-9);
    CHECK(one == finished(landscape(network, plane, dataset, 150, grid), 3, 10));
    CHECK(one == finished(landscape(network, plane, dataset, 150, grid), 5, 1e-9));
  }
}

TEST_CASE("a coarse picture on few images comes first, then all of it") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 150);
  parallel::ThreadPool pool(1);
  auto study = landscape(network, inspect::random_plane(network, 2), dataset, 150, {.width = 9, .height = 9});
  while (study.images_done(8, 8) < 128) CHECK(study.advance(pool, 1e-9));
  const std::vector<double> first = study.preview(), none = study.losses();
  for (int row = 0; row < 9; ++row)
    for (int column = 0; column < 9; ++column) {
      const auto at = static_cast<std::size_t>(row * 9 + column);
      CHECK(std::isfinite(first[at]) == (row % 4 == 0 && column % 4 == 0));
      CHECK(std::isnan(none[at]));
      CHECK(study.images_done(row, column) == (row % 4 == 0 && column % 4 == 0 ? 128 : 0));
    }
  while (study.advance(pool, 1)) {
  }
  CHECK(study.losses() == study.preview());
  for (const double loss : study.losses()) CHECK(std::isfinite(loss));
  CHECK(std::abs(study.losses()[0] - first[0]) > 1e-6);
}

// Layers before the first one that moves are not run again, and nobody can tell.
TEST_CASE("a plane of late weights has the heights of its points") {
  auto network = testing::build<float>(testing::mixed_network(0), 3);
  const auto dataset = testing::golden_dataset(network.spec(), 4, 75);
  const auto plane = inspect::weights_plane(network, {{{"7.weight", 5}, {"10.bias", 2}}});
  REQUIRE(plane.ok());
  const inspect::LandscapeGrid grid{.width = 3, .height = 3, .range_a = 3, .range_b = 1};
  for (const double seconds : {1e-9, 1.0}) {
    const std::vector<double> losses = finished(landscape(network, *plane, dataset, 75, grid), 2, seconds);
    auto loss = inspect::SubsetLoss<float>::build(network.spec(), dataset, data::Layout::upright, 75);
    REQUIRE(loss.ok());
    parallel::ThreadPool pool(2);
    std::vector<float> weights(network.parameters().size());
    for (int at = 0; at < 9; ++at) {
      inspect::weights_at(*plane, 3.0 * (at % 3 - 1), at / 3 - 1, weights);
      loss->set_weights(weights);
      loss->start_loss();
      loss->finish(pool);
      CHECK(losses[static_cast<std::size_t>(at)] == loss->loss());
    }
    CHECK(losses[3] != losses[5]);
    CHECK(losses[1] != losses[7]);
  }
}

TEST_CASE("the network may go on, and what is no number is no height") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 40);
  inspect::Plane plane = inspect::random_plane(network, 2);
  const inspect::LandscapeGrid grid{.width = 3, .height = 3};
  const std::vector<double> expected = finished(landscape(network, plane, dataset, 40, grid), 1, 1);
  auto study = landscape(network, plane, dataset, 40, grid);
  for (float& w : network.parameters()) w = 1;
  CHECK(finished(std::move(study), 1, 1e-9) == expected);
  plane.middle[0] = std::numeric_limits<float>::quiet_NaN();
  for (const double loss : finished(landscape(network, plane, dataset, 40, grid), 1, 1)) CHECK(std::isnan(loss));
}
