// SPDX-License-Identifier: MIT
// Procedural digits: the same seed gives the same images in any order of asking, other seeds others; they are placed as
// MNIST's are, all different, no label is preferred, and a nearest-neighbour classifier can tell them apart but not
// perfectly: the set is neither noise nor trivial.
#include "engine/data/synthetic_digits.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "engine/data/digit_skeletons.h"
#include "engine/data/sha256.h"

namespace {

using namespace descent::data;

TEST_CASE("procedural digits: decided by seed and index alone") {
  const Dataset all = synthetic_digits(200, 4);
  CHECK(all.images == synthetic_digits(200, 4).images);
  CHECK(all.labels == synthetic_digits(200, 4).labels);
  CHECK(all.images != synthetic_digits(200, 5).images);
  std::vector<std::uint8_t> image(784);
  for (const std::int64_t i : {199, 0, 57}) {
    draw_digit(all.labels[static_cast<std::size_t>(i)], 4, static_cast<std::uint64_t>(i), image);
    CHECK(std::equal(image.begin(), image.end(), all.image(i).begin()));
  }
}

// Held by a digest: what the page shows, what a native run trains on and what a saved link brings back are one set.
TEST_CASE("procedural digits: the same bytes on every platform") {
  const Dataset digits = synthetic_digits(1000, 1);
  CHECK(sha256_hex(digits.images) == "038be191b61537315de779537cc2f151f8c66bd14568e409703400de497b5059");
}

TEST_CASE("procedural digits: named as what they are, in equal numbers, shuffled") {
  const DataSplit split = synthetic_split(1, 500, 100);
  for (const std::string& name : {split.name, split.train.name, split.test.name}) CHECK(name == "procedural digits");
  CHECK(split.train.size() == 500);
  CHECK(split.test.size() == 100);
  std::array<int, 10> counts{};
  int repeats = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    ++counts[split.train.labels[i]];
    repeats += i > 0 && split.train.labels[i] == split.train.labels[i - 1];
  }
  for (const int count : counts) CHECK(count == 50);
  CHECK(repeats > 20);  // 45 expected of a shuffled order
  CHECK(repeats < 80);
}

TEST_CASE("procedural digits: no image twice, neither within the sets nor between them") {
  const DataSplit split = synthetic_split(1, 2000, 500);
  std::set<std::vector<std::uint8_t>> seen;
  for (const Dataset* set : {&split.train, &split.test}) {
    for (std::int64_t i = 0; i < set->size(); ++i) seen.emplace(set->image(i).begin(), set->image(i).end());
  }
  CHECK(seen.size() == 2500);
}

TEST_CASE("procedural digits: 20 pixels high or wide, mass in the middle, background empty") {
  const Dataset digits = synthetic_digits(1000, 2);
  double ink = 0;
  for (std::int64_t i = 0; i < digits.size(); ++i) {
    const auto image = digits.image(i);
    int x0 = 28, x1 = 0, y0 = 28, y1 = 0;
    double mass = 0, moment_x = 0, moment_y = 0;
    for (int y = 0; y < 28; ++y) {
      for (int x = 0; x < 28; ++x) {
        const double value = image[static_cast<std::size_t>(y * 28 + x)];
        if (value > 0) {
          x0 = std::min(x0, x), x1 = std::max(x1, x + 1), y0 = std::min(y0, y), y1 = std::max(y1, y + 1);
        }
        mass += value;
        moment_x += value * (x + 0.5);
        moment_y += value * (y + 0.5);
      }
    }
    const int longer = std::max(x1 - x0, y1 - y0);
    CHECK(longer >= 19);
    CHECK(longer <= 23);
    CHECK(std::abs(moment_x / mass - 14) < 1.2);
    CHECK(std::abs(moment_y / mass - 14) < 1.2);
    ink += mass;
  }
  ink /= 1000 * 784 * 255.0;
  CHECK(ink > 0.08);  // MNIST: 0.13
  CHECK(ink < 0.16);
}

// Fraction of the test images whose nearest training image (squared distance) has another label.
double nearest_neighbour_error(const Dataset& train, const Dataset& test) {
  int wrong = 0;
  for (std::int64_t i = 0; i < test.size(); ++i) {
    const auto image = test.image(i);
    long best = std::numeric_limits<long>::max();
    std::uint16_t label = 0;
    for (std::int64_t j = 0; j < train.size(); ++j) {
      const auto other = train.image(j);
      long distance = 0;
      for (std::size_t k = 0; k < image.size(); k += 2) {  // every other pixel is enough
        const long difference = image[k] - other[k];
        distance += difference * difference;
      }
      if (distance < best) best = distance, label = train.labels[static_cast<std::size_t>(j)];
    }
    wrong += label != test.labels[static_cast<std::size_t>(i)];
  }
  return wrong / static_cast<double>(test.size());
}

TEST_CASE("procedural digits: can be told apart, but not trivially") {
  const DataSplit split = synthetic_split(3, 2000, 200);
  const double error = nearest_neighbour_error(split.train, split.test);
  CHECK(error > 0.01);
  CHECK(error < 0.25);
  Dataset mislabelled = split.train;  // the measure itself: with labels moved on it must be wrong nearly always
  for (std::uint16_t& label : mislabelled.labels) label = static_cast<std::uint16_t>((label + 1) % 10);
  CHECK(nearest_neighbour_error(mislabelled, split.test) > 0.75);
}

TEST_CASE("procedural digits: skeletons are within their square and drawable") {
  for (int digit = 0; digit < 10; ++digit) {
    const auto ways = digit_skeletons(digit);
    CHECK(ways.size() >= 3);
    for (const auto way : ways) {
      CHECK(way.size() >= 2);
      CHECK(way.size() <= kMaxSkeletonPoints);
      CHECK_FALSE(way.front() == kPenUp);
      CHECK_FALSE(way.back() == kPenUp);
      for (const PenPoint& point : way) {
        if (point == kPenUp) continue;
        CHECK(point.x >= 0);
        CHECK(point.x <= 100);
        CHECK(point.y >= 0);
        CHECK(point.y <= 100);
      }
    }
  }
}

}  // namespace
