// SPDX-License-Identifier: MIT
// A run saved as a whole and restored in another trainer goes on bit for bit, curves and means included; a record of
// other data, or a broken one, takes nothing along.
#include <cmath>
#include <limits>

#include "engine/optim/optimizer.h"
#include "engine/training/run_record.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::TrainerState;

bool equal(const std::vector<training::CurvePoint>& a, const std::vector<training::CurvePoint>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& p, const auto& q) {
    return p.step == q.step && p.epoch == q.epoch && p.loss == q.loss && p.accuracy == q.accuracy;
  });
}

bool equal(const training::Metrics& a, const training::Metrics& b) {
  return a.known == b.known && a.loss == b.loss && a.accuracy == b.accuracy;
}

// Everything of a run that does not depend on time.
bool alike(Trainer& one, Trainer& other) {
  const TrainerSnapshot a = snapshot_of(one), b = snapshot_of(other);
  return hash_of_run(one) == hash_of_run(other) && equal(a.train_curve, b.train_curve) &&
         equal(a.test_curve, b.test_curve) && equal(a.train, b.train) && equal(a.test, b.test) && a.step == b.step &&
         a.epoch == b.epoch && a.learning_rate == b.learning_rate && a.state == b.state;
}

TrainerConfig config_of(std::string_view optimizer) {
  TrainerConfig config = small_config();
  config.network.layers.insert(config.network.layers.begin() + 6, {"dropout", {{"rate", 0.3}}});
  config.optimizer = optimizer;
  config.batch_size = 96;  // 11 steps an epoch
  config.epochs = 4;
  config.schedule = "cosine";
  return config;
}

// Trains to `end`, and saves on the way, as the page does, as soon as `step` is reached.
std::vector<std::uint8_t> save_on_the_way(Trainer& trainer, std::int64_t step, std::int64_t end) {
  REQUIRE(message(trainer.train_steps(end)).empty());
  std::vector<std::uint8_t> saved;
  while (trainer.busy()) {
    trainer.advance(0);
    if (saved.empty() && snapshot_of(trainer).step >= step) saved = trainer.save_run();
  }
  return saved;
}

void go_on_to(Trainer& trainer, std::int64_t end) {
  const std::int64_t step = snapshot_of(trainer).step;
  if (step < end) train_steps(trainer, end - step);
}

TEST_CASE("60 steps == some, save, restore in a new trainer, the rest; every optimizer, dropout, a schedule") {
  // 11 steps an epoch, as for the other tests, of an eighth of their images: there are many optimizers.
  const auto split = std::make_shared<const data::DataSplit>(data::synthetic_split(7, 128, 25));
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    CAPTURE(entry.info->name);
    TrainerConfig config = config_of(entry.info->name);
    config.batch_size = 12;
    const auto straight = small_trainer(config, split);
    train_steps(*straight, 60);
    const auto killed = small_trainer(config, split);
    const std::vector<std::uint8_t> saved = save_on_the_way(*killed, 25, 60);
    const auto restored = small_trainer(config, split);
    REQUIRE(message(restored->restore(saved)).empty());
    CHECK(snapshot_of(*restored).message.empty());
    CHECK_FALSE(alike(*restored, *straight));
    go_on_to(*restored, 60);
    CHECK(alike(*restored, *straight));
  }
}

TEST_CASE("without the record weights go on, and the curves do not") {
  const TrainerConfig config = config_of("adam");
  const auto straight = small_trainer(config);
  train_steps(*straight, 25);
  const auto restored = small_trainer(config);
  REQUIRE(restored->restore(straight->save()).ok());
  train_steps(*straight, 15);
  train_steps(*restored, 15);
  CHECK(hash_of_run(*restored) == hash_of_run(*straight));
  CHECK_FALSE(alike(*restored, *straight));
}

TEST_CASE("an evaluation that was under way goes on") {
  const auto split = std::make_shared<const data::DataSplit>(data::synthetic_split(7, 1000, 4000));
  const auto make = [&] {
    auto trainer = std::make_unique<Trainer>();
    REQUIRE(trainer->configure(config_of("adam")).ok());
    REQUIRE(trainer->load(split).ok());
    return trainer;
  };
  const auto straight = make();
  REQUIRE(straight->train_epochs(1).ok());
  while (straight->state() == TrainerState::training) straight->advance(0);
  REQUIRE(straight->state() == TrainerState::evaluating);
  const std::vector<std::uint8_t> saved = straight->save_run();
  run_until_idle(*straight);
  const auto restored = make();
  REQUIRE(restored->restore(saved).ok());
  CHECK(restored->state() == TrainerState::paused);
  REQUIRE(restored->train_steps(1).ok());
  while (restored->state() == TrainerState::evaluating) restored->advance();
  const TrainerSnapshot a = snapshot_of(*straight), b = snapshot_of(*restored);
  CHECK(a.test.known);
  CHECK(equal(a.test, b.test));
  CHECK(equal(a.test_curve, b.test_curve));
}

