// SPDX-License-Identifier: MIT
// Every scene does what its sentences say: each is run by the race itself, and the numbers in the sentences are looked
// up in the runs. A claim is checked against its contrary too, so that a scene whose runs were swapped would fail.
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/web/scene_runs.h"

using namespace descent;
using namespace descent::testing;
using race::RaceSnapshot;
using race::RunnerSnapshot;

TEST_CASE("scenes: names, titles, sentences, and races that the engine accepts") {
  std::set<std::string_view> names;
  for (const web::Scene& entry : web::scenes()) {
    CAPTURE(entry.name);
    CHECK(names.insert(entry.name).second);
    for (const char c : entry.name) CHECK(((c >= 'a' && c <= 'z') || c == '_'));
    CHECK(entry.title.size() > 5);
    CHECK(entry.title.size() < 40);
    for (const std::string_view sentence : entry.sentences) {
      CHECK(sentence.ends_with('.'));
      CHECK(sentence.size() > 40);
      CHECK(sentence.size() < 180);
    }
    const RaceSnapshot snapshot = run(entry.name, 1);
    CHECK(snapshot.config.runners.size() >= 1);
    std::set<int> slots;
    for (const RunnerSnapshot& runner : snapshot.runners) CHECK(slots.insert(runner.config.slot).second);
    // Within a quarter of a minute there is something to see.
    CHECK(snapshot.config.steps_per_second >= 8);
  }
  CHECK(web::scene_index("no_such_scene") == -1);
}

TEST_CASE("scene learning_rate: one rate crawls, one is right, one diverges; above 2/λmax and nothing else does") {
  const RaceSnapshot race = run("learning_rate", 300);
  const RunnerSnapshot& small = race.runners[0];
  const RunnerSnapshot& right = race.runners[1];
  const RunnerSnapshot& large = race.runners[2];
  const double finish = race.finish.lowest + race.finish.tolerance;
  CHECK(steps_to(small, finish) == 224);
  CHECK(says("learning_rate", 1, 224));
  CHECK(steps_to(right, finish) == 13);
  CHECK(says("learning_rate", 1, 13));
  CHECK(steps_to(large, finish) == -1);
  CHECK(large.losses.back() > 1e3 * large.losses.front());
  CHECK(large.diagnosis.kind == race::DiagnosisKind::diverged);
  CHECK(small.diagnosis.kind != race::DiagnosisKind::diverged);
  CHECK(right.diagnosis.kind != race::DiagnosisKind::diverged);
  CHECK(std::abs(large.stable_learning_rate - 0.4) < 1e-12);
  CHECK(says("learning_rate", 2, "=\u00a00.4:"));
  for (const RunnerSnapshot& runner : race.runners)
    CHECK((runner.config.hyperparameters[0] > 0.4) == (&runner == &large));
  // "by more than the one before"
  for (std::size_t i = 10; i < 60; ++i) CHECK(std::abs(point(large, i + 1)[1]) > std::abs(point(large, i)[1]));
}

TEST_CASE("scene ravine: momentum at the same rate needs a fraction of the steps") {
  const RaceSnapshot race = run("ravine", 400);
  const RunnerSnapshot& plain = race.runners[0];
  const RunnerSnapshot& momentum = race.runners[1];
  CHECK(plain.config.hyperparameters[0] == momentum.config.hyperparameters[0]);
  CHECK(steps_to(plain, 1e-3) == 241);
  CHECK(says("ravine", 1, 241));
  CHECK(steps_to(momentum, 1e-3) == 45);
  CHECK(says("ravine", 2, 45));
  CHECK(std::abs(plain.stable_learning_rate - 0.02) < 1e-12);
  CHECK(says("ravine", 0, "=\u00a00.02,"));
  CHECK(point(plain, 1)[1] * point(plain, 2)[1] < 0);  // zigzag
  // Without momentum the second run would be the first.
  race::RaceConfig without = race_of(scene("ravine"));
  without.runners[1].hyperparameters[1] = 0;
  CHECK(steps_to(run(without, 400).runners[1], 1e-3) == 241);
}

TEST_CASE("scene saddle: Newton's method ends on the saddle, the others in the well") {
  const RaceSnapshot race = run("saddle", 150);
  CHECK(distance(end_of(race.runners[0]), {0, 0}) < 1e-3);
  CHECK(race.runners[0].kind == surfaces::PointKind::saddle);
  CHECK(end_of(race.runners[0])[0] < race.config.start[0]);
  for (const std::size_t i : {1U, 2U}) {
    CHECK(distance(end_of(race.runners[i]), {1, 0}) < 1e-2);
    CHECK(race.runners[i].kind == surfaces::PointKind::minimum);
  }
  // "climbs": along x, where the start lies, the pass is higher than the start.
  const RunnerSnapshot& newton = race.runners[0];
  const auto along_x = [](double x) { return (x * x - 1) * (x * x - 1); };
  CHECK(along_x(end_of(newton)[0]) > along_x(race.config.start[0]));
}

