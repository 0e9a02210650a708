// SPDX-License-Identifier: MIT
// The curvature, the posterior and its votes against NumPy (golden/posterior.json) and against finite differences;
// slices and threads, limits, and what cannot be.
#include "engine/inspect/posterior/posterior.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "engine/kernels/softmax.h"
#include "tests/inspect/posterior_data.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/inspect_golden.h"
#include "tests/support/memory_limit.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

constexpr double kTolerance = 1e-5;  // of single precision
constexpr int kDraws = 100000;

// The curvature of golden["laplace"], and φ of the image that is asked about.
struct Result {
  std::shared_ptr<const inspect::Curvature> curvature;
  std::vector<double> features;
};

Result of_golden(const Json& golden) {
  const auto network = testing::inspected_network<float>(golden);
  const auto dataset = testing::congruent_dataset(network.spec().input, network.classes(), golden["images"]);
  Result result{testing::whole_curvature(network, dataset, 2, 1e-9), {}};
  result.features = result.curvature->layer().features_of(testing::image_of(*dataset, golden["image"]));
  return result;
}

}  // namespace

TEST_CASE("the curvature is NumPy's") {
  const Json golden = testing::load_golden("posterior.json")["laplace"];
  const Result result = of_golden(golden);
  const Json& expected = golden["curvature"];
  double trace = 0;
  for (int i = 0; i < result.curvature->size(); ++i) trace += result.curvature->at(i, i);
  CHECK(close(trace, expected["trace"], kTolerance, 0));
  for (std::size_t k = 0; k < expected["values"].size(); ++k) {
    CAPTURE(k);
    const int row = expected["rows"][k], column = expected["columns"][k];
    CHECK(close(result.curvature->at(row, column), expected["values"][k], kTolerance, kTolerance));
    CHECK(result.curvature->at(row, column) == result.curvature->at(column, row));
  }
  // The tolerance tells an element from its neighbours, and one image more or less.
  CHECK(!close(result.curvature->at(8, 9), expected["values"].back(), kTolerance, kTolerance));
  CHECK(!close(trace * 299 / 300, expected["trace"], kTolerance, 0));
}

TEST_CASE("determinant, covariance and votes are NumPy's") {
  const Json golden = testing::load_golden("posterior.json")["laplace"];
  const Result result = of_golden(golden);
  std::vector<inspect::LogitDistribution> logits;
  for (const Json& expected : golden["posteriors"]) {
    CAPTURE(expected["precision"].get<double>());
    const auto posterior = testing::whole_posterior(result.curvature, expected["precision"], 2);
    REQUIRE(posterior->status().ok());
    CHECK(close(posterior->log_determinant(), expected["log_determinant"], kTolerance, 0));
    CHECK(close(posterior->weight_decay(), expected["precision"].get<double>() / 300, 1e-15, 0));
    logits.push_back(posterior->logits(result.features));
    const std::size_t classes = logits.back().mean.size();
    const std::vector<double> mean = golden["logits"];
    CHECK(close(std::span<const double>(logits.back().mean), std::span<const double>(mean), kTolerance, kTolerance));
    for (std::size_t c = 0; c < classes; ++c)
      for (std::size_t d = 0; d < classes; ++d)
        CHECK(close(logits.back().covariance[c * classes + d], expected["covariance"][c][d], 2e-5, 0));
    const inspect::Votes votes = posterior->votes(result.features, kDraws, 7);
    const std::vector<double> voted = expected["mean"];
    // A probability's deviation is below 1/2, an entropy's below a bit.
    const double error = 4 * 0.5 / std::sqrt(kDraws);
    CHECK(close(std::span<const double>(votes.mean), std::span<const double>(voted), 0, error));
    CHECK(close(votes.entropy, expected["entropy"], 0, 2 * error));
    CHECK(close(votes.within, expected["within"], 0, 2 * error));
    CHECK(close(votes.entropy, votes.within + votes.between, 1e-12, 0));
    CHECK(std::accumulate(votes.counts.begin(), votes.counts.end(), std::int64_t{0}) == kDraws);
  }
  // The other prior's are others.
  CHECK(!close(logits[0].covariance[0], golden["posteriors"][1]["covariance"][0][0], 2e-5, 0));
  const inspect::Votes loose = inspect::draw_votes(logits[0], kDraws, 7);
  CHECK(loose.between -
            (golden["posteriors"][1]["entropy"].get<double>() - golden["posteriors"][1]["within"].get<double>()) >
        0.03);
}

