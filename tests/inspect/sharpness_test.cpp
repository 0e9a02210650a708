// SPDX-License-Identifier: MIT
// The largest eigenvalue against whole Hessians from PyTorch, with and without a preconditioner; its residual, threads,
// slices, a guess, and what cannot be.
#include "engine/inspect/loss/sharpness.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/inspect/loss/symmetric_eigen.h"
#include "engine/inspect/loss/vectors.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/sharpness_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

inspect::SharpnessResult sharpness(const nn::Network<float>& network, std::shared_ptr<const data::Dataset> dataset,
                                   const inspect::SharpnessOptions& options, int threads = 2, double seconds = 1) {
  parallel::ThreadPool pool(threads);
  const std::int64_t images = dataset->size();
  auto study = inspect::Sharpness::start(network, std::move(dataset), data::Layout::upright, images, options);
  REQUIRE(study.ok());
  double progress = 0;
  while (study->advance(pool, seconds)) {
    CHECK(study->progress() >= progress);
    progress = study->progress();
    CHECK(!study->done());
  }
  CHECK(study->progress() == 1);
  CHECK(study->done());
  CHECK(study->result().images == images);
  return study->result();
}

std::vector<float> product(const nn::Network<float>& network, std::shared_ptr<const data::Dataset> dataset,
                           std::span<const float> direction) {
  const std::int64_t images = dataset->size();
  auto loss = inspect::SubsetLoss<float>::build(network.spec(), std::move(dataset), data::Layout::upright, images);
  REQUIRE(loss.ok());
  parallel::ThreadPool pool(2);
  loss->set_weights(network.parameters());
  loss->start_product(direction);
  loss->finish(pool);
  return {loss->result().begin(), loss->result().end()};
}

}  // namespace

TEST_CASE("the largest eigenvalue is that of the whole Hessian by PyTorch") {
  const Json golden = testing::load_golden("sharpness.json");
  REQUIRE(!golden.is_null());
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<float> network = testing::inspected_network<float>(expected);
    const auto dataset = testing::golden_dataset(network.spec(), network.classes(), golden["images"]);
    const double largest = expected["eigenvalues"][0], second = expected["eigenvalues"][1];
    const auto exact = sharpness(network, dataset, {.iterations = 64, .tolerance = 1e-6});
    CHECK(close(exact.lambda_max, largest, 1e-5, 0));
    CHECK(exact.residual < 1e-4 * largest);
    CHECK(std::abs(exact.lambda_max - second) > 1e-3 * largest);  // not the second one's
    CHECK(close(inspect::norm(exact.vector), 1, 1e-6, 0));
    // The vector: H d = λ d.
    std::vector<float> rest = product(network, dataset, exact.vector);
    inspect::add_scaled(-exact.lambda_max, exact.vector, rest);
    CHECK(inspect::norm(rest) < 1e-4 * largest);
    // By default a part of a percent is enough, and the residual says how much.
    const auto usual = sharpness(network, dataset, {});
    CHECK(usual.iterations < exact.iterations);
    CHECK(usual.lambda_max < largest * (1 + 1e-5));
    CHECK(largest - usual.lambda_max <= usual.residual + 1e-5 * largest);
    // Whatever the first vector; that of seed 1 has next to nothing of the largest eigenvalue's in `every layer`.
    for (std::uint64_t seed = 2; seed < 12; ++seed)
      CHECK(close(sharpness(network, dataset, {.seed = seed}).lambda_max, largest, 1e-3, 0));
    // Too few iterations are told by the residual.
    const auto poor = sharpness(network, dataset, {.iterations = 2});
    CHECK(poor.iterations == 2);
    CHECK(poor.lambda_max < 0.999 * largest);
    CHECK(poor.residual > 0.01 * largest);
  }
}

