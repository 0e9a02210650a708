// SPDX-License-Identifier: MIT
// Worker<Race>, Worker<Trainer>, Worker<Jobs>: commands from other threads, snapshots, pace and sleep. Under
// ThreadSanitizer this is the test of what crosses between threads.
#include "engine/parallel/worker.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "engine/parallel/jobs.h"
#include "tests/support/race_helpers.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using parallel::Worker;
using race::Race;
using training::Trainer;

void sleep(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

// Looks at snapshots until `done` says so; false after `seconds`.
template <class Core, class Done>
bool wait_until(Worker<Core>& worker, const Done& done, double seconds = 60) {
  const double end = parallel::seconds_now() + seconds;
  while (parallel::seconds_now() < end) {
    if (done(worker.snapshot())) return true;
    sleep(0.002);
  }
  return false;
}

race::RaceConfig slow_race() {
  race::RaceConfig config = race_on("rosenbrock", {-1.2, 1}, {runner("adam"), runner("momentum")});
  return config;
}

TEST_CASE("a race plays at its speed, slow and fast, and answers commands meanwhile") {
  Worker<Race> worker([] { return std::make_unique<Race>(); });
  race::RaceConfig config = slow_race();
  config.steps_per_second = 20;
  worker.post([=](Race& race) {
    CHECK(race.configure(config).ok());
    race.play();
  });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return s.step >= 3; }));
  sleep(0.5);
  const std::int64_t slow = worker.snapshot().step;
  CHECK(slow >= 8);
  CHECK(slow <= 200);
  worker.post([](Race& race) { race.set_speed(50000); });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return s.step >= 5000; }));
  worker.post([](Race& race) { race.pause(); });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return !s.playing; }));
  const std::int64_t stopped = worker.snapshot().step;
  sleep(0.05);
  CHECK(worker.snapshot().step == stopped);
}

// Has something to do every 0.2 seconds; counts how often it is looked at.
struct Drowsy {
  using Snapshot = int;
  mutable int asked = 0;
  int advanced = 0;
  double due = parallel::seconds_now();

  [[nodiscard]] bool busy() const { return true; }
  [[nodiscard]] double idle_seconds() const {
    ++asked;
    return due - parallel::seconds_now();
  }
  void advance() {
    due += 0.2;
    ++advanced;
  }
  void publish(int& snapshot) const { snapshot = advanced; }
  [[nodiscard]] double publish_interval() const { return 0.01; }
};

TEST_CASE("a worker with nothing due sleeps, and shows the last change before it does") {
  Worker<Drowsy> worker([] { return std::make_unique<Drowsy>(); });
  sleep(1);
  std::atomic<int> asked{0};
  std::atomic<int> advanced{0};
  worker.post([&](Drowsy& core) {
    asked = core.asked;
    advanced = core.advanced;
  });
  REQUIRE(wait_until(worker, [&](int) { return advanced > 0; }));
  CHECK(advanced >= 3);
  CHECK(advanced <= 12);
  CHECK(asked <= 10 * advanced);
  REQUIRE(wait_until(worker, [&](int shown) { return shown >= advanced; }));
}

TEST_CASE("a slow race answers commands at once") {
  Worker<Race> worker([] { return std::make_unique<Race>(); });
  race::RaceConfig config = slow_race();
  config.steps_per_second = 0.02;
  worker.post([=](Race& race) {
    CHECK(race.configure(config).ok());
    race.play();
  });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return s.step == 1; }));
  worker.post([](Race& race) { race.step(10); });
  CHECK(wait_until(
      worker, [](const race::RaceSnapshot& s) { return s.step == 11; }, 20));
}

TEST_CASE("several threads post, one reads; every snapshot is whole") {
  Worker<Race> worker([] { return std::make_unique<Race>(); });
  worker.post([](Race& race) { CHECK(race.configure(slow_race()).ok()); });
  std::atomic<bool> stop{false};
  const auto poster = [&](int kind) {
    for (int i = 0; i < 300; ++i) {
      worker.post([=](Race& race) {
        if (kind == 0) race.step(1 + i % 5);
        if (kind == 1 && i % 3 == 0) race.back(1 + i % 7);
        if (kind == 1 && i % 20 == 0) race.play();
        if (kind == 1 && i % 50 == 0) CHECK(race.set_start({-1 + 0.001 * i, 1}).ok());
      });
      if (i % 16 == 0) std::this_thread::yield();
    }
  };
  std::thread one(poster, 0);
  std::thread two(poster, 1);
  std::thread ender([&] {
    one.join();
    two.join();
    worker.post([](Race& race) { race.pause(); });
    stop = true;
  });
  while (!stop || !worker.settled()) {
    const race::RaceSnapshot& snapshot = worker.snapshot();
    for (const race::RunnerSnapshot& run : snapshot.runners) CHECK(run.points.size() == 2 * run.losses.size());
  }
  ender.join();
}

