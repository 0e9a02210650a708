// SPDX-License-Identifier: MIT
// The pen on the pad: what lies on it of the pointer's way, and the bytes of the strokes.
#include "web/model/network/pad_strokes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace descent::web {
namespace {

using data::PenPoint;
using Points = std::vector<PenPoint>;

TEST_CASE("pen: a way from outside begins at the edge, one that leaves ends there, one that passes by leaves nothing") {
  DrawPad pad;
  CHECK_FALSE(move_pen(pad, {-20, 10}, {-5, 30}, 1, true));
  CHECK_FALSE(move_pen(pad, {-10, 5}, {30, -60}, 1, false));
  CHECK(pad.strokes.empty());
  CHECK(pad.version == 0);
  CHECK(move_pen(pad, {-20, 40}, {20, 60}, 1, false));
  REQUIRE(pad.strokes.size() == 1);
  CHECK(pad.strokes[0].points == Points{{0, 50}, {20, 60}});
  CHECK(move_pen(pad, {20, 60}, {20, 140}, 1, false));
  CHECK(pad.strokes[0].points == Points{{0, 50}, {20, 60}, {20, 100}});
  CHECK_FALSE(move_pen(pad, {20, 140}, {60, 140}, 1, false));
  CHECK(move_pen(pad, {60, 140}, {60, 80}, 2, false));  // comes back: a stroke of its own
  REQUIRE(pad.strokes.size() == 2);
  CHECK(pad.strokes[1].points == Points{{60, 100}, {60, 80}});
  CHECK(pad.strokes[1].width == 2);
  CHECK(pad.version == 3);
  DrawPad crossed;
  CHECK(move_pen(crossed, {-50, 50}, {150, 50}, 1, false));
  CHECK(crossed.strokes[0].points == Points{{0, 50}, {100, 50}});
}

TEST_CASE("pen: a press is a dot, a way goes on where it was, and fine steps leave few points") {
  DrawPad pad;
  CHECK(move_pen(pad, {30, 30}, {30, 30}, 1, true));
  CHECK(pad.strokes[0].points == Points{{30, 30}});
  for (int i = 0; i < 400; ++i) {
    const float x = 30 + 0.1f * static_cast<float>(i);
    CHECK(move_pen(pad, {x, 30}, {x + 0.1f, 30}, 1, false));
  }
  REQUIRE(pad.strokes.size() == 1);
  const Points& points = pad.strokes[0].points;
  CHECK(points.size() < 40);
  CHECK(points.size() > 20);
  CHECK(std::abs(points.back().x - 70) < 1e-3f);  // the newest point is where the pen is
  CHECK(move_pen(pad, {70, 30}, {70, 30}, 1, true));
  CHECK(pad.strokes.size() == 2);  // the pen was lifted
}

TEST_CASE("stroke bytes: there and back, and what is no strokes changes nothing") {
  DrawPad pad;
  move_pen(pad, {10, 10}, {90, 90}, 0.6f, true);
  move_pen(pad, {50, 20}, {50, 20}, 1.6f, true);
  const auto bytes = stroke_bytes(pad);
  DrawPad other;
  REQUIRE(take_stroke_bytes(other, bytes));
  REQUIRE(other.strokes.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(other.strokes[i].points == pad.strokes[i].points);
    CHECK(other.strokes[i].width == pad.strokes[i].width);
  }
  const auto floats = [](std::vector<float> v) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(v.data());
    return std::vector<std::uint8_t>(first, first + v.size() * sizeof(float));
  };
  CHECK(take_stroke_bytes(other, floats({1, 1, 50, 50})));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (const auto& bad :
       {floats({2, 1, 50, 50}), floats({0, 1}), floats({1, 1}), floats({1, 0, 5, 5}), floats({1, kNan, 5, 5}),
        floats({1, 1, kNan, 5}), floats({1, 1, 1e9f, 5}), floats({-1, 1, 5, 5}), floats({1, 1, 5}),
        std::vector<std::uint8_t>(19600), std::vector<std::uint8_t>(7), std::vector<std::uint8_t>()})
    CHECK_FALSE(take_stroke_bytes(other, bad));
  CHECK(other.strokes[0].points == Points{{50, 50}});
}

}  // namespace
}  // namespace descent::web
