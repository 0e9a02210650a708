// SPDX-License-Identifier: MIT
// Damage: every box asked for is covered, nothing outside the canvas, boxes stay few and are joined only where it is
// cheap.
#include "web/model/geometry/damage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/core/rng.h"

namespace descent::web::render {
namespace {

bool covered(const Damage& damage, int x, int y) {
  return std::any_of(damage.boxes().begin(), damage.boxes().end(),
                     [&](const PixelBox& b) { return x >= b.x0 && x < b.x1 && y >= b.y0 && y < b.y1; });
}

double total(const Damage& damage) {
  double sum = 0;
  for (const PixelBox& box : damage.boxes()) sum += box.area();
  return sum;
}

}  // namespace

TEST_CASE("boxes far apart stay apart, near ones become one") {
  Damage damage(1280, 720);
  CHECK(damage.empty());
  damage.add({10, 10, 30, 30});
  damage.add({1000, 600, 1040, 640});
  REQUIRE(damage.boxes().size() == 2);
  damage.add({28, 12, 44, 30});
  CHECK(damage.boxes().size() == 2);
  CHECK(covered(damage, 43, 29));
  CHECK_FALSE(covered(damage, 500, 300));
  damage.add_all();
  CHECK(damage.boxes().size() == 1);
  CHECK(covered(damage, 500, 300));
}

TEST_CASE("boxes are cut at the canvas, and those outside of it or empty are nothing") {
  Damage damage(100, 50);
  damage.add({-20, -20, 0, 0});
  damage.add({40, 10, 40, 30});
  damage.add({90, 60, 95, 70});
  CHECK(damage.empty());
  damage.add({90, 40, 300, 300});
  REQUIRE(damage.boxes().size() == 1);
  CHECK(damage.boxes()[0] == PixelBox{90, 40, 100, 50});
}

TEST_CASE("any number of boxes is covered by a few") {
  core::Rng rng(5);
  const auto below = [&](int n) { return static_cast<int>(rng.uniform() * n); };
  Damage damage(1280, 720);
  std::vector<PixelBox> asked;
  for (int i = 0; i < 200; ++i) {
    const int x = below(1240), y = below(680);
    asked.push_back({x, y, x + 1 + below(40), y + 1 + below(40)});
    damage.add(asked.back());
    REQUIRE(damage.boxes().size() <= Damage::kMostBoxes);
    for (const PixelBox& box : asked) {
      CHECK(covered(damage, box.x0, box.y0));
      CHECK(covered(damage, box.x1 - 1, box.y1 - 1));
    }
  }
  // Ten small boxes are not worth the whole canvas.
  Damage small(1280, 720);
  for (int i = 0; i < 10; ++i) small.add({100 * i, 60 * i, 100 * i + 20, 60 * i + 20});
  CHECK(total(small) == 10 * 400);
}

}  // namespace descent::web::render
