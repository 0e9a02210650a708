// SPDX-License-Identifier: MIT
// Monte-Carlo dropout against the exact mean over all masks, and what makes no difference to it.
#include "engine/inspect/posterior/dropout_votes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "engine/core/rng.h"
#include "engine/kernels/softmax.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

namespace descent::testing {
namespace {

constexpr int kDraws = 40000;
constexpr double kDeviations = 4.5 * 0.5 / 200;  // of a mean of so many probabilities, whose deviation is below 1/2

nn::Network<float> random_network(const nn::NetworkSpec& spec) {
  auto network = build<float>(spec);
  core::Rng rng(3);
  for (float& w : network.parameters()) w = static_cast<float>(rng.normal());
  return network;
}

// Three pixels of which each is silenced, then two classes.
nn::NetworkSpec small_spec(double rate) {
  return {.input = {1, 3, 1}, .layers = {{"flatten", {}}, {"dropout", {{"rate", rate}}}, {"dense", {{"units", 2}}}}};
}

inspect::Votes draw(const nn::Network<float>& network, std::span<const float> image, int samples, std::uint64_t seed,
                    int threads = 1, double seconds = 1) {
  parallel::ThreadPool pool(threads);
  auto votes = inspect::DropoutVotes::start(network, image, samples, seed);
  REQUIRE(votes.ok());
  while (votes->advance(pool, seconds)) CHECK(votes->progress() < 1);
  CHECK(votes->progress() == 1);
  return votes->votes();
}

// The mean probability of class 0, and the mean entropy in bits, over the eight masks.
struct Exact {
  double mean = 0, within = 0;
};
Exact exact(const nn::Network<float>& network, std::span<const float> image, double rate) {
  const auto layers = network.range(2, 3, network.parameters());
  Exact result;
  for (unsigned mask = 0; mask < 8; ++mask) {
    std::vector<float> kept(3);
    double probability = 1;
    for (unsigned i = 0; i < 3; ++i) {
      const bool on = (mask >> i & 1U) != 0;
      kept[i] = on ? image[i] / static_cast<float>(1 - rate) : 0;
      probability *= on ? 1 - rate : rate;
    }
    nn::LayerRange<float>::Memory memory;
    std::vector<float> p(2);
    kernels::softmax(2, layers.run(1, kept.data(), memory), p.data());
    result.mean += probability * static_cast<double>(p[0]);
    for (const float q : p) result.within -= probability * static_cast<double>(q) * std::log2(static_cast<double>(q));
  }
  return result;
}

TEST_CASE("dropout votes: mean and entropy are those over all masks") {
  const std::vector<float> image{0.9F, 0.4F, 0.7F};
  for (const double rate : {0.5, 0.2}) {
    const auto network = random_network(small_spec(rate));
    const inspect::Votes votes = draw(network, image, kDraws, 5);
    const Exact expected = exact(network, image, rate);
    CHECK(votes.samples == kDraws);
    CHECK(close(votes.mean[0], expected.mean, 0, kDeviations));
    CHECK(close(votes.within, expected.within, 0, 2 * kDeviations));
    CHECK(close(votes.entropy, votes.within + votes.between, 1e-12, 0));
    // Other masks, and the network with dropout off, are others.
    CHECK(!close(votes.within, exact(network, image, rate + 0.2).within, 0, 2 * kDeviations));
    CHECK(!close(votes.within, exact(network, image, 0).within, 0, 2 * kDeviations));
  }
}

TEST_CASE("dropout votes: several layers of it, one behind the other, first or last") {
  nn::NetworkSpec spec{.input = {4, 4, 1},
                       .layers = {{"dropout", {{"rate", 0.3}}},
                                  {"conv2d", {{"out_channels", 3}, {"kernel", 3}}},
                                  {"dropout", {}},
                                  {"dropout", {{"rate", 0}}},
                                  {"relu", {}},
                                  {"flatten", {}},
                                  {"dropout", {{"rate", 0.5}}},
                                  {"dropout", {{"rate", 0.25}}},
                                  {"dense", {{"units", 3}}}}};
  const auto network = random_network(spec);
  const std::vector<float> image(16, 0.5F);
  const inspect::Votes one = draw(network, image, 500, 2, 1, 1e-9), many = draw(network, image, 500, 2, 3);
  CHECK(one.mean == many.mean);
  CHECK(one.within == many.within);
  CHECK(one.counts == many.counts);
  CHECK(one.between > 0.01);
  CHECK(draw(network, image, 500, 3).mean != one.mean);
  // A last layer of dropout acts on the logits.
  nn::NetworkSpec last = small_spec(0.5);
  std::swap(last.layers[1], last.layers[2]);
  CHECK(draw(random_network(last), std::vector<float>{0.9F, 0.4F, 0.7F}, 100, 2).between > 0.01);
}

TEST_CASE("dropout votes: without dropout there is nothing to draw") {
  for (nn::NetworkSpec spec : {small_spec(0), small_spec(0.5)}) {
    const bool none = !inspect::has_dropout(spec);
    const auto network = random_network(spec);
    const auto started = inspect::DropoutVotes::start(network, std::vector<float>(3), 10, 1);
    CHECK(started.ok() != none);
    if (none) CHECK(started.message().find("no dropout layer") != std::string::npos);
  }
}

}  // namespace
}  // namespace descent::testing
