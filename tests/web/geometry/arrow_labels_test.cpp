// SPDX-License-Identifier: MIT
// Names of arrows: beside the tip, never on one another whichever way the arrows point, inside the picture.
#include "web/model/geometry/arrow_labels.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "engine/core/rng.h"
#include "tests/support/close.h"

namespace descent::web {
namespace {

constexpr LabelBox kPicture{10, 20, 310, 220};

NamedArrow arrow(double angle, double length, double width, double x = 160, double y = 120) {
  return {x + 11 * std::cos(angle),
          y + 11 * std::sin(angle),
          x + length * std::cos(angle),
          y + length * std::sin(angle),
          width,
          15};
}

LabelBox head(double x = 160, double y = 120) {
  return {x - 11, y - 11, x + 11, y + 11};
}

bool inside(const LabelBox& box) {
  return box.x0 >= kPicture.x0 && box.x1 <= kPicture.x1 && box.y0 >= kPicture.y0 && box.y1 <= kPicture.y1;
}

}  // namespace

TEST_CASE("an arrow with room has its name beyond its tip") {
  std::array arrows{arrow(0, 60, 48)};
  place_arrow_labels(arrows, kPicture, head());
  const LabelBox& name = arrows[0].name;
  CHECK(name.x0 >= arrows[0].tip_x);
  CHECK(name.x0 < arrows[0].tip_x + 12);
  CHECK(std::abs(0.5 * (name.y0 + name.y1) - 120) <= 1);
}

TEST_CASE("names never overlap and stay inside, whichever way the arrows point and wherever they begin") {
  core::Rng rng(3);
  for (int i = 0; i < 3000; ++i) {
    const double x = 10 + 300 * rng.uniform(), y = 20 + 200 * rng.uniform(), angle = 6.3 * rng.uniform();
    // Every other pair points the same way.
    const double other = i % 2 == 0 ? angle : 6.3 * rng.uniform();
    std::array arrows{arrow(angle, 20 + 150 * rng.uniform(), 48, x, y), arrow(other, 60, 26, x, y)};
    place_arrow_labels(arrows, kPicture, head(x, y));
    CHECK_FALSE(overlap(arrows[0].name, arrows[1].name));
    for (const NamedArrow& one : arrows) {
      CHECK(inside(one.name));
      CHECK(testing::close(one.name.x1 - one.name.x0, one.width, 1e-12, 0));
      CHECK(testing::close(one.name.y1 - one.name.y0, 15, 1e-12, 0));
    }
  }
}

TEST_CASE("names keep clear of notes over the picture, also where the arrows lie under them") {
  constexpr std::array<LabelBox, 2> kNotes{{{20, 28, 300, 70}, {18, 160, 250, 212}}};
  const auto on_note = [&](const LabelBox& name) { return overlap(name, kNotes[0]) || overlap(name, kNotes[1]); };
  core::Rng rng(5);
  int blind = 0;
  for (int i = 0; i < 2000; ++i) {
    const double x = 10 + 300 * rng.uniform(), y = 20 + 200 * rng.uniform(), angle = 6.3 * rng.uniform();
    std::array arrows{arrow(angle, 20 + 150 * rng.uniform(), 48, x, y), arrow(6.3 * rng.uniform(), 60, 26, x, y)};
    place_arrow_labels(arrows, kPicture, head(x, y), kNotes);
    for (const NamedArrow& one : arrows) {
      CHECK_FALSE(on_note(one.name));
      CHECK(inside(one.name));
    }
    CHECK_FALSE(overlap(arrows[0].name, arrows[1].name));
    place_arrow_labels(arrows, kPicture, head(x, y));
    blind += on_note(arrows[0].name) || on_note(arrows[1].name) ? 1 : 0;
  }
  CHECK(blind > 500);  // who does not know of the notes writes over them
}

TEST_CASE("where both point one way the shorter arrow's name leaves the longer one's shaft free") {
  std::array arrows{arrow(0.3, 120, 48), arrow(0.3, 60, 26)};
  place_arrow_labels(arrows, kPicture, head());
  for (const NamedArrow& one : arrows)
    for (int k = 0; k <= 100; ++k) {
      const double x = arrows[0].foot_x + 0.01 * k * (arrows[0].tip_x - arrows[0].foot_x);
      const double y = arrows[0].foot_y + 0.01 * k * (arrows[0].tip_y - arrows[0].foot_y);
      CHECK_FALSE(overlap(one.name, {x, y, x + 1e-6, y + 1e-6}));
    }
  // The same names where each would like to stand: the measure finds what is wrong there.
  CHECK(overlap({100, 100, 148, 115}, {140, 108, 166, 123}));
  CHECK_FALSE(overlap({100, 100, 148, 115}, {148, 100, 174, 115}));
}

}  // namespace descent::web
