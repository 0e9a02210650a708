// SPDX-License-Identifier: MIT
// Trainer: the schedule of the learning rate. What it does to a run is compared with a run whose rate is set by hand
// before each step, from the schedules' formulas written here once more.
#include <cmath>
#include <numbers>

#include "engine/optim/schedule.h"
#include "engine/script/config_json.h"
#include "engine/script/status_json.h"
#include "tests/support/close.h"
#include "tests/support/race_helpers.h"
#include "tests/support/status.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;

constexpr double kRate = 0.004;

// 4 steps an epoch, 3 epochs.
TrainerConfig scheduled(std::string schedule, std::vector<double> parameters = {}) {
  TrainerConfig config = small_config();
  config.batch_size = 250;
  config.epochs = 3;
  config.hyperparameters = runner("adam", std::vector<core::NamedValue>{{"learning_rate", kRate}}).hyperparameters;
  config.schedule = std::move(schedule);
  config.schedule_parameters = std::move(parameters);
  return config;
}

double half_cosine(double from, double to, double u) {
  return to + (from - to) * (1 + std::cos(std::numbers::pi * u)) / 2;
}

// PyTorch's OneCycleLR with its defaults, step k = 0 … 11 of 12: the peak at 0.3 · 12 − 1.
double one_cycle(int k) {
  constexpr double kPeak = 2.6, kLast = 11;
  return k < kPeak ? half_cosine(0.04, 1, k / kPeak) : half_cosine(1, 4e-6, (k - kPeak) / (kLast - kPeak));
}

// Steps of a run of constant rate, with `rate` of step 0, 1, … set by hand.
template <class Rate>
void steps_by_hand(Trainer& trainer, int steps, const Rate& rate) {
  for (int k = 0; k < steps; ++k) {
    REQUIRE(trainer.set_hyperparameter(0, rate(k)).ok());
    train_steps(trainer, 1);
  }
}

TEST_CASE("a schedule gives the run that the same rates by hand give, over the end of the epochs it is laid out for") {
  const auto trainer = small_trainer(scheduled("one_cycle", {0.3, 0.04, 4e-6}));
  const auto by_hand = small_trainer(scheduled("constant"));
  const auto constant = small_trainer(scheduled("constant"));
  for (int k = 0; k < 15; ++k) {
    CAPTURE(k);
    const double expected = kRate * one_cycle(k % 12);  // 12 steps, then anew
    const TrainerSnapshot snapshot = snapshot_of(*trainer);
    CHECK(close(snapshot.learning_rate, expected, 1e-14, 0));
    CHECK(snapshot.schedule_step == k % 12 + 1);
    CHECK(snapshot.schedule_steps == 12);
    train_steps(*trainer, 1);
    steps_by_hand(*by_hand, 1, [&](int) { return snapshot.learning_rate; });
    train_steps(*constant, 1);
    CHECK(hash_of_run(*trainer) == hash_of_run(*by_hand));
  }
  CHECK(hash_of_run(*trainer) != hash_of_run(*constant));  // negative control
}

TEST_CASE("a constant schedule changes nothing") {
  const auto trainer = small_trainer(scheduled("constant"));
  CHECK(snapshot_of(*trainer).learning_rate == kRate);
  train_steps(*trainer, 7);
  CHECK(snapshot_of(*trainer).learning_rate == kRate);
}

TEST_CASE("another batch size keeps the place in the schedule") {
  const auto trainer = small_trainer(scheduled("cosine", {0.0}));
  train_steps(*trainer, 6);  // 1.5 of 3 epochs
  CHECK(close(snapshot_of(*trainer).learning_rate, kRate / 2, 1e-12, 0));
  REQUIRE(trainer->set_batch_size(100).ok());
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(snapshot.schedule_steps == 30);
  CHECK(snapshot.schedule_step == 16);
  CHECK(close(snapshot.learning_rate, kRate / 2, 1e-12, 0));
}

TEST_CASE("each step of an epoch whose last batch is short has its own place") {
  TrainerConfig config = scheduled("cosine");
  config.batch_size = 96;  // 10 of 96 and one of 40
  const auto trainer = small_trainer(config);
  for (int k = 0; k < 33; ++k) {
    CAPTURE(k);
    CHECK(snapshot_of(*trainer).schedule_step == k + 1);
    train_steps(*trainer, 1);
  }
  CHECK(snapshot_of(*trainer).schedule_step == 1);
}

