// SPDX-License-Identifier: MIT
// The trainer and how sure the network is: the engine's votes to the bit, whatever goes on beside; what is known while
// the weights stand; nothing of another run, digit or data set; what is refused.
#include <cmath>
#include <optional>
#include <string>

#include "tests/support/close.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::PosteriorAnswer;
using training::PosteriorMethod;
using training::PosteriorSettings;
using training::Trainer;
using training::TrainerSnapshot;
using Asked = std::optional<core::Result<PosteriorAnswer>>;

constexpr auto kLaplace = static_cast<std::size_t>(PosteriorMethod::laplace),
               kMala = static_cast<std::size_t>(PosteriorMethod::mala),
               kDropout = static_cast<std::size_t>(PosteriorMethod::dropout);

void ask(Trainer& trainer, std::int64_t image, const PosteriorSettings& settings, Asked& into) {
  trainer.posterior({.test_index = image, .image = {}, .label = {}}, settings,
                    [&into](core::Result<PosteriorAnswer> result) { into = std::move(result); });
}
PosteriorAnswer answer_of(Trainer& trainer, std::int64_t image, const PosteriorSettings& settings) {
  Asked asked;
  ask(trainer, image, settings, asked);
  while (!asked) trainer.advance();
  REQUIRE(asked->ok());
  return asked->value();
}
std::string refusal_of(Trainer& trainer, std::int64_t image, const PosteriorSettings& settings) {
  Asked asked;
  ask(trainer, image, settings, asked);
  while (!asked) trainer.advance();
  return asked->ok() ? "accepted" : asked->message();
}

bool same(const inspect::Votes& a, const inspect::Votes& b) {
  return a.mean == b.mean && a.within == b.within && a.counts == b.counts;
}

// The engine's own votes on a test image, with the first weights of small_config().
inspect::Votes by_hand(std::int64_t image, double precision, int samples, std::uint64_t seed) {
  auto network = nn::Network<float>::build(small_network());
  REQUIRE(network.ok());
  network->initialize(small_config().seed);
  const auto split = small_split();
  parallel::ThreadPool pool(2);
  auto curvature = inspect::Curvature::start(*network, std::shared_ptr<const data::Dataset>(split, &split->train),
                                             data::Layout::upright, split->train.size());
  REQUIRE(curvature.ok());
  while (curvature->advance(pool, 1)) {
  }
  auto posterior =
      inspect::Posterior::start(std::make_shared<const inspect::Curvature>(std::move(*curvature)), precision);
  REQUIRE(posterior.ok());
  while (posterior->advance(pool)) {
  }
  std::vector<float> pixels(split->test.image_size());
  data::read_image(split->test, data::Layout::upright, image, pixels);
  return posterior->votes(posterior->curvature().layer().features_of(pixels), samples, seed);
}

TEST_CASE("posterior: the engine's votes to the bit, on any threads, beside training or not") {
  const inspect::Votes expected = by_hand(3, 2.5, 300, 4);
  const PosteriorSettings settings{.precision = 2.5, .samples = 300, .seed = 4};
  for (const int threads : {1, 3}) {
    training::TrainerConfig config = small_config();
    config.threads = threads;
    const auto trainer = small_trainer(config);
    const PosteriorAnswer answer = answer_of(*trainer, 3, settings);
    CHECK(same(answer.votes, expected));
    CHECK(answer.images == 1000);
    CHECK(answer.weight_decay == 2.5 / 1000);
    CHECK(answer.step == 0);
    CHECK(std::isnan(answer.acceptance));
    CHECK(answer.network.size() == 10);
  }
  // The weights are those of when it was asked.
  const auto trainer = small_trainer();
  Asked asked;
  ask(*trainer, 3, settings, asked);
  REQUIRE(trainer->train_steps(200).ok());
  while (!asked) trainer->advance(0);
  CHECK(same(asked->value().votes, expected));
  run_until_idle(*trainer);
  CHECK(!same(answer_of(*trainer, 3, settings).votes, expected));
  CHECK(!same(by_hand(3, 2.6, 300, 4), expected));
  CHECK(!same(by_hand(3, 2.5, 300, 5), expected));
}

