// SPDX-License-Identifier: MIT
// Draws by MALA and by Laplace's approximation against the exact answers of two small posteriors (golden/
// posterior.json): where the posterior is nearly normal all agree, where it is not MALA alone is right.
#include "engine/inspect/posterior/posterior_chain.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/inspect/posterior_data.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/memory_limit.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

constexpr double kProbability = 0.01, kBits = 0.02;  // what is called equal

struct Chain {
  inspect::Votes votes;
  double acceptance = 0;
};

Chain run(std::shared_ptr<const inspect::Posterior> posterior, std::span<const double> features,
          const inspect::ChainSettings& settings, int threads = 1, double seconds = 0.01) {
  parallel::ThreadPool pool(threads);
  auto chain = inspect::PosteriorChain::start(std::move(posterior), features, settings);
  REQUIRE(chain.ok());
  CHECK(std::isnan(chain->acceptance()));
  while (chain->advance(pool, seconds)) CHECK(chain->progress() < 1);
  CHECK(chain->progress() == 1);
  return {chain->votes(), chain->acceptance()};
}

bool equals(const inspect::Votes& votes, const Json& expected) {
  return close(votes.mean[1], expected["mean"][1], 0, kProbability).ok &&
         close(votes.entropy, expected["entropy"], 0, kBits).ok && close(votes.within, expected["within"], 0, kBits).ok;
}

}  // namespace

TEST_CASE("MALA draws from the posterior itself, which Laplace's approximation is only where it is nearly normal") {
  const Json golden = testing::load_golden("posterior.json")["exact"];
  for (const auto& [name, expected] : golden.items()) {
    CAPTURE(name);
    const testing::ExactCase its = testing::exact_case(expected);
    const auto posterior =
        testing::whole_posterior(testing::whole_curvature(its.network, its.dataset), expected["precision"]);
    REQUIRE(posterior->status().ok());
    const inspect::Votes laplace = posterior->votes(its.shown, 100000, 3);
    CHECK(equals(laplace, expected["laplace"]));
    const Chain chain = run(posterior, its.shown, {.samples = 5000, .burn_in = 500, .steps = 10, .seed = 5});
    CAPTURE(chain.votes.mean[1]);
    CAPTURE(chain.votes.entropy);
    CAPTURE(chain.votes.within);
    CHECK(equals(chain.votes, expected));
    CHECK(close(chain.acceptance, 0.574, 0, 0.15));
    const bool normal = name == "nearly normal";
    CHECK(equals(laplace, expected) == normal);
    CHECK(equals(chain.votes, expected["laplace"]) == normal);
  }
}

TEST_CASE("threads and slices make no difference to a bit of the chain") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto dataset = testing::congruent_dataset(network.spec().input, network.classes(), 700);
  const auto posterior = testing::whole_posterior(testing::whole_curvature(network, dataset), 3);
  const std::vector<double> features = posterior->curvature().layer().features_of(testing::image_of(*dataset, 1));
  const inspect::ChainSettings settings{.samples = 20, .burn_in = 10, .steps = 2};
  const Chain one = run(posterior, features, settings, 1, 1e-9), many = run(posterior, features, settings, 3, 10);
  CHECK(one.votes.mean == many.votes.mean);
  CHECK(one.acceptance == many.acceptance);
  inspect::ChainSettings other = settings;
  other.seed = 2;
  CHECK(run(posterior, features, other).votes.mean != one.votes.mean);
}

TEST_CASE("features without room are refused") {
  const Json golden = testing::load_golden("posterior.json")["exact"]["nearly normal"];
  const testing::ExactCase its = testing::exact_case(golden);
  const auto posterior = testing::whole_posterior(testing::whole_curvature(its.network, its.dataset), 1);
  const testing::MemoryLimit limit(100);
  CHECK(inspect::PosteriorChain::start(posterior, its.shown, {}).message() ==
        "the page has no memory for the features of 400 images");
}
