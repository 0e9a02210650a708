// SPDX-License-Identifier: MIT
// Centring a drawing: where it stood and how large it was does not matter, proportions are kept, ink is averaged, odd
// values are harmless, and an empty sheet is an error with a sentence.
#include "engine/data/center_digit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/data/synthetic_digits.h"

namespace {

using descent::data::center_digit;

std::vector<float> sheet(int height, int width) {
  return std::vector<float>(static_cast<std::size_t>(height * width));
}

void fill(std::vector<float>& grey, int width, int x0, int y0, int x1, int y1, float value = 1) {
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) grey[static_cast<std::size_t>(y * width + x)] = value;
  }
}

double sum(const std::vector<float>& image) {
  double total = 0;
  for (const float value : image) total += static_cast<double>(value);
  return total;
}

float at(const std::vector<float>& image, int y, int x) {
  return image[static_cast<std::size_t>(y * 28 + x)];
}

TEST_CASE("center digit: an empty sheet is an error") {
  CHECK(center_digit(sheet(280, 280), 280, 280).message() == "nothing is drawn; draw a digit first");
  std::vector<float> faint(100, 1e-4F);
  CHECK_FALSE(center_digit(faint, 10, 10).ok());
}

TEST_CASE("center digit: a rectangle is scaled to 20 pixels, keeps its shape, sits in the middle") {
  std::vector<float> grey = sheet(280, 200);
  fill(grey, 200, 150, 40, 200, 140);  // 50 wide, 100 high, in a corner
  const auto image = center_digit(grey, 280, 200);
  REQUIRE(image.ok());
  REQUIRE(image->size() == 784);
  CHECK(std::abs(sum(*image) - 200) < 1e-3);  // 20 x 10
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const bool inside = y >= 4 && y < 24 && x >= 9 && x < 19;
      CHECK(std::abs(at(*image, y, x) - (inside ? 1.0F : 0.0F)) < 1e-5F);
    }
  }
}

TEST_CASE("center digit: place and size of the drawing do not matter") {
  const auto drawn = [](int scale, int dx, int dy) {
    std::vector<float> grey = sheet(400, 300);
    fill(grey, 300, dx, dy, dx + 4 * scale, dy + 20 * scale);  // an L
    fill(grey, 300, dx, dy + 16 * scale, dx + 12 * scale, dy + 20 * scale);
    return *center_digit(grey, 400, 300);
  };
  const std::vector<float> reference = drawn(5, 0, 0);
  for (const auto& other : {drawn(5, 200, 100), drawn(9, 30, 11), drawn(1, 280, 380)}) {
    for (std::size_t i = 0; i < 784; ++i) CHECK(std::abs(reference[i] - other[i]) < 1e-4F);
  }
}

TEST_CASE("center digit: the centre of mass is in the middle, unless the digit would leave the image") {
  std::vector<float> grey = sheet(100, 100);
  fill(grey, 100, 10, 10, 20, 90);
  fill(grey, 100, 10, 80, 60, 90);
  const auto image = center_digit(grey, 100, 100);
  double x_moment = 0;
  double y_moment = 0;
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      x_moment += static_cast<double>(at(*image, y, x)) * (x + 0.5);
      y_moment += static_cast<double>(at(*image, y, x)) * (y + 0.5);
    }
  }
  CHECK(std::abs(x_moment / sum(*image) - 14) < 0.05);
  CHECK(std::abs(y_moment / sum(*image) - 14) < 0.05);

  std::vector<float> lopsided = sheet(100, 100);
  fill(lopsided, 100, 0, 0, 20, 100);   // a heavy bar
  fill(lopsided, 100, 0, 49, 100, 50);  // and a long thin one
  const auto kept = center_digit(lopsided, 100, 100);
  CHECK(std::abs(sum(*kept) - (20.0 * 100 + 80) / 25) < 1e-3);  // 5 x 5 pixels a target pixel; nothing was cut off
}

TEST_CASE("center digit: thin lines become grey, values out of range are clamped, odd ones are paper") {
  std::vector<float> grey = sheet(200, 200);
  fill(grey, 200, 0, 0, 200, 1);
  fill(grey, 200, 0, 199, 200, 200);
  const auto image = center_digit(grey, 200, 200);
  CHECK(std::abs(*std::max_element(image->begin(), image->end()) - 0.1F) < 1e-5F);

  std::vector<float> odd = sheet(20, 20);
  fill(odd, 20, 0, 0, 20, 20, 5.0F);
  odd[0] = std::numeric_limits<float>::quiet_NaN();
  odd[1] = std::numeric_limits<float>::infinity();
  odd[2] = -3;
  const auto clamped = center_digit(odd, 20, 20);
  REQUIRE(clamped.ok());
  for (const float value : *clamped) {
    CHECK(value >= 0);
    CHECK(value <= 1);
  }
}

TEST_CASE("center digit: one dot, one row, one column, the largest sheet") {
  for (const auto& [height, width] : {std::pair{1, 1}, std::pair{1, 50}, std::pair{50, 1}, std::pair{4096, 4}}) {
    const std::vector<float> grey(static_cast<std::size_t>(height * width), 1.0F);
    const auto image = center_digit(grey, height, width);
    REQUIRE(image.ok());
    const double side = std::max(height, width) / 20.0;
    CHECK(std::abs(sum(*image) - height * width / (side * side)) < 1e-2);
  }
}

TEST_CASE("center digit: a digit that is already placed stays nearly as it is") {
  std::vector<std::uint8_t> bytes(784);
  descent::data::draw_digit(3, 1, 1, bytes);
  std::vector<float> grey(784);
  descent::data::to_floats(bytes, grey);
  const auto image = center_digit(grey, 28, 28);
  double difference = 0;
  for (std::size_t i = 0; i < 784; ++i) difference += std::abs(static_cast<double>(grey[i] - (*image)[i]));
  CHECK(difference / sum(grey) < 0.5);
}

}  // namespace