TEST_CASE("the curvature is the second derivative of the loss, behind every layer of the catalog") {
  auto network = testing::build<double>(testing::mixed_network(0.5));
  auto floats = testing::build<float>(testing::mixed_network(0.5));
  for (std::size_t i = 0; i < floats.parameters().size(); ++i)
    network.parameters()[i] = static_cast<double>(floats.parameters()[i]);
  const int images = 150;
  const auto dataset = testing::congruent_dataset(network.spec().input, network.classes(), images);
  const auto curvature = testing::whole_curvature(floats, dataset);
  std::vector<double> pixels;
  for (int i = 0; i < images; ++i)
    for (const float x : testing::image_of(*dataset, i)) pixels.push_back(static_cast<double>(x));
  parallel::ThreadPool pool(1);
  const int features = curvature->layer().features();
  const auto index_of = [&](int row) {
    for (const nn::ParameterInfo& info : network.parameter_infos()) {
      if (info.layer != 10) continue;
      const int c = row / features, j = row % features;
      if (info.shape.size() > 1 && j < features - 1) return info.offset + std::int64_t{j} * network.classes() + c;
      if (info.shape.size() == 1 && j == features - 1) return info.offset + c;
    }
    return std::int64_t{-1};
  };
  const auto loss = [&] { return network.evaluate(pixels, dataset->labels, {}, pool).loss * images; };
  for (const auto& [row, column] : {std::pair{0, 0}, {2, 17}, {11, 11}, {13, 25}, {47, 30}, {35, 47}}) {
    CAPTURE(row);
    CAPTURE(column);
    const double h = 1e-3;
    double &a = network.parameters()[static_cast<std::size_t>(index_of(row))],
           &b = network.parameters()[static_cast<std::size_t>(index_of(column))];
    double second = 0;
    for (const double s : {-1.0, 1.0})
      for (const double t : {-1.0, 1.0}) {
        const double kept_a = a;
        a += s * h;
        const double kept_b = b;
        b += t * h;
        second += s * t * loss() / (4 * h * h);
        b = kept_b;
        a = kept_a;
      }
    CHECK(close(curvature->at(row, column), second, 1e-4, 1e-4));
    CHECK(!close(curvature->at(row, column) * 1.01, second, 1e-4, 1e-4));
  }
}

TEST_CASE("what all classes share has no curvature") {
  const Json golden = testing::load_golden("posterior.json")["laplace"];
  const Result result = of_golden(golden);
  const int features = result.curvature->layer().features(), size = result.curvature->size();
  double worst = 0;
  for (int row = 0; row < size; ++row)
    for (int j = 0; j < features; ++j) {
      double sum = 0;
      for (int column = j; column < size; column += features) sum += result.curvature->at(row, column);
      worst = std::max(worst, std::abs(sum));
    }
  CHECK(worst < 1e-12);
  // So even a very weak prior has a posterior.
  CHECK(testing::whole_posterior(result.curvature, 1e-3)->status().ok());
}

TEST_CASE("threads and slices make no difference to a bit, nor does a network that goes on") {
  auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::congruent_dataset(network.spec().input, network.classes(), 1000);
  const auto many = testing::whole_curvature(network, dataset, 3, 10);
  parallel::ThreadPool pool(1);
  auto slices = inspect::Curvature::start(network, dataset, data::Layout::upright, 1000);
  REQUIRE(slices.ok());
  int count = 1;
  for (; slices->advance(pool, 1e-9); ++count)
    for (float& w : network.parameters()) w = 1;
  CHECK(count == 8);
  const auto one = std::make_shared<const inspect::Curvature>(std::move(*slices));
  bool same = true;
  for (int i = 0; i < one->size(); ++i)
    for (int j = 0; j <= i; ++j) same = same && one->at(i, j) == many->at(i, j);
  CHECK(same);
  const std::vector<double> features = many->layer().features_of(testing::image_of(*dataset, 3));
  const inspect::Votes a = testing::whole_posterior(one, 2, 1)->votes(features, 500, 4),
                       b = testing::whole_posterior(many, 2, 3)->votes(features, 500, 4),
                       c = testing::whole_posterior(many, 2, 3)->votes(features, 500, 5);
  CHECK(a.mean == b.mean);
  CHECK(a.within == b.within);
  CHECK(a.mean != c.mean);
}

TEST_CASE("votes of networks that agree have nothing between them, votes of sure ones that do not nothing within") {
  inspect::VoteCount same(2), sure(2);
  for (int i = 0; i < 10; ++i) {
    same.add(std::vector<double>{0.3, 0.3});
    sure.add(std::vector<double>{i % 2 == 0 ? 2000.0 : 0.0, 1000.0});
  }
  CHECK(close(same.votes().within, 1, 1e-15, 0));
  CHECK(same.votes().between == 0);
  CHECK(same.votes().counts == std::vector<std::int64_t>{10, 0});
  CHECK(sure.votes().within == 0);
  CHECK(close(sure.votes().between, 1, 1e-15, 0));
  CHECK(sure.votes().counts == std::vector<std::int64_t>{5, 5});
}

TEST_CASE("what has no posterior says why") {
  const auto start = [](const nn::NetworkSpec& spec) {
    const auto network = testing::build<float>(spec);
    const auto dataset = testing::congruent_dataset(spec.input, network.classes(), 2);
    return inspect::Curvature::start(network, dataset, data::Layout::upright, 2);
  };
  const nn::NetworkSpec small{.input = {6, 5, 1}, .layers = {{"flatten", {}}, {"dense", {{"units", 3}}}}};
  nn::NetworkSpec relu = small, large = small;
  relu.layers.push_back({"relu", {}});
  CHECK(start(relu).message().find("last layer, number 2, is relu") != std::string::npos);
  large.layers.back() = {"dense", {{"units", 300}}};
  CHECK(start(large).message() ==
        "the last layer has 9300 weights and biases, whose covariance takes 352 MB; the posterior takes 64 MB at most");
  CHECK(start(small).ok());
  {
    const testing::MemoryLimit limit(100000);
    CHECK(start(small).message() == "the page has no memory for the covariance of 93 weights");
  }
  auto network = testing::build<float>(small);
  const auto dataset = testing::congruent_dataset(small.input, 3, 2);
  CHECK(inspect::Posterior::start(testing::whole_curvature(network, dataset), 0).message() ==
        "precision is 0; it must be between 10⁻⁶ and 10⁹");
  network.parameters()[5] = std::numeric_limits<float>::quiet_NaN();
  const auto posterior = testing::whole_posterior(testing::whole_curvature(network, dataset), 1);
  CHECK(posterior->status().message().find("no numbers") != std::string::npos);
}