TEST_CASE("schedule and rate change live; epochs move the place") {
  const auto trainer = small_trainer(scheduled("constant"));
  train_steps(*trainer, 6);
  TrainerConfig config = trainer->config();
  config.schedule = "exponential";
  config.schedule_parameters = {0.01};
  REQUIRE(message(trainer->configure(config)).empty());
  CHECK(snapshot_of(*trainer).step == 6);
  CHECK(close(snapshot_of(*trainer).learning_rate, kRate * 0.1, 1e-12, 0));
  REQUIRE(trainer->set_hyperparameter(0, 2 * kRate).ok());
  CHECK(close(snapshot_of(*trainer).learning_rate, 2 * kRate * 0.1, 1e-12, 0));
  config = trainer->config();
  config.epochs = 6;
  REQUIRE(message(trainer->configure(config)).empty());
  CHECK(close(snapshot_of(*trainer).learning_rate, 2 * kRate * std::pow(0.01, 0.25), 1e-12, 0));
}

TEST_CASE("a restored run goes on with the schedule bit for bit") {
  const auto straight = small_trainer(scheduled("warmup_cosine"));
  train_steps(*straight, 5);
  const auto saved = straight->save();
  train_steps(*straight, 5);
  const auto restored = small_trainer(scheduled("warmup_cosine"));
  REQUIRE(message(restored->restore(saved)).empty());
  CHECK(snapshot_of(*restored).schedule_step == 6);
  train_steps(*restored, 5);
  CHECK(hash_of_run(*restored) == hash_of_run(*straight));
}

TEST_CASE("schedules as JSON, and what is refused") {
  const TrainerConfig config = scheduled("step", {0.5, 0.1});
  const std::string text = script::trainer_config_json(config);
  const auto read = script::trainer_request_from_json(text, {});
  REQUIRE(read.ok());
  CHECK(read->config == config);
  CHECK_FALSE(contains(script::trainer_config_json(TrainerConfig{}), "schedule"));
  const auto other = script::trainer_request_from_json(R"({"schedule": "cosine"})", config);
  REQUIRE(other.ok());
  CHECK(other->config.schedule_parameters == std::vector<double>{0});  // its own defaults
  for (const char* wrong : {R"({"schedule": "sawtooth"})", R"({"schedule": "cosine", "schedule_parameters": {"x": 1}})",
                            R"({"schedule": "cosine", "schedule_parameters": {"final_scale": 2}})"}) {
    CAPTURE(wrong);
    const auto refused = script::trainer_request_from_json(wrong, config);
    REQUIRE_FALSE(refused.ok());
    CHECK(contains(refused.error().message, "schedule"));
  }
  const auto trainer = small_trainer(config);
  train_steps(*trainer, 2);
  CHECK(contains(message(trainer->configure(scheduled("sawtooth"))), "there is no schedule 'sawtooth'"));
  CHECK(contains(message(trainer->configure(scheduled("cosine", {2}))), "final_scale"));
  CHECK(snapshot_of(*trainer).step == 2);
  CHECK(trainer->config() == config);
}

TEST_CASE("what is changed while a run goes on is marked on its curves, and goes with them") {
  const auto trainer = small_trainer(scheduled("constant"));
  REQUIRE(trainer->set_hyperparameter(0, 0.01).ok());
  CHECK(snapshot_of(*trainer).curve_changes.empty());  // nothing has been learned yet
  train_steps(*trainer, 5);
  TrainerConfig changed = trainer->config();
  changed.threads = 1;
  REQUIRE(trainer->configure(changed).ok());
  CHECK(snapshot_of(*trainer).curve_changes.empty());  // another number of threads gives the same bits
  changed.hyperparameters[0] = 0.002;
  changed.batch_size = 125;
  changed.schedule = "cosine";
  changed.schedule_parameters.clear();
  REQUIRE(trainer->configure(changed).ok());
  using training::CurveChange;
  const std::vector<CurveChange> expected{
      {5, 1.25, 0, 0.01, 0.002}, {5, 1.25, CurveChange::kBatchSize, 250, 125}, {5, 1.25, CurveChange::kSchedule, 0, 3}};
  TrainerSnapshot seen = snapshot_of(*trainer);
  REQUIRE(seen.curve_changes.size() == 3);
  CHECK(seen.curve_changes[0] == expected[0]);
  CHECK(seen.curve_changes[1] == expected[1]);
  CHECK(optim::schedule_catalog()[static_cast<std::size_t>(seen.curve_changes[2].to)].info.name == "cosine");
  CHECK(contains(script::network_status_json(seen),
                 R"({"step":5,"epoch":1.25,"setting":"learning_rate","from":0.01,"to":0.002})"));
  CHECK(contains(script::network_status_json(seen), R"("setting":"schedule","from":"constant","to":"cosine")"));
  train_steps(*trainer, 1);
  const auto restored = small_trainer(trainer->config());
  REQUIRE(restored->restore(trainer->save_run()).ok());
  CHECK(snapshot_of(*restored).curve_changes == snapshot_of(*trainer).curve_changes);
  trainer->reset();
  CHECK(snapshot_of(*trainer).curve_changes.empty());
}

}  // namespace
}  // namespace descent::testing
