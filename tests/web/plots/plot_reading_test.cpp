// SPDX-License-Identifier: MIT
// Readings of a pointer in a plot, smoothing against TensorBoard's formula, joins, and marks of changed settings.
#include "web/model/plots/plot_reading.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "engine/training/curves.h"
#include "tests/support/close.h"
#include "web/model/words/curve_marks.h"

namespace descent::web {
namespace {

using testing::close;
using training::CurveChange;

constexpr float kWidth = 460;
const PlotAxis kEpochs{.low = 0, .high = 10};

}  // namespace

TEST_CASE("a reading snaps to what was measured, and test figures are read at their epochs only") {
  std::vector<double> train;
  for (int i = 0; i <= 1000; ++i) train.push_back(0.01 * i);
  const std::vector<double> test{1, 2, 3};
  const std::array<MeasuredPoints, 2> curves{{{train.size(), train, false}, {test.size(), test, true}}};
  const auto read = [&](double epoch) { return *measured_x(kEpochs, kWidth, epoch / 10, curves); };
  // Half-way between two epochs the training batches alone have a figure.
  CHECK(close(read(1.503), 1.5, 1e-9, 0));
  CHECK(measured_point(kEpochs, kWidth, curves[0], 1.5) == 150);
  CHECK_FALSE(measured_point(kEpochs, kWidth, curves[1], 1.5).has_value());
  // A marked point is read from six points of the screen away, and no farther.
  CHECK(read(1 + 5.5 * 10 / 460) == 1);
  CHECK(read(1 + 6.5 * 10 / 460) != 1);
  CHECK(measured_point(kEpochs, kWidth, curves[1], 1) == 0);
  CHECK(measured_point(kEpochs, kWidth, curves[0], 1) == 100);
}

TEST_CASE("a run that ended has no value beyond its end, and no curve has none") {
  const PlotAxis steps{.low = 0, .high = 4000};
  const std::array<MeasuredPoints, 2> runs{{{301, {}, false}, {4001, {}, false}}};
  const double x = *measured_x(steps, 800, 0.75, runs);
  CHECK(x == 3000);
  CHECK_FALSE(measured_point(steps, 800, runs[0], x).has_value());
  CHECK(measured_point(steps, 800, runs[1], x) == 3000);
  CHECK(measured_point(steps, 800, runs[0], 300) == 300);
  const std::array<MeasuredPoints, 1> none{};
  CHECK_FALSE(measured_x(steps, 800, 0.5, none).has_value());
  CHECK_FALSE(measured_point(steps, 800, none[0], 0).has_value());
}

TEST_CASE("the moving average is TensorBoard's: without bias at the beginning, gaps left alone") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> y{4, 2, nan, 8};
  std::vector<double> m;
  smoothed(y, 0.6, m);
  // By hand: 0.4·4 / 0.4; (0.24·4 + 0.4·2) / 0.64; (0.144·4 + 0.24·2 + 0.4·8) / 0.784.
  REQUIRE(m.size() == 4);
  CHECK(close(m[0], 4, 1e-14, 0));
  CHECK(close(m[1], 2.75, 1e-14, 0));
  CHECK(std::isnan(m[2]));
  CHECK(close(m[3], 4.256 / 0.784, 1e-14, 0));
  // Without the correction it would begin at 1.6.
  CHECK_FALSE(close(m[0], 1.6, 0, 1));
  smoothed(std::vector<double>(50, 3.5), 0.99, m);
  for (const double value : m) CHECK(close(value, 3.5, 1e-12, 0));
  smoothed(y, 0, m);
  CHECK(m[3] == 8);
}

TEST_CASE("a join is sharp beyond a right angle") {
  CHECK_FALSE(sharp_turn(0, 0, 1, 0, 2, 0));
  CHECK_FALSE(sharp_turn(0, 0, 1, 0, 1, 5));
  CHECK(sharp_turn(0, 0, 1, 0, 0.9F, 5));
  CHECK(sharp_turn(3, 0, 3, 90, 3, 10));
}

TEST_CASE("changed settings are marks in words, a dragged slider leaves one") {
  const std::vector<CurveChange> changes{{100, 1, 0, 0.001, 0.0005},
                                         {140, 1.05, 0, 0.0005, 0.0003},
                                         {200, 2, CurveChange::kBatchSize, 32, 64},
                                         {300, 3, CurveChange::kSchedule, 0, 1},
                                         {400, 4, CurveChange::kScheduleParameters, 0, 0}};
  const auto marks = curve_marks(changes, "adam", 0.1);
  REQUIRE(marks.size() == 4);
  CHECK(marks[0].x == 1);
  CHECK(marks[0].text == "learning rate 0.001 → 0.0003");
  CHECK(marks[1].text == "batch size 32 → 64");
  CHECK(marks[2].text.find("schedule Constant → ") == 0);
  CHECK(marks[3].text == "schedule parameters changed");
  CHECK(curve_marks(changes, "adam", 0.01).size() == 5);
  CHECK(curve_marks({}, "adam", 1).empty());
}

TEST_CASE("curves keep changes between points, but not what a slider passes over") {
  training::Curves curves;
  curves.add_change({0, 0, 0, 0.1, 0.2});  // nothing has been learned yet
  CHECK(curves.changes().empty());
  curves.add_change({25, 0.1, 0, 0.1, 0.2});
  curves.add_change({31, 0.1, 0, 0.2, 0.3});
  CHECK(curves.changes() == std::vector<CurveChange>{{25, 0.1, 0, 0.1, 0.3}});
  curves.add_change({33, 0.1, CurveChange::kBatchSize, 32, 64});
  CHECK(curves.changes().size() == 2);
  curves.add_change({39, 0.1, 0, 0.3, 0.1});
  CHECK(curves.changes().size() == 1);  // back where it was
  curves.add_change({61, 0.2, CurveChange::kBatchSize, 64, 32});
  CHECK(curves.changes().size() == 2);
  for (int i = 0; i < 1000; ++i) curves.add_change({100 + 40 * i, 1, 1, 1.0 * i, i + 1.0});
  CHECK(curves.changes().size() == training::Curves::kMaxChanges);
  CHECK(curves.changes().back().to == 1000);
  curves.clear();
  CHECK(curves.changes().empty());
}

}  // namespace descent::web
