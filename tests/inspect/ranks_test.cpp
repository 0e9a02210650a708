// SPDX-License-Identifier: MIT
// Accuracy and loss at every rank against networks whose matrix was truncated, for every layer with weights of networks
// with every layer of the catalog; full rank against the network itself; slices, threads and what cannot be.
#include "engine/inspect/matrices/ranks.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/core/rng.h"
#include "engine/inspect/matrices/spectrum.h"
#include "engine/inspect/matrices/svd.h"
#include "engine/kernels/softmax.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/random_dataset.h"

using namespace descent;
using testing::close;

namespace {

constexpr int kImages = 75;  // no whole number of blocks of any size

nn::BatchLoss evaluate(nn::Network<float>& network, const data::Dataset& dataset, parallel::ThreadPool& pool) {
  std::vector<float> images(dataset.images.size());
  data::to_floats(dataset.images, images);
  return network.evaluate(images, dataset.labels, {}, pool);
}

// W of rank r: the sum of the first r products σ u vᵀ.
std::vector<float> truncated(const inspect::Svd& s, int rank) {
  const auto rows = static_cast<std::size_t>(s.rows), columns = static_cast<std::size_t>(s.columns),
             count = static_cast<std::size_t>(s.count);
  std::vector<float> matrix;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < static_cast<std::size_t>(rank); ++k)
        sum += s.u[i * count + k] * s.sigma[k] * s.v[j * count + k];
      matrix.push_back(static_cast<float>(sum));
    }
  return matrix;
}

inspect::RankCurve curve(const nn::Network<float>& network, const std::string& name,
                         std::shared_ptr<const data::Dataset> dataset, int threads, double seconds) {
  parallel::ThreadPool pool(threads);
  const std::int64_t images = dataset->size();
  auto ranks = inspect::Ranks::start(network, name, std::move(dataset), data::Layout::upright, images);
  REQUIRE(ranks.ok());
  double progress = 0;
  bool more = true;
  while (more) {
    more = ranks->advance(pool, seconds);
    CHECK(ranks->progress() > progress);
    progress = ranks->progress();
  }
  CHECK(progress == 1);
  CHECK(ranks->images_done() == images);
  return ranks->curve();
}

void check_against_truncation(const nn::NetworkSpec& spec) {
  auto network = testing::build<float>(spec, 5);
  core::Rng rng(6);
  for (const nn::ParameterInfo& info : network.parameter_infos())
    if (info.shape.size() == 1)
      for (float& bias :
           network.parameters().subspan(static_cast<std::size_t>(info.offset), static_cast<std::size_t>(info.size)))
        bias = static_cast<float>(0.3 * rng.normal());
  parallel::ThreadPool pool(2);
  const auto dataset = testing::random_dataset(spec, network.classes(), kImages);
  const nn::BatchLoss plain = evaluate(network, *dataset, pool);
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.shape.size() < 2) continue;
    CAPTURE(info.name);
    const auto matrix = inspect::weight_matrix(network, info.name);
    REQUIRE(matrix.ok());
    const inspect::Svd factors = inspect::svd(matrix->values, matrix->rows, matrix->columns);
    const inspect::RankCurve ranks = curve(network, info.name, dataset, 2, 0.001);
    REQUIRE(ranks.loss.size() == factors.sigma.size());
    CHECK(ranks.accuracy.back() == static_cast<double>(plain.correct) / kImages);
    CHECK(close(ranks.loss.back(), plain.loss, 1e-5, 0));
    auto other = testing::build<float>(spec);
    for (int rank = 1; rank <= factors.count; ++rank) {
      CAPTURE(rank);
      std::copy(network.parameters().begin(), network.parameters().end(), other.parameters().begin());
      const std::vector<float> weights = truncated(factors, rank);
      other.import_parameter(info, std::span<const float>(weights), other.parameters());
      const nn::BatchLoss expected = evaluate(other, *dataset, pool);
      const auto at = static_cast<std::size_t>(rank - 1);
      CHECK(close(ranks.loss[at], expected.loss, 1e-5, 0));
      CHECK(ranks.accuracy[at] == static_cast<double>(expected.correct) / kImages);
    }
  }
}

}  // namespace

TEST_CASE("the curve is that of truncated networks, for every layer of the catalog") {
  check_against_truncation(testing::mixed_network(0.5));
}