TEST_CASE("a run restored before its data has everything when they come, and only its weights when others come") {
  const auto source = small_trainer(config_of("adam"));
  REQUIRE(source->set_layout(data::Layout::transposed).ok());
  train_steps(*source, 25);
  const std::vector<std::uint8_t> saved = source->save_run();
  const std::vector<training::CurvePoint> curve = snapshot_of(*source).train_curve;
  const auto early = [&] {
    auto trainer = std::make_unique<Trainer>();
    REQUIRE(trainer->configure(source->config()).ok());
    REQUIRE(trainer->restore(saved).ok());
    CHECK(trainer->state() == TrainerState::empty);
    CHECK(equal(snapshot_of(*trainer).train_curve, curve));
    return trainer;
  };
  const auto same = early();
  REQUIRE(same->restore(same->save_run()).ok());  // saved again while it waits
  REQUIRE(same->load(small_split()).ok());
  CHECK(snapshot_of(*same).layout == data::Layout::transposed);
  CHECK(alike(*same, *source));
  go_on_to(*same, 40);
  go_on_to(*source, 40);
  CHECK(alike(*same, *source));

  const auto other = early();
  REQUIRE(other->load(std::make_shared<const data::DataSplit>(data::synthetic_split(8, 1000, 200))).ok());
  const TrainerSnapshot snapshot = snapshot_of(*other);
  CHECK(snapshot.step == 25);
  CHECK(snapshot.train_curve.empty());
  CHECK_FALSE(snapshot.test.known);
  CHECK(snapshot.layout == data::Layout::upright);
}

TEST_CASE("a finished run stays finished, a diverged one diverged") {
  TrainerConfig config = config_of("gradient_descent");
  config.epochs = 1;
  const auto finished = small_trainer(config);
  REQUIRE(finished->train().ok());
  run_until_idle(*finished);
  const auto restored = small_trainer(config);
  REQUIRE(restored->restore(finished->save_run()).ok());
  CHECK(alike(*restored, *finished));
  CHECK(restored->state() == TrainerState::finished);

  config.network.layers = {
      {"flatten", {}}, {"dense", {{"units", 16}}}, {"dense", {{"units", 16}}}, {"dense", {{"units", 10}}}};
  config.epochs = 20;
  const auto diverged = small_trainer(config);
  train_steps(*diverged, 5);
  REQUIRE(diverged->set_hyperparameter(0, 1000).ok());
  REQUIRE(diverged->train().ok());
  run_until_idle(*diverged);
  REQUIRE(diverged->state() == TrainerState::diverged);
  const auto after = small_trainer(diverged->config());
  REQUIRE(after->restore(diverged->save_run()).ok());
  CHECK(after->state() == TrainerState::diverged);
  CHECK(snapshot_of(*after).step == snapshot_of(*diverged).step);
  CHECK(hash_of_weights(*after) == hash_of_weights(*diverged));
}

TEST_CASE("numbers that are no record are none") {
  training::RunRecord record;
  record.seconds = 1.5;
  record.curves.add_test(3, 0.5, {0.25, 0.5, true});
  record.curves.add_change({25, 0.25, 0, 0.1, 0.2});
  const std::vector<double> good = record.numbers();
  const auto read = training::record_of(good);
  REQUIRE(read);
  CHECK(read->seconds == 1.5);
  CHECK(read->curves.test().size() == 1);
  CHECK(read->curves.changes() == record.curves.changes());
  for (std::size_t i = 0; i < good.size(); ++i) {
    CAPTURE(i);
    std::vector<double> bad = good;
    bad[i] = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(training::record_of(bad));
    bad.resize(i);
    CHECK_FALSE(training::record_of(bad));
  }
  std::vector<double> longer = good;
  longer.push_back(0);
  CHECK_FALSE(training::record_of(longer));
  // Records of the version before have no changes.
  std::vector<double> older(good.begin(), good.end() - 6);
  older[0] = 1;
  const auto old = training::record_of(older);
  REQUIRE(old);
  CHECK(old->curves.test().size() == 1);
  CHECK(old->curves.changes().empty());
  older.push_back(0);
  CHECK_FALSE(training::record_of(older));
  std::vector<double> newer = good;
  newer[0] = 3;
  CHECK_FALSE(training::record_of(newer));
}

TEST_CASE("data sets are told apart") {
  const data::DataSplit split = data::synthetic_split(7, 100, 20);
  CHECK(training::print_of(split) == training::print_of(data::synthetic_split(7, 100, 20)));
  CHECK(training::print_of(split) != training::print_of(data::synthetic_split(8, 100, 20)));
  data::DataSplit other = split;
  other.train.labels[17] ^= 1;
  CHECK(training::print_of(split) != training::print_of(other));
}

}  // namespace
}  // namespace descent::testing
