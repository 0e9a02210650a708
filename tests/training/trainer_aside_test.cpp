// SPDX-License-Identifier: MIT
// The run that is put aside when another one begins comes back bit for bit, whatever it was that ended it.
#include <algorithm>

#include "tests/support/memory_limit.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using data::Layout;
using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::TrainerState;

constexpr std::int64_t kSteps = 40;

// A trainer after so many steps.
std::unique_ptr<Trainer> trained() {
  auto trainer = small_trainer();
  train_steps(*trainer, kSteps);
  return trainer;
}

bool same_curve(const std::vector<training::CurvePoint>& a, const std::vector<training::CurvePoint>& b) {
  const auto same = [](const training::CurvePoint& p, const training::CurvePoint& q) {
    return p.step == q.step && p.epoch == q.epoch && p.loss == q.loss && p.accuracy == q.accuracy;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

core::Status go_back(Trainer& trainer, const TrainerSnapshot& then) {
  return trainer.go_to(then.run, then.config, then.layout);
}

TEST_CASE("a run comes back after each of the ways to begin anew, and goes on as if nothing had been in between") {
  struct Way {
    const char* name;
    void (*go)(Trainer&);
  };
  const Way ways[] = {
      {"reset", [](Trainer& t) { t.reset(); }},
      {"another network",
       [](Trainer& t) {
         TrainerConfig config = t.config();
         config.network = small_network(3, 8);
         REQUIRE(t.configure(config).ok());
       }},
      {"another optimizer",
       [](Trainer& t) {
         TrainerConfig config = t.config();
         config.optimizer = "momentum";
         config.hyperparameters.clear();
         REQUIRE(t.configure(config).ok());
       }},
      {"another seed, and batches and epochs with it",
       [](Trainer& t) {
         TrainerConfig config = t.config();
         config.seed = 9;
         config.batch_size = 50;
         config.epochs = 3;
         REQUIRE(t.configure(config).ok());
       }},
      {"weights from a file",
       [](Trainer& t) {
         TrainerConfig config = small_config();
         config.seed = 5;
         const auto other = small_trainer(config);
         train_steps(*other, 3);
         REQUIRE(t.restore(other->save()).ok());
       }},
      {"other data", [](Trainer& t) { REQUIRE(t.load(small_split()).ok()); }},
  };
  const auto straight = trained();
  const std::uint64_t before = hash_of_run(*straight);
  train_steps(*straight, 25);
  const std::uint64_t after = hash_of_run(*straight);
  for (const Way& way : ways) {
    CAPTURE(way.name);
    const auto trainer = trained();
    const TrainerSnapshot then = snapshot_of(*trainer);
    way.go(*trainer);
    TrainerSnapshot shown = snapshot_of(*trainer);
    CHECK(shown.run != then.run);
    CHECK(hash_of_run(*trainer) != before);
    REQUIRE(message(trainer->train_steps(4)).empty());  // under way
    trainer->advance(0);
    REQUIRE(message(go_back(*trainer, then)).empty());
    trainer->publish(shown);  // the same snapshot again, as the page's workers do
    CHECK(shown.run == then.run);
    CHECK(shown.config == then.config);
    CHECK(shown.step == kSteps);
    CHECK(shown.state == then.state);
    CHECK(same_curve(shown.train_curve, then.train_curve));
    CHECK(same_curve(shown.test_curve, then.test_curve));
    CHECK(shown.test.accuracy == then.test.accuracy);
    CHECK(hash_of_run(*trainer) == before);
    train_steps(*trainer, 25);
    CHECK(hash_of_run(*trainer) == after);
  }
}

TEST_CASE("the hash of a run and the comparison of curves see ten steps more") {
  const auto a = trained(), b = trained();
  CHECK(hash_of_run(*a) == hash_of_run(*b));
  CHECK(same_curve(snapshot_of(*a).test_curve, snapshot_of(*b).test_curve));
  train_steps(*b, 10);
  CHECK(hash_of_run(*a) != hash_of_run(*b));
  CHECK_FALSE(same_curve(snapshot_of(*a).test_curve, snapshot_of(*b).test_curve));
}

TEST_CASE("both runs are an exchange apart; a third one takes the place of the first, and a sentence says so") {
  const auto trainer = trained();
  const TrainerSnapshot first = snapshot_of(*trainer);
  trainer->reset();
  train_steps(*trainer, 7);
  const TrainerSnapshot second = snapshot_of(*trainer);
  const std::uint64_t hash = hash_of_run(*trainer);
  REQUIRE(message(go_back(*trainer, first)).empty());
  REQUIRE(message(go_back(*trainer, second)).empty());
  CHECK(hash_of_run(*trainer) == hash);
  trainer->reset();
  CHECK(contains(message(go_back(*trainer, first)), "not kept any more"));
  CHECK(trainer->config() == first.config);
  REQUIRE(message(go_back(*trainer, second)).empty());
  CHECK(hash_of_run(*trainer) == hash);
}

TEST_CASE("settings that are live go back live: the run goes on") {
  const auto trainer = trained();
  const TrainerSnapshot then = snapshot_of(*trainer);
  REQUIRE(trainer->set_hyperparameter(0, 0.01).ok());
  train_steps(*trainer, 3);
  REQUIRE(message(go_back(*trainer, then)).empty());
  CHECK(trainer->config() == then.config);
  CHECK(snapshot_of(*trainer).step == kSteps + 3);
}

TEST_CASE("a reset without steps is no other run, and after one there is no data set to go back to") {
  const auto trainer = small_trainer();
  const std::uint64_t run = snapshot_of(*trainer).run;
  trainer->reset();
  CHECK(snapshot_of(*trainer).run == run);
  train_steps(*trainer, 2);
  trainer->reset();
  CHECK(snapshot_of(*trainer).run != run);
  CHECK_FALSE(snapshot_of(*trainer).earlier);
  CHECK(contains(message(trainer->undo_load()), "no earlier data set"));
}

TEST_CASE("turned images go back to upright ones without a run that was worth keeping") {
  const auto trainer = small_trainer();
  const TrainerSnapshot then = snapshot_of(*trainer);
  REQUIRE(trainer->set_layout(Layout::transposed).ok());
  REQUIRE(message(go_back(*trainer, then)).empty());
  CHECK(snapshot_of(*trainer).layout == Layout::upright);
}

TEST_CASE("where memory is short the run that is put aside makes room, and nothing is refused for its sake") {
  const auto trainer = trained();
  const TrainerSnapshot then = snapshot_of(*trainer);
  {
    const MemoryLimit limit(static_cast<std::uint64_t>(then.memory_bytes) / 4);
    trainer->reset();
    CHECK(trainer->state() == TrainerState::ready);
    CHECK(snapshot_of(*trainer).run != then.run);
  }
  CHECK(contains(message(go_back(*trainer, then)), "not kept any more"));
  train_steps(*trainer, kSteps);
  CHECK(hash_of_run(*trainer) == hash_of_run(*trained()));
}

}  // namespace
}  // namespace descent::testing