TEST_CASE("with a preconditioner it is that of H d = λ P d") {
  const Json golden = testing::load_golden("sharpness.json");
  REQUIRE(!golden.is_null());
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<float> network = testing::inspected_network<float>(expected);
    const auto dataset = testing::golden_dataset(network.spec(), network.classes(), golden["images"]);
    const std::vector<float> diagonal = testing::golden_vector(network, 300, 0.6, 0.5);
    const auto result = sharpness(network, dataset, {.iterations = 64, .tolerance = 1e-6, .preconditioner = diagonal});
    CHECK(close(result.lambda_max, expected["preconditioned"], 1e-5, 0));
    std::vector<float> rest = product(network, dataset, result.vector);
    const double length = inspect::norm(rest);
    for (std::size_t i = 0; i < rest.size(); ++i)
      rest[i] -= static_cast<float>(result.lambda_max) * diagonal[i] * result.vector[i];
    CHECK(inspect::norm(rest) < 1e-4 * length);
  }
  // A diagonal of 4 divides every eigenvalue by 4.
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 30);
  const std::vector<float> four(network.parameters().size(), 4);
  const double plain = sharpness(network, dataset, {.iterations = 40, .tolerance = 1e-6}).lambda_max;
  CHECK(close(sharpness(network, dataset, {.iterations = 40, .tolerance = 1e-6, .preconditioner = four}).lambda_max,
              plain / 4, 1e-5, 0));
}

TEST_CASE("threads and slices make no difference to a bit, and a guess saves iterations") {
  const auto network = testing::build<float>(testing::mixed_network(0.5));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 75);
  const auto one = sharpness(network, dataset, {}, 1, 1e-9), many = sharpness(network, dataset, {}, 3, 10);
  CHECK(one.lambda_max == many.lambda_max);
  CHECK(one.residual == many.residual);
  CHECK(one.vector == many.vector);
  const auto again = sharpness(network, dataset, {.seed = 2, .guess = one.vector});
  CHECK(again.iterations < one.iterations);
  CHECK(close(again.lambda_max, one.lambda_max, 2e-3, 0));
}

TEST_CASE("the network may go on while its sharpness is measured") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 50);
  const auto expected = sharpness(network, dataset, {.iterations = 5});
  parallel::ThreadPool pool(1);
  auto study = inspect::Sharpness::start(network, dataset, data::Layout::upright, 50, {.iterations = 5});
  REQUIRE(study.ok());
  while (study->advance(pool, 1e-9))
    for (float& w : network.parameters()) w = 1;
  CHECK(study->result().vector == expected.vector);
}

TEST_CASE("what is no number has no sharpness, and P must be above 0") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::golden_dataset(network.spec(), 4, 10);
  std::vector<float> diagonal(network.parameters().size(), 1);
  for (const float bad : {0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()}) {
    diagonal[0] = bad;
    auto wrong = inspect::Sharpness::start(network, dataset, data::Layout::upright, 10, {.preconditioner = diagonal});
    REQUIRE(!wrong.ok());
    CHECK(wrong.message() == "the preconditioner is not above 0 at 0.weight[0]");
  }
  network.parameters()[0] = std::numeric_limits<float>::quiet_NaN();
  CHECK(std::isnan(sharpness(network, dataset, {}).lambda_max));
}

TEST_CASE("small symmetric matrices have their eigenvalues") {
  // 2 and 4 along (1, ∓1), −1 beside; a matrix of zeros; one element.
  const double matrix[] = {3, 1, 0, 1, 3, 0, 0, 0, -1};
  const auto eigen = inspect::symmetric_eigen(matrix, 3);
  const double expected[] = {4, 2, -1};
  CHECK(close(std::span(eigen.values), std::span(expected), 1e-14, 0));
  CHECK(close(std::abs(eigen.vectors[0]), std::sqrt(0.5), 1e-14, 0));
  CHECK(close(eigen.vectors[0], eigen.vectors[1], 1e-14, 0));
  CHECK(close(eigen.vectors[3], -eigen.vectors[4], 1e-14, 0));
  const double zeros[4] = {};
  CHECK(inspect::symmetric_eigen(zeros, 2).values == std::vector<double>{0, 0});
  const double one[] = {-7};
  CHECK(inspect::symmetric_eigen(one, 1).values == std::vector<double>{-7});
  const double bad[] = {1, 0, 0, std::numeric_limits<double>::infinity()};
  CHECK(std::isnan(inspect::symmetric_eigen(bad, 2).values[0]));
}
