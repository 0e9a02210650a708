// SPDX-License-Identifier: MIT
// Directions and where a run lies seen from them; value, slope and curvature at a point of a plane against PyTorch and
// against central differences.
#include "engine/inspect/loss/plane.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "engine/core/rng.h"
#include "engine/inspect/loss/plane_point.h"
#include "engine/inspect/loss/vectors.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/sharpness_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

std::vector<float> noise(std::size_t size, std::uint64_t seed) {
  core::Rng rng(seed);
  std::vector<float> vector(size);
  for (float& value : vector) value = static_cast<float>(rng.normal());
  return vector;
}

template <class T>
void check_point(double tolerance, double curvature_tolerance) {
  const Json golden = testing::load_golden("sharpness.json");
  REQUIRE(!golden.is_null());
  const int images = golden["images"];
  parallel::ThreadPool pool(2);
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<float> network = testing::inspected_network<float>(expected);
    inspect::Plane plane{{network.parameters().begin(), network.parameters().end()},
                         {testing::golden_vector(network, 200), testing::golden_vector(network, 220)}};
    for (std::vector<float>& direction : plane.directions) inspect::scale_by(0.5, direction);
    auto loss = inspect::SubsetLoss<T>::build(network.spec(),
                                              testing::golden_dataset(network.spec(), network.classes(), images),
                                              data::Layout::upright, images);
    REQUIRE(loss.ok());
    const std::vector<double> at = expected["at"];
    const auto point = inspect::plane_point(*loss, plane, at[0], at[1], inspect::PlaneWish::hessian, pool);
    CHECK(close(point.value, at[2], tolerance, 0));
    for (std::size_t k = 0; k < 2; ++k) CHECK(close(point.gradient[k], at[3 + k], tolerance, tolerance));
    for (std::size_t k = 0; k < 3; ++k)
      CHECK(close(point.hessian[k], at[5 + k], curvature_tolerance, curvature_tolerance));
    const auto value = inspect::plane_point(*loss, plane, at[0], at[1], inspect::PlaneWish::value, pool);
    CHECK(value.value == point.value);
    CHECK(value.gradient[0] == 0);
  }
}

}  // namespace

TEST_CASE("value, slope and curvature in a plane are PyTorch's") {
  check_point<double>(2e-8, 2e-8);
  check_point<float>(1e-5, 1e-4);
}

TEST_CASE("the slope in the plane is the central difference of the value") {
  const auto network = testing::build<float>(testing::mixed_network(0.3), 3);
  inspect::Plane plane = inspect::random_plane(network, 5);
  auto loss = inspect::SubsetLoss<double>::build(network.spec(), testing::golden_dataset(network.spec(), 4, 40),
                                                 data::Layout::upright, 40);
  REQUIRE(loss.ok());
  parallel::ThreadPool pool(2);
  const auto value = [&](double a, double b) {
    return inspect::plane_point(*loss, plane, a, b, inspect::PlaneWish::value, pool).value;
  };
  constexpr double kStep = 1e-5;
  for (const auto& [a, b] : {std::array{0.0, 0.0}, std::array{0.3, -0.7}, std::array{-1.0, 1.0}}) {
    const auto point = inspect::plane_point(*loss, plane, a, b, inspect::PlaneWish::gradient, pool);
    CHECK(close((value(a + kStep, b) - value(a - kStep, b)) / (2 * kStep), point.gradient[0], 1e-7, 1e-7));
    CHECK(close((value(a, b + kStep) - value(a, b - kStep)) / (2 * kStep), point.gradient[1], 1e-7, 1e-7));
    // Negative control: another point's slope is another one.
    const double other = (value(a + 0.1 + kStep, b) - value(a + 0.1 - kStep, b)) / (2 * kStep);
    CHECK(std::abs(other - point.gradient[0]) > 1e-4);
  }
}