TEST_CASE("scene rare_feature: Adagrad is ahead in the rare direction") {
  const RaceSnapshot race = run("rare_feature", 250);
  const RunnerSnapshot& plain = race.runners[0];
  const RunnerSnapshot& adagrad = race.runners[1];
  CHECK(steps_to(plain, 1e-3) == 126);
  CHECK(says("rare_feature", 1, 126));
  CHECK(steps_to(adagrad, 1e-3) == 46);
  CHECK(says("rare_feature", 2, 46));
  CHECK(std::abs(point(plain, 1)[1]) < 1e-12);  // settled in one step
  CHECK(std::abs(point(adagrad, 46)[0]) < 0.3 * std::abs(point(plain, 46)[0]));
  const surfaces::Point step = point(adagrad, 1), start = race.config.start;
  CHECK(std::abs((step[0] - start[0]) + (step[1] - start[1])) < 1e-6);  // as long in x as in y
  // Adagrad gains nothing if both features are equally common.
  race::RaceConfig even = race_of(scene("rare_feature"));
  even.parameters = {1, 1};
  const RaceSnapshot same = run(even, 250);
  CHECK(steps_to(same.runners[0], 1e-3) < steps_to(same.runners[1], 1e-3));
}

TEST_CASE("scene bias_correction: other first steps, another minimum") {
  const RaceSnapshot race = run("bias_correction", 300);
  const RunnerSnapshot& with = race.runners[0];
  const RunnerSnapshot& without = race.runners[1];
  const double first = std::abs(point(with, 1)[0] - point(with, 0)[0]);
  const double raw = std::abs(point(without, 1)[0] - point(without, 0)[0]);
  CHECK(std::abs(first - 0.12) < 1e-6);
  CHECK(std::abs(raw / first - 0.1 / std::sqrt(0.001)) < 1e-4);
  CHECK(says("bias_correction", 2, "3.2 times"));
  for (const std::size_t i : {1U, 2U, 3U})  // "the next are longer still"
    CHECK(distance(point(without, i + 1), point(without, i)) > distance(point(without, 1), point(without, 0)));
  CHECK(distance(end_of(with), {-2.805118, 3.131313}) < 1e-2);
  CHECK(distance(end_of(without), {3, 2}) < 1e-2);
  // "the nearest minimum" of the four
  const surfaces::Point start = race.config.start;
  for (const surfaces::Minimum& minimum : race.minima)
    CHECK(distance(minimum.point, start) > distance({-2.805118, 3.131313}, start) - 1e-3);
}

TEST_CASE("scene noise: the schedule comes to rest nearer to the minimum than either constant rate") {
  const RaceSnapshot race = run("noise", 400);
  const surfaces::Point minimum{0, 0};
  const auto mean_distance = [&](const RunnerSnapshot& runner, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i <= to; ++i) sum += distance(point(runner, i), minimum);
    return sum / static_cast<double>(to - from + 1);
  };
  for (const RunnerSnapshot& runner : race.runners) REQUIRE(runner.losses.size() == 121);  // the budget
  const RunnerSnapshot& large = race.runners[0];
  const RunnerSnapshot& small = race.runners[1];
  const RunnerSnapshot& cosine = race.runners[2];
  CHECK(mean_distance(cosine, 110, 120) < 0.5 * mean_distance(large, 80, 120));
  CHECK(mean_distance(cosine, 110, 120) < 0.5 * mean_distance(small, 110, 120));
  CHECK(mean_distance(cosine, 20, 40) < 0.5 * mean_distance(small, 20, 40));  // "arrives quickly"
  // Rest: the last steps hardly move, those of the constant rate do.
  CHECK(distance(point(cosine, 120), point(cosine, 117)) < 0.1 * distance(point(large, 120), point(large, 117)));
  // Other seeds tell the same.
  int nearer = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    race::RaceConfig config = race_of(scene("noise"));
    config.seed = seed;
    const RaceSnapshot other = run(config, 120);
    if (mean_distance(other.runners[2], 110, 120) < mean_distance(other.runners[0], 80, 120)) ++nearer;
  }
  CHECK(nearer >= 36);
}