TEST_CASE("a trainer trains on its thread, pauses soon and goes on") {
  Worker<Trainer> worker([] { return std::make_unique<Trainer>(); });
  const auto split = small_split();
  std::atomic<int> stops{0};
  worker.post([&](Trainer& trainer) {
    training::TrainerConfig config = small_config();
    config.threads = 2;
    CHECK(trainer.configure(config).ok());
    CHECK(trainer.load(split).ok());
    trainer.set_on_stop([&](const Trainer&) { ++stops; });
    CHECK(trainer.train_epochs(1000).ok());
  });
  REQUIRE(wait_until(worker, [](const training::TrainerSnapshot& s) { return s.step > 40 && s.test.known; }));
  worker.post([](Trainer& trainer) { CHECK(trainer.set_hyperparameter(0, 0.002).ok()); });
  worker.post([](Trainer& trainer) { trainer.pause(); });
  REQUIRE(
      wait_until(worker, [](const training::TrainerSnapshot& s) { return s.state == training::TrainerState::paused; }));
  CHECK(stops == 1);
  const std::int64_t step = worker.snapshot().step;
  worker.post([](Trainer& trainer) { CHECK(trainer.train_steps(3).ok()); });
  REQUIRE(wait_until(worker,
                     [](const training::TrainerSnapshot& s) { return s.state == training::TrainerState::finished; }));
  CHECK(worker.snapshot().step == step + 3);
}

TEST_CASE("a restarted worker goes on with a new core, and its snapshots show nothing of the old one") {
  std::atomic<int> made{0};
  Worker<Race> worker([&] {
    ++made;
    return std::make_unique<Race>();
  });
  const race::RaceConfig first = slow_race();
  const race::RaceConfig second = race_on("himmelblau", {1, 1}, {runner("adam")});
  worker.post([=](Race& race) {
    CHECK(race.configure(first).ok());
    race.step(50);
  });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return s.step == 50; }));
  worker.restart([=](Race& race) { CHECK(race.configure(second).ok()); });
  worker.post([](Race& race) { race.step(3); });
  REQUIRE(wait_until(worker, [](const race::RaceSnapshot& s) { return s.step == 3; }));
  CHECK(made == 2);
  // Enough rounds for each of the three buffers to have held a snapshot of the old race.
  for (int i = 0; i < 6; ++i) {
    worker.post([](Race& race) { race.step(1); });
    REQUIRE(wait_until(worker, [i](const race::RaceSnapshot& s) { return s.step == 4 + i; }));
    const race::RaceSnapshot& snapshot = worker.snapshot();
    REQUIRE(snapshot.runners.size() == 1);
    CHECK(snapshot.config.surface == "himmelblau");
    CHECK(snapshot.runners[0].points.size() == static_cast<std::size_t>(2 * (5 + i)));
    CHECK(snapshot.runners[0].points[0] == 1);
  }
  CHECK(worker.settled());
}

TEST_CASE("a trainer is restarted while it trains, and as often as one likes") {
  Worker<Trainer> worker([] { return std::make_unique<Trainer>(); });
  const auto split = small_split();
  for (int i = 0; i < 4; ++i) {
    worker.post([&](Trainer& trainer) {
      CHECK(trainer.configure(small_config()).ok());
      CHECK(trainer.load(split).ok());
      CHECK(trainer.train_epochs(1000).ok());
    });
    REQUIRE(wait_until(worker, [](const training::TrainerSnapshot& s) { return s.step > 2; }));
    worker.restart([](Trainer& trainer) { CHECK(trainer.state() == training::TrainerState::empty); });
    REQUIRE(wait_until(worker, [](const training::TrainerSnapshot& s) { return s.step == 0 && s.dataset.empty(); }));
    CHECK(worker.snapshot().train_curve.empty());
  }
}

TEST_CASE("a worker with work left to do ends when it is destroyed") {
  Worker<Trainer> worker([] {
    auto trainer = std::make_unique<Trainer>();
    CHECK(trainer->configure(small_config()).ok());
    CHECK(trainer->load(small_split()).ok());
    CHECK(trainer->train_epochs(1000).ok());
    return trainer;
  });
  REQUIRE(wait_until(worker, [](const training::TrainerSnapshot& s) { return s.step > 0; }));
}

TEST_CASE("jobs run one after the other on their own thread") {
  std::atomic<int> done{0};
  {
    Worker<parallel::Jobs> worker([] { return std::make_unique<parallel::Jobs>(); });
    for (int i = 0; i < 10; ++i)
      worker.post([&, i](parallel::Jobs&) {
        if (done == i) ++done;
      });
    const double end = parallel::seconds_now() + 20;
    while (done < 10 && parallel::seconds_now() < end) sleep(0.001);
  }
  CHECK(done == 10);
}

}  // namespace
}  // namespace descent::testing
