// SPDX-License-Identifier: MIT
// Tooltips stand beside their control, inside the canvas, and where they cover least of what may be used next.
#include "web/model/geometry/tip_place.h"

#include <doctest/doctest.h>

#include <vector>

namespace descent::web {
namespace {

constexpr Rect kControl{200, 200, 100, 32};

}  // namespace

TEST_CASE("the area that two rectangles share") {
  CHECK(shared_area({0, 0, 10, 10}, {4, 6, 10, 10}) == 24);
  CHECK(shared_area({0, 0, 10, 10}, {10, 0, 10, 10}) == 0);
  CHECK(shared_area({0, 0, 10, 10}, {20, 20, 1, 1}) == 0);
}

TEST_CASE("a tooltip stands above its control, to the right where that is taken, below at the upper edge") {
  const auto free = place_tip(kControl, 150, 50, 800, 600, {});
  REQUIRE(free);
  CHECK(*free == Rect{200, 144, 150, 50});
  const std::vector<Rect> above{{0, 0, 800, 195}};
  const auto right = place_tip(kControl, 150, 50, 800, 600, above);
  REQUIRE(right);
  CHECK(right->x == 306);
  CHECK(shared_area(*right, above.front()) == 0);
  const auto below = place_tip({200, 2, 100, 32}, 150, 50, 800, 600, std::vector<Rect>{{300, 0, 500, 36}});
  REQUIRE(below);
  CHECK(below->y == 40);
}

TEST_CASE("among rows of controls it covers none where there is a gap, and never its own control") {
  std::vector<Rect> rows;
  for (int i = 0; i < 12; ++i)
    if (i != 5) rows.push_back({10, 20 + 40.0F * static_cast<float>(i), 260, 32});
  const Rect own{10, 220, 260, 32};
  const auto place = place_tip(own, 220, 60, 800, 600, rows);
  REQUIRE(place);
  float covered = 0;
  for (const Rect& row : rows) covered += shared_area(*place, row);
  CHECK(covered == 0);
  CHECK(shared_area(*place, own) == 0);
  // The place below the pointer, where tooltips usually are, covers some.
  covered = 0;
  for (const Rect& row : rows) covered += shared_area({150, 240, 220, 60}, row);
  CHECK(covered > 2000);
}

TEST_CASE("it stays inside the canvas in every corner, and says so where there is no room") {
  for (const float x : {0.0F, 350.0F, 700.0F})
    for (const float y : {0.0F, 280.0F, 568.0F}) {
      const auto place = place_tip({x, y, 100, 32}, 300, 80, 800, 600, {});
      REQUIRE(place);
      CHECK(place->x >= 4);
      CHECK(place->y >= 4);
      CHECK(place->x + place->width <= 796);
      CHECK(place->y + place->height <= 596);
    }
  CHECK_FALSE(place_tip(kControl, 300, 80, 290, 600, {}));
  CHECK_FALSE(place_tip({10, 10, 280, 90}, 270, 60, 300, 110, {}));
}

}  // namespace descent::web
