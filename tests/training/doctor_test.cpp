// SPDX-License-Identifier: MIT
// The doctor of a training run, on curves that are made up: each finding with the nearest case that is none of it.
#include "engine/training/doctor/doctor.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/close.h"

namespace descent::testing {
namespace {

using training::Curves;
using training::Diagnosis;
using training::Trouble;

constexpr int kBatch = 32;
constexpr std::int64_t kLaidOut = 10000;
const training::Guessing kGuess{.accuracy = 0.1, .loss = std::log(10.0)};

// A number in −1 … 1 that has no pattern in k.
double noise(std::int64_t k) {
  const double x = std::sin(static_cast<double>(k) * 12.9898) * 43758.5453;
  return 2 * (x - std::floor(x)) - 1;
}

// A run whose losses are loss(step) with noise as batches have it, and of whose images so many are right.
template <class Loss>
Curves run_of(std::int64_t steps, Loss loss, double accuracy) {
  Curves curves;
  double right = 0;
  for (std::int64_t k = 1; k <= steps; ++k) {
    right += accuracy * kBatch;
    const auto correct = static_cast<std::int64_t>(right);
    right -= static_cast<double>(correct);
    curves.add_step(k, static_cast<double>(k) / 1000, loss(k) + 0.05 * noise(k), correct, kBatch);
  }
  return curves;
}

Diagnosis found(const Curves& curves, std::int64_t settled = 0, std::int64_t laid_out = kLaidOut,
                bool held_back = false) {
  return training::examine({.curves = curves,
                            .guess = kGuess,
                            .settled = settled,
                            .batch_size = kBatch,
                            .laid_out = laid_out,
                            .learning_rate = 0.1,
                            .held_back = held_back});
}
Trouble kind(const Curves& curves, std::int64_t settled = 0) {
  return found(curves, settled).kind;
}

TEST_CASE("guessing: the most frequent class, and the entropy of the frequencies") {
  data::Dataset train;
  train.classes = 3;
  train.labels = {0, 0, 1, 2};
  const training::Guessing guess = training::guessing(train);
  CHECK(guess.accuracy == 0.5);
  CHECK(close(guess.loss, 1.5 * std::log(2.0), 1e-15, 0));
}

TEST_CASE("doctor: a loss that leapt and stays where guessing is") {
  const auto leapt = [](std::int64_t k) { return k < 50 ? 40.0 : 2.31; };
  const Curves curves = run_of(600, leapt, 0.1);
  const Diagnosis diagnosis = found(curves);
  CHECK(diagnosis.kind == Trouble::chance);
  const auto& facts = std::get<training::AtChance>(diagnosis.facts);
  CHECK(facts.steps == 200);
  CHECK(facts.images == 200 * kBatch);
  CHECK(close(facts.accuracy, 0.1, 0.01, 0));
  CHECK(close(facts.standard_error, std::sqrt(0.1 * 0.9 / 6400), 1e-12, 0));
  CHECK(kind(run_of(180, leapt, 0.1)) == Trouble::none);  // too short to tell
  // Two standard errors of 6,400 images are 0.0075.
  CHECK(kind(run_of(600, leapt, 0.106)) == Trouble::chance);
  CHECK(kind(run_of(600, leapt, 0.12)) == Trouble::none);
  const auto falls = [](std::int64_t k) { return k < 50 ? 40.0 : 3.0 - 0.001 * static_cast<double>(k); };
  CHECK(kind(run_of(600, falls, 0.1)) == Trouble::none);
  CHECK(kind(curves, 500) == Trouble::none);  // other settings for 100 steps
}

TEST_CASE("doctor: chance begins where accuracy was lost") {
  Curves curves;
  for (std::int64_t k = 1; k <= 1000; ++k)
    curves.add_step(k, 0, k <= 600 ? 0.2 : 2.31 + 0.05 * noise(k), k <= 600 ? 30 : 3, kBatch);
  const Diagnosis diagnosis = found(curves);
  CHECK(diagnosis.kind == Trouble::chance);
  CHECK(diagnosis.since_step == 601);
}

TEST_CASE("doctor: a loss that hardly moves, and one that only begins slowly") {
  const auto pace = [](double a_step) {
    return [a_step](std::int64_t k) { return 2.31 - a_step * static_cast<double>(k); };
  };
  // 10,000 steps take off half of guessing's loss at 1.15e-4 a step.
  const Diagnosis slow = found(run_of(1000, pace(2e-5), 0.13));
  CHECK(slow.kind == Trouble::no_progress);
  const auto& facts = std::get<training::NoProgress>(slow.facts);
  CHECK(close(facts.from, 2.31, 0.01, 0));
  CHECK(close(facts.to, 2.29, 0.01, 0));
  CHECK(facts.forecast > 1.8);
  CHECK(facts.forecast < 2.12);  // the line's own end, were it known exactly
  CHECK(kind(run_of(1000, pace(3e-4), 0.13)) == Trouble::none);
  // The slope of a short stretch is not known well enough.
  CHECK(found(run_of(200, pace(2e-5), 0.13), 0, 3 * kLaidOut).kind == Trouble::none);
  CHECK(found(run_of(1000, pace(2e-5), 0.13), 0, 3 * kLaidOut).kind == Trouble::no_progress);
  // A run that has learned may rest, and a schedule may hold a run back.
  CHECK(kind(run_of(
            1000, [](std::int64_t) { return 0.3; }, 0.9)) == Trouble::none);
  CHECK(found(run_of(1000, pace(2e-5), 0.13), 0, kLaidOut, true).kind == Trouble::none);
  // Guessing from the first step on is no progress, too.
  CHECK(kind(run_of(1000, pace(0), 0.1)) == Trouble::no_progress);
}

// The same run with a test set evaluated every 100 steps.
template <class Test>
Curves with_tests(double train_slope, Test test) {
  Curves curves = run_of(
      2000, [&](std::int64_t k) { return 0.5 - train_slope * static_cast<double>(k); }, 0.9);
  for (std::int64_t k = 100; k <= 2000; k += 100)
    curves.add_test(k, static_cast<double>(k) / 100, {test(k), 0.8, true});
  return curves;
}

TEST_CASE("doctor: overfitting, and test losses that only waver") {
  const auto turns = [](std::int64_t k) {
    return 1 + 0.001 * std::abs(static_cast<double>(k - 600)) + 0.01 * noise(k);
  };
  const Diagnosis diagnosis = found(with_tests(2e-4, turns));
  CHECK(diagnosis.kind == Trouble::overfitting);
  const auto& facts = std::get<training::Overfitting>(diagnosis.facts);
  CHECK(facts.best_step == 600);
  CHECK(facts.best_epoch == 6);
  CHECK(facts.evaluations == 15);
  CHECK(facts.repeatable);
  CHECK_FALSE(std::get<training::Overfitting>(found(with_tests(2e-4, turns), 300).facts).repeatable);
  CHECK(kind(with_tests(-2e-4, turns)) == Trouble::none);  // the train loss rises too
  const auto wavers = [](std::int64_t k) { return 1 + 0.2 * noise(k); };
  CHECK(kind(with_tests(2e-4, wavers)) == Trouble::none);
  // A rise that is sure, but of 2 % of what was learned.
  const auto little = [](std::int64_t k) { return 0.3 + 2e-5 * static_cast<double>(k); };
  CHECK(kind(with_tests(2e-4, little)) == Trouble::none);
  const auto falls = [](std::int64_t k) { return 1 - 1e-4 * static_cast<double>(k); };
  CHECK(kind(with_tests(2e-4, falls)) == Trouble::none);
}

}  // namespace
}  // namespace descent::testing
