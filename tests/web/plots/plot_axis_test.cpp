// SPDX-License-Identifier: MIT
// Axes of plots: mapping, ticks at round values, ranges that leave out what cannot be shown.
#include "web/model/plots/plot_axis.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/close.h"

using descent::testing::close;
using descent::web::fitted_axis;
using descent::web::PlotAxis;
using descent::web::PlotRange;
using descent::web::PlotTick;

TEST_CASE("position and value are inverse") {
  for (const bool log : {false, true}) {
    const PlotAxis axis{.low = 0.02, .high = 700, .log = log};
    CHECK(close(axis.position(axis.low), 0, 0, 1e-15));
    CHECK(close(axis.position(axis.high), 1, 0, 1e-15));
    for (const double value : {0.02, 0.5, 33.0, 700.0}) CHECK(close(axis.value(axis.position(value)), value, 1e-12, 0));
  }
  CHECK(PlotAxis{.low = 1, .high = 10, .log = true}.position(-1) < -1e300);
}

TEST_CASE("linear ticks are round and inside") {
  const PlotAxis axis{.low = -1.3, .high = 4.7};
  const std::vector<PlotTick> ticks = axis.ticks(400, 60);
  REQUIRE(ticks.size() >= 4);
  for (const PlotTick& tick : ticks) {
    CHECK(tick.position >= -1e-9);
    CHECK(tick.position <= 1 + 1e-9);
    CHECK_FALSE(tick.label.empty());
  }
  CHECK(ticks.front().label == "−1");
}

TEST_CASE("a logarithmic axis of many decades is named by powers of ten") {
  const PlotAxis axis{.low = 2e-9, .high = 300, .log = true};
  const std::vector<PlotTick> ticks = axis.ticks(200, 34);
  int named = 0;
  for (const PlotTick& tick : ticks) {
    if (tick.label.empty()) continue;
    ++named;
    const double decade = std::log10(axis.value(tick.position));
    CHECK(close(decade, std::round(decade), 0, 1e-9));
  }
  CHECK(named >= 2);
  CHECK(named <= 7);
}

TEST_CASE("a low axis has two ticks, far apart") {
  const auto labels = [](const PlotAxis& axis) {
    std::vector<std::string> found;
    for (const PlotTick& tick : axis.ticks(44, 34)) found.push_back(tick.label);
    return found;
  };
  CHECK(labels({.low = 0, .high = 1, .share = true}) == std::vector<std::string>{"0 %", "99 %"});
  CHECK(labels({.low = 0.9, .high = 2.5, .log = true}) == std::vector<std::string>{"1", "2"});
  CHECK(labels({.low = 0.09, .high = 2.5, .log = true}) == std::vector<std::string>{"0.1", "2"});
  CHECK(labels({.low = 2e-9, .high = 300, .log = true}).size() == 2);
}

TEST_CASE("a logarithmic axis of few decades is named by 1, 2, 5") {
  const PlotAxis axis{.low = 0.09, .high = 2.4, .log = true};
  std::vector<std::string> labels;
  for (const PlotTick& tick : axis.ticks(280, 34)) labels.push_back(tick.label);
  CHECK(labels == std::vector<std::string>{"0.1", "0.2", "0.5", "1", "2"});
  const PlotAxis narrow{.low = 3.1, .high = 3.9, .log = true};
  CHECK(narrow.ticks(280, 34).size() >= 3);
}

TEST_CASE("shares are spaced by what is missing, and shown as percentages") {
  const PlotAxis axis{.low = 0, .high = 1, .share = true};
  std::vector<std::string> labels;
  for (const PlotTick& tick : axis.ticks(280, 34)) labels.push_back(tick.label);
  CHECK(labels == std::vector<std::string>{"0 %", "90 %", "99 %", "99.8 %", "100 %"});
  labels.clear();
  for (const PlotTick& tick : axis.ticks(400, 34)) labels.push_back(tick.label);
  CHECK(labels ==
        std::vector<std::string>{"0 %", "50 %", "80 %", "90 %", "95 %", "98 %", "99 %", "99.5 %", "99.8 %", "100 %"});
  labels.clear();
  for (const PlotTick& tick : axis.ticks(100, 34)) labels.push_back(tick.label);
  CHECK(labels == std::vector<std::string>{"0 %", "99 %", "100 %"});
  CHECK(axis.format(0.9731) == "97.31 %");
  // A thousandth is added to what is missing.
  const double decades = std::log(1.001 / 0.001);
  for (const double share : {0.0, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    CAPTURE(share);
    CHECK(close(axis.position(share), std::log(1.001 / (1.001 - share)) / decades, 1e-12, 1e-12));
    CHECK(close(axis.value(axis.position(share)), share, 1e-12, 1e-12));
  }
  const auto apart = [](const PlotAxis& on) { return on.position(0.99) - on.position(0.9); };
  CHECK(apart(axis) > 3 * apart(PlotAxis{}));
}

TEST_CASE("ranges leave out what cannot be shown") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr std::array<double, 6> kValues{kNan, 3, -2, kInfinity, 0, 7};
  PlotRange linear, log;
  linear.add(kValues, false);
  log.add(kValues, true);
  CHECK(linear.low == -2);
  CHECK(linear.high == 7);
  CHECK(log.low == 3);
  PlotRange none;
  none.add(std::array<double, 2>{kNan, -1}, true);
  CHECK_FALSE(none.known);
}

TEST_CASE("a single value gets room on both sides") {
  for (const bool log : {false, true}) {
    const PlotAxis axis = fitted_axis({.low = 5, .high = 5, .known = true}, log, 0.05);
    CHECK(axis.low < 5);
    CHECK(axis.high > 5);
    CHECK(axis.ticks(200, 34).size() >= 1);
  }
}