// Convolutions that the network fuses with what follows; a matrix with more outputs than inputs; two dense layers.
TEST_CASE("the curve is that of truncated networks where layers are fused") {
  check_against_truncation({.input = {14, 12, 1},
                            .layers = {{"conv2d", {{"out_channels", 16}, {"kernel", 3}}},
                                       {"relu", {}},
                                       {"max_pool2d", {}},
                                       {"conv2d", {{"out_channels", 12}, {"kernel", 3}}},
                                       {"relu", {}},
                                       {"max_pool2d", {}},
                                       {"flatten", {}},
                                       {"dense", {{"units", 40}}},
                                       {"relu", {}},
                                       {"dense", {{"units", 5}}}}});
}

TEST_CASE("a single layer, which is first and last, has its curve") {
  check_against_truncation({.input = {6, 5, 1}, .layers = {{"flatten", {}}, {"dense", {{"units", 7}}}}});
}

TEST_CASE("threads and slices make no difference to a bit") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  const inspect::RankCurve one = curve(network, "3.weight", dataset, 1, 1e-9);
  const inspect::RankCurve many = curve(network, "3.weight", dataset, 3, 10);
  CHECK(one.loss == many.loss);
  CHECK(one.accuracy == many.accuracy);
}

TEST_CASE("the network may go on while its ranks are taken") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  const inspect::RankCurve expected = curve(network, "7.weight", dataset, 1, 1e-9);
  parallel::ThreadPool pool(1);
  auto ranks = inspect::Ranks::start(network, "7.weight", dataset, data::Layout::upright, kImages);
  REQUIRE(ranks.ok());
  while (ranks->advance(pool, 1e-9))
    for (float& w : network.parameters()) w = 1;
  CHECK(ranks->curve().loss == expected.loss);
}

TEST_CASE("only the images asked for are read, and a part of them has a curve") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  auto fewer = std::make_shared<data::Dataset>(*dataset);
  fewer->labels.resize(40);
  parallel::ThreadPool pool(1);
  auto ranks = inspect::Ranks::start(network, "10.weight", dataset, data::Layout::upright, 40);
  REQUIRE(ranks.ok());
  CHECK(ranks->advance(pool, 1e-9));
  CHECK(ranks->images_done() == 32);
  CHECK(std::isfinite(ranks->curve().loss.front()));
  CHECK(!ranks->advance(pool, 1e-9));
  CHECK(ranks->curve().loss == curve(network, "10.weight", fewer, 1, 1).loss);
}

TEST_CASE("what is no number gives losses that are none, and a bias has no ranks") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  auto wrong = inspect::Ranks::start(network, "7.bias", dataset, data::Layout::upright, kImages);
  REQUIRE(!wrong.ok());
  CHECK(wrong.message().find("no weight matrix \"7.bias\"") != std::string::npos);
  network.parameters()[0] = std::numeric_limits<float>::quiet_NaN();
  for (const double loss : curve(network, "0.weight", dataset, 1, 1).loss) CHECK(std::isnan(loss));
}

TEST_CASE("losses of many rows agree with those in double") {
  core::Rng rng(41);
  std::vector<float> scratch;
  for (const int classes : {2, 10, 37}) {
    CAPTURE(classes);
    for (const double scale : {0.01, 1.0, 30.0, 1000.0}) {
      std::vector<float> logits(static_cast<std::size_t>(classes));
      for (float& z : logits) z = static_cast<float>(scale * rng.normal());
      const auto label = static_cast<std::uint16_t>(rng.below(static_cast<std::uint64_t>(classes)));
      const auto row = inspect::row_losses(classes, classes, logits.data(), {&label, 1}, scratch);
      CHECK(close(row.loss, kernels::cross_entropy(classes, logits.data(), label), 0, 1e-6 * std::max(1.0, scale)));
      CHECK(row.correct == (kernels::largest(classes, logits.data()) == label ? 1 : 0));
    }
  }
  const float equal[] = {1, 1, 0, 1, 1, 0};
  const std::uint16_t labels[] = {0, 1};
  CHECK(inspect::row_losses(3, 3, equal, labels, scratch).correct == 1);
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
    for (std::size_t at = 0; at < 3; ++at) {
      float row[] = {1, 2, 3};
      row[at] = bad;
      CHECK(std::isnan(inspect::row_losses(3, 3, row, std::span(labels).first(1), scratch).loss));
    }
}