TEST_CASE("random directions have the length of each filter and no biases") {
  const auto network = testing::build<float>(testing::mixed_network(0), 3);
  const inspect::Plane plane = inspect::random_plane(network, 5);
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    std::vector<float> weights(static_cast<std::size_t>(info.size));
    network.export_parameter(info, network.parameters(), weights);
    for (const std::vector<float>& direction : plane.directions) {
      std::vector<float> own(weights.size());
      network.export_parameter(info, direction, own);
      if (info.shape.size() < 2) {
        CHECK(inspect::norm(own) == 0);
        continue;
      }
      const std::size_t filter = weights.size() / static_cast<std::size_t>(info.shape[0]);
      for (std::size_t at = 0; at < weights.size(); at += filter)
        CHECK(close(inspect::norm(std::span(own).subspan(at, filter)),
                    inspect::norm(std::span(weights).subspan(at, filter)), 1e-6, 0));
    }
  }
  CHECK(std::abs(inspect::dot(plane.directions[0], plane.directions[1])) <
        0.3 * inspect::dot(plane.directions[0], plane.directions[0]));
  CHECK(inspect::random_plane(network, 5).directions == plane.directions);
  CHECK(inspect::random_plane(network, 6).directions != plane.directions);
}

TEST_CASE("a run that was made in a plane is found there again") {
  const auto network = testing::build<float>(testing::mixed_network(0), 3);
  const std::size_t size = network.parameters().size();
  std::vector<float> first = noise(size, 1), second = noise(size, 2), away = noise(size, 3);
  inspect::scale_by(1 / inspect::norm(first), first);
  for (std::vector<float>* other : {&second, &away}) {
    inspect::add_scaled(-inspect::dot(first, *other), first, *other);
    inspect::scale_by(1 / inspect::norm(*other), *other);
  }
  inspect::add_scaled(-inspect::dot(second, away), second, away);
  inspect::scale_by(1 / inspect::norm(away), away);
  const auto run = [&](double off) {
    std::vector<std::vector<float>> weights;
    for (const auto& [a, b, c] : {std::array{3.0, 1.0, off}, std::array{2.0, -1.0, -off}, std::array{1.0, 0.5, 0.0}}) {
      std::vector<float> at(network.parameters().begin(), network.parameters().end());
      inspect::add_scaled(a, first, at);
      inspect::add_scaled(b, second, at);
      inspect::add_scaled(c, away, at);
      weights.push_back(std::move(at));
    }
    return weights;
  };
  const auto flat = run(0), bent = run(0.6);
  const std::vector<std::span<const float>> checkpoints(flat.begin(), flat.end());
  const auto pca = inspect::pca_plane(network, checkpoints, 1);
  REQUIRE(pca.ok());
  CHECK(close(pca->explained[0] + pca->explained[1], 1, 1e-6, 0));
  CHECK(pca->explained[0] > pca->explained[1]);
  CHECK(pca->path.gap < 1e-3);
  CHECK(close(inspect::dot(pca->plane.directions[0], pca->plane.directions[1]), 0, 0, 1e-6));
  // The points of the path are those checkpoints.
  std::vector<float> weights(size);
  for (std::size_t i = 0; i < 3; ++i) {
    inspect::weights_at(pca->plane, pca->path.points[i][0], pca->path.points[i][1], weights);
    CHECK(close(std::span<const float>(weights), checkpoints[i], 0, 1e-5));
  }
  // The gap is what leaves the plane: 2 · 0.36 of 9 + 1 + 4 + 1 + 1 + 0.25 + 2 · 0.36, about, as the plane turns to it.
  const std::vector<std::span<const float>> others(bent.begin(), bent.end());
  const auto off = inspect::pca_plane(network, others, 1);
  REQUIRE(off.ok());
  CHECK(off->path.gap > 0.05);
  CHECK(off->path.gap < std::sqrt(0.72 / 16.97));
  CHECK(close(off->explained[0] + off->explained[1] + off->path.gap * off->path.gap, 1, 1e-5, 0));
  // Seen from the flat run's plane, whose directions may be of any length and angle, exactly that.
  inspect::Plane oblique = pca->plane;
  inspect::scale_by(3, oblique.directions[0]);
  inspect::add_scaled(1, oblique.directions[0], oblique.directions[1]);
  for (const inspect::Plane& plane : {pca->plane, oblique})
    CHECK(close(inspect::path_on(plane, others).gap, std::sqrt(0.72 / 16.97), 1e-4, 0));
  CHECK(inspect::path_on(pca->plane, {}).gap == 0);
}

