// SPDX-License-Identifier: MIT
// Four IDX files as a data set: counts and sizes that must agree, classes wherever their labels begin, and the name.
#include "engine/data/idx_split.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/bytes.h"

namespace {

using namespace descent::data;
using descent::test::Bytes;

using Labels = std::vector<std::int32_t>;

IdxFile images(std::string role, std::int64_t count, std::int64_t height = 28) {
  IdxFile file{.role = std::move(role), .header = {0, 0, 8, 3}, .extents = {count, height, 28}, .values = {}};
  file.values.resize(static_cast<std::size_t>(count * height * 28));
  for (std::size_t i = 0; i < file.values.size(); ++i) file.values[i] = static_cast<std::uint8_t>(i * 7);
  return file;
}

IdxFile labels(std::string role, const Labels& values) {
  IdxFile file{.role = std::move(role),
               .header = {0, 0, 12, 1},
               .extents = {static_cast<std::int64_t>(values.size())},
               .values = {}};
  for (const std::int32_t value : values)
    descent::test::append_big_endian(file.values, static_cast<std::uint32_t>(value));
  return file;
}

IdxFiles files_with(const Labels& train, const Labels& test) {
  return {images("train_images", static_cast<std::int64_t>(train.size())), labels("train_labels", train),
          images("test_images", static_cast<std::int64_t>(test.size())), labels("test_labels", test)};
}

TEST_CASE("idx: four files make a split that carries the given name, not MNIST's") {
  const auto split = make_split(files_with({1, 2, 3}, {2, 1}), "digits of mine");
  REQUIRE(split.ok());
  CHECK(split->name == "digits of mine");
  CHECK(split->train.name == "digits of mine");
  CHECK(split->train.size() == 3);
  CHECK(split->test.size() == 2);
  CHECK(split->train.image(1)[0] == static_cast<std::uint8_t>(784 * 7));
}

TEST_CASE("idx: classes are the values that occur, from any smallest one, in either part") {
  const auto letters = make_split(files_with({26, 1, 3}, {1, 2}), "letters");
  REQUIRE(letters.ok());
  CHECK(letters->class_labels == Labels{1, 2, 3, 26});
  CHECK(letters->train.classes == 4);
  CHECK(letters->test.classes == 4);
  CHECK(letters->train.labels == std::vector<std::uint16_t>{3, 0, 2});
  CHECK(letters->test.labels == std::vector<std::uint16_t>{0, 1});
  Labels many(1000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<std::int32_t>(i) - 7;
  const auto thousand = make_split(files_with(many, {992}), "a thousand");
  REQUIRE(thousand.ok());
  CHECK(thousand->train.classes == 1000);
  CHECK(thousand->class_labels.front() == -7);
  CHECK(thousand->train.labels.back() == 999);
}

TEST_CASE("idx: four files that do not fit together") {
  IdxFiles counts = files_with({1, 2, 3}, {4, 5});
  counts.test_labels = labels("test_labels", {4, 5, 6});
  CHECK(make_split(std::move(counts), "x").message() ==
        "test_images has 2 images but test_labels has 3 labels; there must be one label for each image");
  IdxFiles size = files_with({1, 2, 3}, {4, 5});
  size.train_images = images("train_images", 3, 20);
  CHECK(make_split(std::move(size), "x").message() == "train_images has images of 20x28; the network takes 28x28");
}

}  // namespace