TEST_CASE("posterior: the curvature is kept while the weights stand") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 30);
  const double first = answer_of(*trainer, 0, {}).curvature_seconds;
  CHECK(first > 0);
  CHECK(answer_of(*trainer, 1, {.precision = 7, .samples = 10, .seed = 2}).curvature_seconds == first);
  CHECK(answer_of(*trainer, 1, {.method = PosteriorMethod::mala, .samples = 5}).curvature_seconds == first);
  train_steps(*trainer, 1);
  const PosteriorAnswer later = answer_of(*trainer, 0, {});
  CHECK(later.curvature_seconds != first);
  CHECK(later.step == 31);
}

TEST_CASE("posterior: by itself the prior is as wide as the weights") {
  const auto trainer = small_trainer();
  auto network = nn::Network<float>::build(small_network());
  REQUIRE(network.ok());
  network->initialize(small_config().seed);
  double squares = 0, count = 0;
  for (const nn::ParameterInfo& info : network->parameter_infos())
    if (info.layer == 6)
      for (std::int64_t i = info.offset; i < info.offset + info.size; ++i, ++count)
        squares += std::pow(static_cast<double>(network->parameters()[static_cast<std::size_t>(i)]), 2);
  CHECK(close(answer_of(*trainer, 0, {}).precision, count / squares, 1e-12, 0));
  CHECK(count == 170);
}

TEST_CASE("posterior: a chain says how many of its proposals were taken, and agrees where there is much data") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 60);
  const PosteriorAnswer laplace = answer_of(*trainer, 5, {.precision = 300, .samples = 4000}),
                        mala =
                            answer_of(*trainer, 5, {.method = PosteriorMethod::mala, .precision = 300, .samples = 400});
  CHECK(std::abs(mala.acceptance - 0.574) < 0.2);
  CHECK(mala.votes.samples == 400);
  CHECK(mala.precision == 300);
  CHECK(same(mala.votes,
             answer_of(*trainer, 5, {.method = PosteriorMethod::mala, .precision = 300, .samples = 400}).votes));
  CHECK(laplace.votes.samples == 4000);
}

TEST_CASE("posterior: a run ends at the same bits with and without it") {
  training::TrainerConfig config = small_config();
  config.network.layers.insert(config.network.layers.end() - 1, {"dropout", {{"rate", 0.25}}});
  const auto plain = small_trainer(config);
  train_steps(*plain, 40);
  const auto watched = small_trainer(config);
  watched->look({.posterior = training::PosteriorWish{.mala = true}});
  Asked laplace, dropout;
  TrainerSnapshot snapshot;
  for (int part = 0; part < 4; ++part) {
    REQUIRE(watched->train_steps(10).ok());
    ask(*watched, part, {.samples = 20}, laplace);
    while (watched->state() == training::TrainerState::training || !laplace) {
      watched->advance(0);
      watched->publish(snapshot);
    }
    CHECK(laplace->ok());
    laplace.reset();
    ask(*watched, part, {.method = PosteriorMethod::dropout, .samples = 20}, dropout);
    for (int i = 0; i < 20; ++i) watched->advance(0);
  }
  CHECK(dropout->ok());
  CHECK(hash_of_run(*plain) == hash_of_run(*watched));
}

TEST_CASE("posterior: another call takes its place, with a sentence") {
  const auto trainer = small_trainer();
  Asked first, second;
  ask(*trainer, 0, {}, first);
  ask(*trainer, 1, {}, second);
  REQUIRE(first.has_value());
  CHECK(first->message() == "another call of posterior took its place");
  run_until_idle(*trainer);
  CHECK(second->ok());
}

