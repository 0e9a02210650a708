// SPDX-License-Identifier: MIT
// A picture as a digit: what has MNIST's form stays as it is, dark ink on bright paper is turned round, paper becomes 0
// however it is lit, transparency is paper, and blank pictures are refused.
#include "engine/data/picture_digit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "engine/core/rng.h"
#include "engine/data/center_digit.h"
#include "engine/data/synthetic_digits.h"
#include "tests/support/similarity.h"

namespace {

using descent::data::picture_digit;
using descent::testing::cosine;

using Grey = std::vector<double>;  // 0 … 255

std::vector<std::uint8_t> rgba_of(const Grey& grey) {
  std::vector<std::uint8_t> pixels;
  for (const double v : grey) {
    for (int c = 0; c < 3; ++c) pixels.push_back(static_cast<std::uint8_t>(std::lround(v)));
    pixels.push_back(255);
  }
  return pixels;
}

Grey a_digit() {
  const auto split = descent::data::synthetic_split(7, 4, 1);
  const auto image = split.train.image(2);
  return {image.begin(), image.end()};
}

// The digit as ink 0 … 1, `scale` times as large, in the middle of (height, width).
Grey placed(const Grey& digit, int scale, int height, int width, int top, int left) {
  Grey sheet(static_cast<std::size_t>(height * width));
  for (int y = 0; y < 28 * scale; ++y)
    for (int x = 0; x < 28 * scale; ++x)
      sheet[static_cast<std::size_t>((top + y) * width + left + x)] =
          digit[static_cast<std::size_t>(y / scale * 28 + x / scale)] / 255;
  return sheet;
}

std::vector<float> centred(const Grey& ink, int height, int width) {
  return *descent::data::center_digit(std::vector<float>(ink.begin(), ink.end()), height, width);
}

TEST_CASE("picture digit: MNIST's form is kept to the byte, also with black and white exchanged") {
  const Grey digit = a_digit();
  const auto kept = picture_digit(rgba_of(digit), 28, 28);
  REQUIRE(kept.ok());
  CHECK(kept->kept);
  CHECK_FALSE(kept->inverted);
  Grey dark = digit;
  for (double& v : dark) v = 255 - v;
  const auto turned = picture_digit(rgba_of(dark), 28, 28);
  REQUIRE(turned.ok());
  CHECK(turned->kept);
  CHECK(turned->inverted);
  for (std::size_t i = 0; i < digit.size(); ++i) {
    CHECK(std::abs(static_cast<double>(kept->image[i]) * 255 - digit[i]) < 1e-3);
    CHECK(std::abs(static_cast<double>(turned->image[i]) * 255 - digit[i]) < 1e-3);
  }
}

TEST_CASE("picture digit: pencil on paper that a lamp lights from one side") {
  const Grey ink = placed(a_digit(), 5, 200, 256, 30, 90);
  descent::core::Rng rng(3);
  Grey photo = ink;
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 256; ++x) {
      double& v = photo[static_cast<std::size_t>(y * 256 + x)];
      const double paper = 235 - 0.35 * x - 0.2 * y;
      v = paper - 90 * v + 6 * (rng.uniform() - 0.5);
    }
  const auto found = picture_digit(rgba_of(photo), 200, 256);
  REQUIRE(found.ok());
  CHECK(found->inverted);
  CHECK_FALSE(found->kept);
  CHECK(cosine(found->image, centred(ink, 200, 256)) > 0.97);
  for (int i = 0; i < 28; ++i) CHECK(found->image[static_cast<std::size_t>(i)] == 0);
}

TEST_CASE("picture digit: what is transparent is paper, to black and to white ink") {
  const Grey ink = placed(a_digit(), 3, 90, 100, 2, 10);
  for (const std::uint8_t tone : {std::uint8_t{0}, std::uint8_t{255}}) {
    std::vector<std::uint8_t> pixels;
    for (const double v : ink) {
      for (int c = 0; c < 3; ++c) pixels.push_back(v > 0 ? tone : 0);
      pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * v)));
    }
    const auto found = picture_digit(pixels, 90, 100);
    REQUIRE(found.ok());
    CHECK(found->inverted == (tone == 0));
    CHECK(cosine(found->image, centred(ink, 90, 100)) > 0.97);
  }
}

TEST_CASE("picture digit: a blank picture is refused, whatever its size") {
  for (const auto& [height, width] : {std::pair{1, 1}, std::pair{1, 256}, std::pair{28, 28}, std::pair{200, 100}})
    for (const double tone : {0.0, 128.0, 255.0})
      CHECK(picture_digit(rgba_of(Grey(static_cast<std::size_t>(height * width), tone)), height, width).message() ==
            "the picture is blank: no ink stands out from its background");
}

}  // namespace
