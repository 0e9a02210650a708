// SPDX-License-Identifier: MIT
// Schedules: complete descriptions, factors in [0, 1] for runs of every length, the values that the formulas give by
// hand (cosines of 60° and 120°, whole powers, PyTorch's step counts), refusals in sentences.
#include "engine/optim/schedule.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

optim::Schedule schedule(std::string_view name, const std::vector<double>& values = {}) {
  auto made = optim::Schedule::make(name, values);
  REQUIRE(made.ok());
  return *made;
}

std::vector<double> curve(const optim::Schedule& schedule, std::int64_t total_steps) {
  std::vector<double> factors;
  for (std::int64_t t = 1; t <= total_steps; ++t) factors.push_back(schedule.scale(t, total_steps));
  return factors;
}

Closeness factors_are(const optim::Schedule& schedule, const std::vector<double>& expected) {
  const std::vector<double> actual = curve(schedule, static_cast<std::int64_t>(expected.size()));
  return close(std::span(actual), std::span(expected), 1e-14, 1e-16);
}

}  // namespace

TEST_CASE("every schedule describes itself completely") {
  std::set<std::string_view> names;
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    CAPTURE(entry.info.name);
    CHECK(names.insert(entry.info.name).second);
    CHECK(!entry.info.title.empty());
    CHECK(!entry.info.formula.empty());
    CHECK(!entry.info.reference.empty());
    CHECK(entry.info.summary.ends_with('.'));
    for (const core::ParamSpec& spec : entry.info.parameters) {
      CAPTURE(spec.name);
      CHECK(core::check_param(entry.info.name, spec, spec.default_value).ok());
      CHECK(spec.doc.ends_with('.'));
      CHECK(spec.minimum <= spec.slider_minimum);
      CHECK(spec.slider_minimum < spec.slider_maximum);
      CHECK(spec.slider_maximum <= spec.maximum);
      CHECK((spec.scale != core::ParamScale::log || spec.slider_minimum > 0));
    }
  }
  CHECK(names.size() == 8);
  CHECK(optim::schedule_catalog().front().info.name == "constant");
}

TEST_CASE("every factor is in [0, 1], for any length and at the ends of every slider; after the run it stays") {
  for (const optim::ScheduleEntry& entry : optim::schedule_catalog()) {
    CAPTURE(entry.info.name);
    const auto specs = entry.info.parameters;
    std::vector<std::vector<double>> choices{core::default_values(specs)};
    for (std::size_t i = 0; i < specs.size(); ++i)
      for (const double value : {specs[i].minimum, specs[i].maximum}) {
        choices.push_back(choices[0]);
        choices.back()[i] = value;
      }
    for (const std::vector<double>& values : choices) {
      const optim::Schedule made = schedule(entry.info.name, values);
      for (const std::int64_t total : {1, 2, 3, 10, 999, 100000}) {
        int bad = 0;
        for (std::int64_t t = 1; t <= std::min<std::int64_t>(total, 2000); ++t) {
          const double factor = made.scale(t, total);
          bad += factor >= 0 && factor <= 1 ? 0 : 1;
        }
        CHECK(bad == 0);
        CHECK(made.scale(total + 1, total) == made.scale(7 * total + 5, total));
      }
      CHECK(made.scale(1, 0) == made.scale(1, 1));
      CHECK(made.scale(-3, 10) == made.scale(1, 10));
    }
  }
}

