// SPDX-License-Identifier: MIT
// A scrolled picture shows the same as one drawn anew, wherever the view goes; and it draws no more than comes into
// view.
#include "web/model/geometry/scroll.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/core/rng.h"

namespace descent::web::render {
namespace {

constexpr int kWidth = 37, kHeight = 23;

// Pixels that know which place of an endless content they show.
class Sheet {
 public:
  Sheet() : pixels_(kWidth * kHeight) { scroll.reset(kWidth, kHeight); }

  // Draws `box` of the view; returns how many pixels.
  int draw(const PixelBox& box) {
    int drawn = 0;
    for (const Scroll::Piece& piece : scroll.pieces(box))
      for (int y = piece.box.y0; y < piece.box.y1; ++y)
        for (int x = piece.box.x0; x < piece.box.x1; ++x, ++drawn)
          at(x, y) = content(x - piece.origin.x, y - piece.origin.y);
    return drawn;
  }
  // Pixels of the view that show something else than they should.
  [[nodiscard]] int wrong() {
    const PixelShift corner = scroll.corner();
    int count = 0;
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x)
        count += at((x + corner.x) % kWidth, (y + corner.y) % kHeight) == content(x, y) ? 0 : 1;
    return count;
  }

  Scroll scroll;

 private:
  [[nodiscard]] int content(int x, int y) const { return (x - scroll.moved().x) * 10007 + (y - scroll.moved().y); }
  int& at(int x, int y) { return pixels_[static_cast<std::size_t>(y * kWidth + x)]; }

  std::vector<int> pixels_;
};

}  // namespace

TEST_CASE("after any walk the view shows its content, and each step draws what it uncovers") {
  core::Rng rng(11);
  Sheet sheet;
  CHECK(sheet.draw({0, 0, kWidth, kHeight}) == kWidth * kHeight);
  REQUIRE(sheet.wrong() == 0);
  const auto step = [&](int most) { return static_cast<int>(rng.uniform() * (2 * most + 1)) - most; };
  for (int i = 0; i < 2000; ++i) {
    const int most = i % 50 == 0 ? 60 : 6;
    const int x = step(most), y = step(most);
    const PixelShift before = sheet.scroll.moved();
    int drawn = 0;
    for (const PixelBox& box : sheet.scroll.move_to({before.x + x, before.y + y})) drawn += sheet.draw(box);
    const int kept = std::max(kWidth - std::abs(x), 0) * std::max(kHeight - std::abs(y), 0);
    REQUIRE(drawn == kWidth * kHeight - kept);
    REQUIRE(sheet.wrong() == 0);
  }
}

TEST_CASE("what is not drawn is missed (negative control)") {
  Sheet sheet;
  sheet.draw({0, 0, kWidth, kHeight});
  static_cast<void>(sheet.scroll.move_to({3, 0}));
  CHECK(sheet.wrong() == 3 * kHeight);
  for (const PixelBox& box : sheet.scroll.move_to({3, 0})) CHECK(box.empty());
}

TEST_CASE("a part of the view that crosses the seams comes in four pieces") {
  Scroll scroll;
  scroll.reset(100, 50);
  const auto pieces = [&](const PixelBox& box) {
    const auto all = scroll.pieces(box);
    return std::count_if(all.begin(), all.end(), [](const Scroll::Piece& piece) { return !piece.box.empty(); });
  };
  CHECK(pieces({0, 0, 100, 50}) == 1);
  static_cast<void>(scroll.move_to({-30, 20}));
  CHECK(scroll.corner() == PixelShift{30, 30});
  CHECK(pieces({0, 0, 100, 50}) == 4);
  CHECK(pieces({0, 0, 10, 10}) == 1);
  CHECK(pieces({60, 0, 80, 10}) == 2);
}

}  // namespace descent::web::render
