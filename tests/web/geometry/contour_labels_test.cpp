// SPDX-License-Identifier: MIT
// Labels of contour lines: they lie on lines of their value, along them, apart from one another, and stay on their
// points while the view moves.
#include "web/model/geometry/contour_labels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/height_ranges.h"

namespace descent::web {
namespace {

using surfaces::Domain;
using surfaces::Point;

double bowl(double x, double y) {
  return x * x + 2 * y * y;
}
double log_of_x(double x, double y) {
  return std::log(x) + 0.1 * y;
}

race::HeightField sampled(const Domain& view, double (*f)(double, double)) {
  race::HeightField field;
  field.view = view;
  field.width = 401;
  field.height = 301;
  for (int row = 0; row < field.height; ++row)
    for (int column = 0; column < field.width; ++column)
      field.values.push_back(static_cast<float>(
          f(view.x0 + column * (view.x1 - view.x0) / 400, view.y0 + row * (view.y1 - view.y0) / 300)));
  return field;
}

LabelledView view_of(const Domain& shown, double (*f)(double, double), bool log, double width = 800) {
  LabelledView view;
  view.shown = shown;
  view.width = width;
  view.height = 0.75 * width;
  view.scale = fit_scale(testing::range_of(sampled(shown, f)), {}, log, log ? std::optional<double>(0) : std::nullopt);
  view.measure = [](std::string_view text) { return 7.0 * static_cast<double>(text.size()); };
  return view;
}

Domain moved(const Domain& view, double dx, double dy) {
  return {view.x0 + dx, view.x1 + dx, view.y0 + dy, view.y1 + dy};
}

constexpr Domain kShown{-4, 4, -3, 3}, kSampled{-6, 6, -4.5, 4.5};

}  // namespace

TEST_CASE("labels lie on lines of their value, along them, inside and apart") {
  for (const bool log : {false, true}) {
    const LabelledView view = view_of(kShown, bowl, log);
    ContourLabels labels;
    const std::vector<ContourLabel> placed = labels.update(sampled(kSampled, bowl), view);
    REQUIRE(placed.size() >= 4);
    CHECK(placed.size() <= ContourLabels::most(view));
    for (const ContourLabel& label : placed) {
      const Point g{2 * label.point[0], 4 * label.point[1]};
      const double slope = std::hypot(g[0], g[1]);
      // Within half a point of the line.
      CHECK(std::abs(bowl(label.point[0], label.point[1]) - label.value) < 0.5 * view.unit() * slope);
      CHECK(std::abs(g[0] * label.along[0] + g[1] * label.along[1]) < 0.02 * slope);
      CHECK(label.along[0] >= 0);
      CHECK(contains(kShown, label.point));
      for (const ContourLabel& other : placed)
        if (&other != &label)
          CHECK(std::hypot(other.point[0] - label.point[0], other.point[1] - label.point[1]) > 80 * view.unit());
    }
    // The same places would be wrong on another surface.
    const auto off = [](const ContourLabel& label) {
      return std::abs(bowl(label.point[0] + 0.3, label.point[1]) - label.value) > 0.05;
    };
    CHECK(std::any_of(placed.begin(), placed.end(), off));
  }
}

TEST_CASE("a label keeps its place while the view moves, and leaves with it") {
  const race::HeightField field = sampled(kSampled, bowl);
  LabelledView view = view_of(kShown, bowl, true);
  ContourLabels labels;
  const std::vector<ContourLabel> before = labels.update(field, view);
  view.shown = moved(kShown, 0.8, -0.4);
  const std::vector<ContourLabel> after = labels.update(field, view);
  std::size_t kept = 0;
  for (const ContourLabel& label : before) {
    const bool inside = contains(with_margin(view.shown, -0.06), label.point);
    const bool there = std::any_of(after.begin(), after.end(), [&](const ContourLabel& other) {
      return other.point == label.point && other.text == label.text;
    });
    if (inside) CHECK(there);
    if (!contains(view.shown, label.point)) CHECK_FALSE(there);
    kept += there;
  }
  CHECK(kept >= 3);
  CHECK(kept < before.size());
}

TEST_CASE("small pictures have fewer labels, other marks keep them away, holes have none") {
  const race::HeightField field = sampled(kSampled, bowl);
  ContourLabels large, small, marked, holes;
  const std::vector<ContourLabel> many = large.update(field, view_of(kShown, bowl, true));
  CHECK(small.update(field, view_of(kShown, bowl, true, 300)).size() < many.size());
  LabelledView view = view_of(kShown, bowl, true);
  view.taken = {many.front().point};
  for (const ContourLabel& label : marked.update(field, view))
    CHECK(std::hypot(label.point[0] - many.front().point[0], label.point[1] - many.front().point[1]) >
          20 * view.unit());
  for (const ContourLabel& label : holes.update(sampled(kSampled, log_of_x), view_of(kShown, log_of_x, false)))
    CHECK(label.point[0] > 0);
}

TEST_CASE("the text of a main line tells it apart from its neighbours") {
  const ValueScale linear{false, 0, 36, 1};
  CHECK(main_line(linear, 9.6)->text == "10");
  CHECK(main_line(linear, 9.6)->below == 5);
  const ValueScale log{true, 0, 1e5, 1};
  CHECK(main_line(log, 90)->text == "100");
  CHECK(main_line(log, 2e4)->text == "10⁴");
  CHECK(main_line(log, 0.09)->text == "0.1");
  const ValueScale shifted{true, -78.332, 1000, 1};
  CHECK(main_line(shifted, -78.23)->text == "−78.2");
  CHECK(main_line(shifted, 20)->text == "22");
  CHECK_FALSE(main_line(log, std::numeric_limits<double>::quiet_NaN()).has_value());
  CHECK_FALSE(main_line(log, -1).has_value());
}

}  // namespace descent::web