TEST_CASE("the factors are those of the formulas") {
  CHECK(factors_are(schedule("constant"), {1, 1, 1, 1}));
  CHECK(factors_are(optim::Schedule(), {1, 1, 1}));
  // Drops after every third step, as StepLR(step_size = 3, gamma = 0.1) in PyTorch.
  CHECK(factors_are(schedule("step", {0.3, 0.1}), {1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001}));
  // 2⁻ᵗ: ExponentialLR with gamma = 1/2.
  CHECK(factors_are(schedule("exponential", {0.0625}), {1, 0.5, 0.25, 0.125}));
  CHECK(factors_are(schedule("inverse_time", {0.2}), {1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0}));
  // cos 0°, 30°, 60°, 90°, 120°, 150°: CosineAnnealingLR with T_max = 6.
  const double root = std::sqrt(3.0) / 2;
  CHECK(factors_are(schedule("cosine", {0}), {1, (1 + root) / 2, 0.75, 0.5, 0.25, (1 - root) / 2}));
  CHECK(factors_are(schedule("cosine", {0.2}), {1, 0.2 + 0.4 * (1 + root), 0.8, 0.6, 0.4, 0.2 + 0.4 * (1 - root)}));
  CHECK(factors_are(schedule("warmup", {0.5}), {0.25, 0.5, 0.75, 1, 1, 1, 1, 1}));
  CHECK(factors_are(schedule("warmup", {0}), {1, 1, 1}));
  CHECK(factors_are(schedule("warmup_cosine", {0.4, 0}),
                    {0.25, 0.5, 0.75, 1, 1, (1 + root) / 2, 0.75, 0.5, 0.25, (1 - root) / 2}));
  // OneCycleLR with total_steps = 9, pct_start = 1/3: the third step has the whole rate, the last one its final value;
  // cosines of multiples of 90° up, of 30° down.
  CHECK(factors_are(schedule("one_cycle", {3.0 / 9, 0.2, 0}),
                    {0.2, 0.6, 1, (1 + root) / 2, 0.75, 0.5, 0.25, (1 - root) / 2, 0}));
  // A peak between two steps: at 0.3 · 5 − 1 = 0.5, so 0.5/3.5 … 3.5/3.5 of the way down from the second step on.
  const auto down = [](double share) { return (1 + std::cos(std::numbers::pi * share)) / 2; };
  CHECK(factors_are(schedule("one_cycle", {0.3, 0.2, 0}), {0.2, down(1 / 7.0), down(3 / 7.0), down(5 / 7.0), 0}));
  CHECK(factors_are(schedule("one_cycle", {0, 0.2, 0.5}), {0.5}));
  CHECK(factors_are(schedule("one_cycle", {1, 0, 0}), {0, 0.5, 1}));
  CHECK(close(schedule("cosine", {0.125}).scale(101, 100), 0.125, 1e-15, 0));
  CHECK(close(schedule("one_cycle").scale(101, 100), 4e-6, 1e-9, 0));
}

TEST_CASE("negative control: a curve that is a step late is noticed") {
  CHECK_FALSE(factors_are(schedule("exponential", {0.0625}), {1, 1, 0.5, 0.25}));
  CHECK_FALSE(factors_are(schedule("step", {0.3, 0.1}), {1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001, 0.001}));
}

TEST_CASE("shapes: which rise, which fall") {
  const auto falls = [](const std::vector<double>& factors) {
    return std::is_sorted(factors.rbegin(), factors.rend()) && factors.back() < factors.front();
  };
  for (const std::string_view name : {"step", "exponential", "inverse_time", "cosine"})
    CHECK(falls(curve(schedule(name), 200)));
  for (const std::string_view name : {"warmup_cosine", "one_cycle"}) {
    const std::vector<double> factors = curve(schedule(name), 200);
    const auto top = std::max_element(factors.begin(), factors.end());
    CHECK(close(*top, 1, 1e-12, 0));
    CHECK(std::is_sorted(factors.begin(), top + 1));
    CHECK(std::is_sorted(factors.rbegin(), std::make_reverse_iterator(top)));
    CHECK(factors.front() < 0.1);
    CHECK(factors.back() < 0.01);
  }
}

TEST_CASE("unknown schedules and bad values are refused with a sentence") {
  const auto refusal = [](std::string_view name, const std::vector<double>& values) {
    const auto made = optim::Schedule::make(name, values);
    return made.ok() ? std::string() : made.message();
  };
  CHECK(refusal("cosin", {}) ==
        "there is no schedule 'cosin'; known are constant, step, exponential, inverse_time, cosine, warmup, "
        "warmup_cosine, one_cycle");
  CHECK(refusal("cosine", {1.5}) == "cosine: final_scale is 1.5; it must be between 0 and 1");
  CHECK(refusal("cosine", {std::nan("")}) == "cosine: final_scale is NaN; it must be between 0 and 1");
  CHECK(refusal("step", {0.5}) == "step: the number of values is 1; it must be 2");
  CHECK(optim::find_schedule("cosine")->info.title == "Cosine");
  CHECK(optim::find_schedule("") == nullptr);
}