TEST_CASE("posterior: what cannot be is refused with a sentence") {
  Trainer empty;
  REQUIRE(empty.configure(small_config()).ok());
  CHECK(contains(refusal_of(empty, 0, {}), "there is no data set yet"));
  Asked own;
  empty.posterior({.test_index = -1, .image = std::vector<float>(784), .label = {}}, {},
                  [&](core::Result<PosteriorAnswer> result) { own = std::move(result); });
  CHECK(contains(own->message(), "there is no training set yet; load a data set first"));
  const auto trainer = small_trainer();
  CHECK(contains(refusal_of(*trainer, 200, {}), "there is no test image 200"));
  CHECK(contains(refusal_of(*trainer, 0, {.precision = 1e10}), "precision is 10¹⁰"));
  CHECK(contains(refusal_of(*trainer, 0, {.method = PosteriorMethod::dropout}), "no dropout layer"));
  training::TrainerConfig config = small_config();
  config.network.layers.push_back({"relu", {}});
  REQUIRE(trainer->configure(config).ok());
  CHECK(contains(refusal_of(*trainer, 0, {}), "last layer, number 7, is relu"));
  trainer->look({.posterior = training::PosteriorWish{}});
  run_until_idle(*trainer);
  CHECK(contains(snapshot_of(*trainer).posterior[kLaplace].refusal, "number 7, is relu"));
}

TEST_CASE("posterior: the lens is answered about weights that stand, its digit and its prior") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 5);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer == nullptr);
  trainer->look({.test_index = 2, .posterior = training::PosteriorWish{.precision = 9}});
  CHECK(trainer->busy());
  trainer->advance();
  CHECK(snapshot_of(*trainer).posterior[kLaplace].under_way);
  run_until_idle(*trainer);
  const training::PosteriorsShown shown = snapshot_of(*trainer).posterior;
  REQUIRE(shown[kLaplace].answer != nullptr);
  CHECK(same(shown[kLaplace].answer->votes, answer_of(*trainer, 2, {.precision = 9}).votes));
  CHECK(shown[kMala].answer == nullptr);
  CHECK(shown[kDropout].answer == nullptr);
  // Another prior: the former answer stays until the next is there. Another digit: it does not.
  trainer->look({.test_index = 2, .posterior = training::PosteriorWish{.precision = 10, .mala = true}});
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer == shown[kLaplace].answer);
  trainer->look({.test_index = 3, .posterior = training::PosteriorWish{.precision = 10}});
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer == nullptr);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer->precision == 10);
  // While it trains nothing is begun; the answer stands, with its step.
  REQUIRE(trainer->train_steps(5).ok());
  trainer->advance(0);
  trainer->advance(0);
  const training::PosteriorsShown beside = snapshot_of(*trainer).posterior;
  CHECK(!beside[kLaplace].under_way);
  CHECK(beside[kLaplace].answer->step == 5);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer->step == 10);
  trainer->reset();
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer == nullptr);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).posterior[kLaplace].answer->step == 0);
}

TEST_CASE("posterior: training ends what is under way for the lens; a chain of another digit as well") {
  training::TrainerConfig config = small_config();
  config.network.layers.insert(config.network.layers.end() - 1, {"dropout", {{"rate", 0.25}}});
  const auto trainer = small_trainer(config);
  trainer->look({.test_index = 2, .posterior = training::PosteriorWish{.precision = 50, .mala = true}});
  while (!snapshot_of(*trainer).posterior[kLaplace].answer) trainer->advance();
  trainer->advance();
  CHECK(snapshot_of(*trainer).posterior[kMala].under_way);
  trainer->look({.test_index = 4, .posterior = training::PosteriorWish{.precision = 50, .mala = true}});
  trainer->advance();
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(snapshot.posterior[kMala].progress < 0.35);
  run_until_idle(*trainer);
  snapshot = snapshot_of(*trainer);
  REQUIRE(snapshot.posterior[kMala].answer != nullptr);
  REQUIRE(snapshot.posterior[kDropout].answer != nullptr);
  CHECK(same(snapshot.posterior[kDropout].answer->votes,
             answer_of(*trainer, 4, {.method = PosteriorMethod::dropout}).votes));
  trainer->look({.test_index = 6, .posterior = training::PosteriorWish{.precision = 50, .mala = true}});
  trainer->advance();
  REQUIRE(trainer->train_steps(3).ok());
  trainer->advance(0);
  trainer->advance(0);
  CHECK(!snapshot_of(*trainer).posterior[kMala].under_way);
}

}  // namespace
}  // namespace descent::testing
