// SPDX-License-Identifier: MIT
// Strokes as a digit: where they stand and how large they are does not matter, not even to the pen; what leans far is
// set upright and what leans as hands do is not; dots, lopsided drawings and empty sheets are harmless.
#include "engine/data/stroke_digit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/data/center_digit.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"
#include "tests/support/similarity.h"

namespace descent::testing {
namespace {

using data::PenPoint;
using data::PenStroke;
using Strokes = std::vector<PenStroke>;

// Three people's ten digits, in a square of 100 × 100.
std::vector<std::vector<Strokes>> hands() {
  std::vector<std::vector<Strokes>> all;
  const Json file = load_golden("hands.json");
  for (const Json& hand : file["hands"]) {
    all.emplace_back();
    for (const Json& digit : hand["digits"]) {
      all.back().emplace_back();
      for (const Json& stroke : digit) {
        PenStroke points;
        for (const Json& point : stroke) points.points.push_back({point[0].get<float>(), point[1].get<float>()});
        all.back().back().push_back(points);
      }
    }
  }
  return all;
}

// x' = scale * (x + slant * y) + left, y' = scale * y + top.
Strokes mapped(Strokes strokes, float scale, float slant, float left, float top) {
  for (PenStroke& stroke : strokes)
    for (PenPoint& p : stroke.points) p = {scale * (p.x + slant * p.y) + left, scale * p.y + top};
  return strokes;
}

float at(const std::vector<float>& image, int y, int x) {
  return image[static_cast<std::size_t>(28 * y + x)];
}

double sum(const std::vector<float>& image) {
  double total = 0;
  for (const float v : image) total += static_cast<double>(v);
  return total;
}

TEST_CASE("stroke digit: an upright bar has MNIST's length and pen, in the middle") {
  const auto image = data::stroke_digit(Strokes{{1, {{20, 10}, {20, 40}}}});
  REQUIRE(image.ok());
  REQUIRE(image->size() == 784);
  // 20 pixels less the pen's 2.6, from (14, 5.3) to (14, 22.7): 1.8 less the distance from it, at most 1.
  const auto inks = [&](int y, int x, double distance) {
    return close(static_cast<double>(at(*image, y, x)), std::clamp(1.8 - distance, 0.0, 1.0), 0, 1e-5);
  };
  for (int x = 0; x < 28; ++x) CHECK(inks(13, x, std::abs(x + 0.5 - 14)));
  for (int y = 0; y < 28; ++y) CHECK(inks(y, 12, std::hypot(1.5, std::max({5.3 - y - 0.5, y + 0.5 - 22.7, 0.0}))));
  CHECK_FALSE(inks(13, 12, 0));
}

TEST_CASE("stroke digit: place and size do not matter, and what is drawn small is no blob") {
  REQUIRE(hands().size() == 3);
  for (const auto& hand : hands())
    for (std::size_t digit = 0; digit < hand.size(); ++digit) {
      const auto large = *data::stroke_digit(hand[digit]);
      const auto tiny = *data::stroke_digit(mapped(hand[digit], 0.25F, 0, 2, 3));
      for (std::size_t i = 0; i < 784; ++i) CHECK(std::abs(large[i] - tiny[i]) < 1e-3F);
      CHECK(cosine(large, *data::stroke_digit(hand[(digit + 1) % 10])) < 0.95);
    }
}

TEST_CASE("stroke digit: the centre of mass is in the middle, unless it would then leave the image") {
  const auto ell = *data::stroke_digit(Strokes{{1, {{10, 10}, {10, 90}, {60, 90}}}});
  double x_moment = 0, y_moment = 0;
  for (int y = 0; y < 28; ++y)
    for (int x = 0; x < 28; ++x) {
      x_moment += static_cast<double>(at(ell, y, x)) * (x + 0.5);
      y_moment += static_cast<double>(at(ell, y, x)) * (y + 0.5);
    }
  // The path's: ends and corners, where the pen is round, move that of the pixels by less than half of one.
  CHECK(std::abs(x_moment / sum(ell) - 14) < 0.5);
  CHECK(std::abs(y_moment / sum(ell) - 14) < 0.5);

  Strokes heavy{{1, {{0, 50}, {100, 50}}}};  // a line, and much ink at its left end
  for (int i = 0; i < 40; ++i) heavy.push_back({1, {{0, 45}, {0, 55}}});
  const auto kept = *data::stroke_digit(heavy);
  CHECK(at(kept, 13, 27) > 0.1F);
  const auto [low, high] = std::minmax_element(kept.begin(), kept.end());
  CHECK(*low >= 0);
  CHECK(*high <= 1);
}

// The slope dx/dy of a straight stroke.
float slope(const Strokes& strokes) {
  const PenPoint a = strokes[0].points.front(), b = strokes[0].points.back();
  return (b.x - a.x) / (b.y - a.y);
}

TEST_CASE("stroke digit: what leans further than hands do leans as they do; the rest stays as it is") {
  for (const float lean : {-0.1F, 0.0F, 0.1F}) {
    const Strokes bar{{1, {{50, 10}, {50 + 80 * lean, 90}}}};
    CHECK(data::upright_strokes(bar)[0].points == bar[0].points);
  }
  for (const float lean : {-1.0F, -0.577F, 0.577F}) {
    const Strokes bar{{1, {{50, 10}, {50 + 80 * lean, 90}}}};
    CHECK(std::abs(slope(data::upright_strokes(bar))) < 0.2F);
    CHECK(slope(data::upright_strokes(bar)) * lean > 0);
  }
  const Strokes flat{{1, {{10, 50}, {90, 50}}}};
  CHECK(data::upright_strokes(flat)[0].points == flat[0].points);
  // Slanted by 30°, to either side, a hand's digits come closer to what they were than they would without it.
  double before = 0, after = 0;
  for (const auto& hand : hands())
    for (const Strokes& digit : hand)
      for (const float lean : {-0.577F, 0.577F}) {
        const auto upright = *data::stroke_digit(digit);
        const Strokes slanted = mapped(digit, 0.7F, lean, 30, 10);
        after += cosine(*data::stroke_digit(slanted), upright);
        std::vector<data::PenPiece> pieces;
        for (const PenStroke& stroke : slanted)
          for (std::size_t i = 1; i < stroke.points.size(); ++i)
            pieces.push_back({stroke.points[i - 1], stroke.points[i], 1.3F});
        data::place_pieces(pieces, 8);
        std::vector<float> as_drawn(784);
        data::draw_pieces(pieces, as_drawn);
        before += cosine(as_drawn, upright);
      }
  CHECK(after / 60 > before / 60 + 0.1);
}

TEST_CASE("stroke digit: dots, thick and thin pens, an empty sheet") {
  CHECK(data::stroke_digit({}).message() == "nothing is drawn; draw a digit first");
  for (const Strokes& dot : {Strokes{{1, {{80, 20}}}}, Strokes{{1, {{80, 20}, {80, 20}}}}}) {
    const auto image = *data::stroke_digit(dot);
    CHECK(at(image, 13, 13) == 1);
    CHECK(at(image, 13, 16) == 0);
    CHECK(sum(image) < 12);
  }
  const auto ink = [](float width) { return sum(*data::stroke_digit(Strokes{{width, {{10, 10}, {60, 90}}}})); };
  CHECK(ink(0.6F) < 0.8 * ink(1));
  CHECK(ink(1.6F) > 1.3 * ink(1));
}

}  // namespace
}  // namespace descent::testing