TEST_CASE("a run along a line gets a second direction, and one that stands still has no plane") {
  const auto network = testing::build<float>(testing::mixed_network(0), 3);
  std::vector<float> start(network.parameters().begin(), network.parameters().end());
  const std::vector<float> same = start;
  start[3] += 2;
  const std::span<const float> checkpoints[] = {start};
  const auto line = inspect::pca_plane(network, checkpoints, 1);
  REQUIRE(line.ok());
  CHECK(close(std::abs(line->path.points[0][0]), 2, 1e-6, 0));
  CHECK(close(line->path.points[0][1], 0, 0, 1e-6));
  CHECK(line->explained[1] == 0);
  CHECK(close(inspect::norm(line->plane.directions[1]), 1, 1e-6, 0));
  const std::span<const float> still[] = {same};
  for (const auto& none : {inspect::pca_plane(network, still, 1), inspect::pca_plane(network, {}, 1)}) {
    REQUIRE(!none.ok());
    CHECK(none.message() == "the run has not moved yet, so there is no plane in which it lies");
  }
}

TEST_CASE("gradient and top curvature span an orthonormal plane, unless they are one line") {
  const auto network = testing::build<float>(testing::mixed_network(0), 3);
  const std::size_t size = network.parameters().size();
  const std::vector<float> gradient = noise(size, 1), vector = noise(size, 2);
  const auto plane = inspect::curvature_plane(network, gradient, vector);
  REQUIRE(plane.ok());
  const auto& [first, second] = plane->directions;
  CHECK(close(inspect::dot(first, gradient), -inspect::norm(gradient), 1e-6, 0));
  CHECK(close(inspect::norm(first), 1, 1e-6, 0));
  CHECK(close(inspect::norm(second), 1, 1e-6, 0));
  CHECK(close(inspect::dot(first, second), 0, 0, 1e-6));
  // Nothing of the vector is left outside.
  std::vector<float> rest = vector;
  for (const std::vector<float>* direction : {&first, &second})
    inspect::add_scaled(-inspect::dot(*direction, rest), *direction, rest);
  CHECK(inspect::norm(rest) < 1e-5 * inspect::norm(vector));
  CHECK(!inspect::curvature_plane(network, gradient, gradient).ok());
  CHECK(!inspect::curvature_plane(network, std::vector<float>(size), vector).ok());
}

TEST_CASE("two weights span a plane in their own units") {
  const auto network = testing::build<float>(testing::mixed_network(0), 3);
  const auto plane = inspect::weights_plane(network, {{{"7.weight", 5}, {"0.bias", 2}}});
  REQUIRE(plane.ok());
  std::vector<float> weights(network.parameters().size());
  inspect::weights_at(*plane, 0.5, -2, weights);
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    std::vector<float> before(static_cast<std::size_t>(info.size)), after(before.size());
    network.export_parameter(info, network.parameters(), before);
    network.export_parameter(info, weights, after);
    if (info.name == "7.weight") before[5] += 0.5F;
    if (info.name == "0.bias") before[2] -= 2;
    CHECK(after == before);
  }
  const auto message = [&](const std::array<inspect::PlaneWeight, 2>& chosen) {
    const auto wrong = inspect::weights_plane(network, chosen);
    return wrong.ok() ? std::string() : wrong.message();
  };
  CHECK(message({{{"7.weight", 5}, {"9.weight", 0}}}).starts_with("there is no parameter '9.weight'"));
  CHECK(message({{{"0.bias", 5}, {"0.bias", 0}}}) == "index is 5; 0.bias has 5 elements, counted from 0");
  CHECK(message({{{"0.bias", -1}, {"0.bias", 0}}}) == "index is -1; 0.bias has 5 elements, counted from 0");
  CHECK(message({{{"0.bias", 1}, {"0.bias", 1}}}) == "both weights are 0.bias[1]; a plane needs two different ones");
}
