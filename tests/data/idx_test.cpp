// SPDX-License-Identifier: MIT
// The IDX reader: good files come back byte for byte; every kind of bad file gets a sentence with its role, what was
// found and the limit; random and damaged bytes never do more than that.
#include "engine/data/idx.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/bytes.h"

namespace {

using namespace descent::data;
using descent::test::Bytes;
using descent::test::contains;

Bytes image_file(std::uint32_t count, std::uint32_t height, std::uint32_t width, std::size_t pixels) {
  Bytes bytes;
  for (const std::uint32_t word : {kIdxImagesMagic, count, height, width}) {
    descent::test::append_big_endian(bytes, word);
  }
  for (std::size_t i = 0; i < pixels; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 7));
  return bytes;
}

Bytes label_file(std::uint32_t count, const Bytes& labels) {
  Bytes bytes;
  descent::test::append_big_endian(bytes, kIdxLabelsMagic);
  descent::test::append_big_endian(bytes, count);
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

std::string images_error(const Bytes& bytes) {
  const auto result = read_idx_images(bytes, "train_images");
  return result ? "no error" : result.message();
}

std::string labels_error(const Bytes& bytes) {
  const auto result = read_idx_labels(bytes, "test_labels", 10);
  return result ? "no error" : result.message();
}

TEST_CASE("idx: images are a view of the bytes behind the header") {
  const Bytes bytes = image_file(2, 3, 5, 30);
  const auto images = read_idx_images(bytes, "train_images");
  REQUIRE(images.ok());
  CHECK(images->count == 2);
  CHECK(images->height == 3);
  CHECK(images->width == 5);
  CHECK(images->pixels.data() == bytes.data() + 16);
  CHECK(images->pixels.size() == 30);
  CHECK(images->pixels[1] == 7);
}

TEST_CASE("idx: labels are a view of the bytes behind the header") {
  const Bytes bytes = label_file(3, {0, 9, 4});
  const auto labels = read_idx_labels(bytes, "test_labels", 10);
  REQUIRE(labels.ok());
  CHECK(Bytes(labels->begin(), labels->end()) == Bytes{0, 9, 4});
}

TEST_CASE("idx: what is wrong with an image file is said") {
  CHECK(images_error({}) == "train_images has 0 bytes; an IDX file of images begins with a header of 16 bytes");
  CHECK(images_error({0x1f, 0x8b}) ==
        "train_images is gzip-compressed (it begins with 1f 8b); it has to be unpacked first");
  CHECK(images_error(image_file(1, 1, 1, 0)) ==
        "train_images announces 1 image of 1x1, 1 byte, but has 0 after its header; it was cut short");
  CHECK(images_error(image_file(2, 2, 2, 9)) ==
        "train_images announces 2 images of 2x2, 8 bytes, but has 9 after its header; there must be nothing behind");
  CHECK(images_error(image_file(0, 28, 28, 0)) == "train_images has no images; at least one is needed");
  CHECK(images_error(image_file(1, 0, 28, 0)) ==
        "train_images has images of 0x28; height and width must be between 1 and 256");
  CHECK(images_error(image_file(1, 28, 257, 28 * 257)) ==
        "train_images has images of 28x257; height and width must be between 1 and 256");
  CHECK(images_error(label_file(8, Bytes(8))) ==
        "train_images begins with the magic number 0x00000801 (these are labels); an IDX file of images begins with "
        "0x00000803");
  CHECK(contains(images_error(Bytes(16, 0xff)), "magic number 0xffffffff;"));
}

TEST_CASE("idx: headers that promise more than there can be are refused before anything is made") {
  CHECK(contains(images_error(image_file(0x80000000U, 0x80000000U, 0x80000000U, 1)), "2147483648x2147483648"));
  CHECK(contains(images_error(image_file(0xffffffffU, 256, 256, 0)), "281474976645120 bytes"));
  CHECK(contains(labels_error(label_file(0xffffffffU, {1, 2})), "cut short"));
}

TEST_CASE("idx: what is wrong with a label file is said") {
  CHECK(labels_error(label_file(3, {0, 10, 1})) == "test_labels: label 1 is 10; labels must be between 0 and 9");
  CHECK(labels_error(label_file(0, {})) == "test_labels has no labels; at least one is needed");
  CHECK(labels_error(label_file(3, {0, 1})) ==
        "test_labels announces 3 labels, 3 bytes, but has 2 after its header; it was cut short");
  CHECK(contains(labels_error(label_file(1, {0, 1})), "there must be nothing behind"));
  CHECK(contains(labels_error(image_file(1, 1, 1, 1)), "these are images"));
}

struct FourFiles {
  Bytes train_images = image_file(3, 28, 28, 3 * 784);
  Bytes train_labels = label_file(3, {1, 2, 3});
  Bytes test_images = image_file(2, 28, 28, 2 * 784);
  Bytes test_labels = label_file(2, {4, 5});

  [[nodiscard]] descent::core::Result<DataSplit> read() const {
    return read_digit_files({train_images, train_labels, test_images, test_labels}, "digits of mine");
  }
};

TEST_CASE("idx: four files make a split that carries the given name, not MNIST's") {
  const auto split = FourFiles().read();
  REQUIRE(split.ok());
  CHECK(split->name == "digits of mine");
  CHECK(split->train.name == "digits of mine");
  CHECK(split->train.size() == 3);
  CHECK(split->test.size() == 2);
  CHECK(split->test.labels == Bytes{4, 5});
  CHECK(split->train.image(1)[0] == static_cast<std::uint8_t>(784 * 7));
}

TEST_CASE("idx: four files that do not fit together") {
  FourFiles counts;
  counts.test_labels = label_file(3, {4, 5, 6});
  CHECK(counts.read().message() ==
        "test_images has 2 images but test_labels has 3 labels; there must be one label for each image");
  FourFiles size;
  size.train_images = image_file(3, 20, 28, 3 * 560);
  CHECK(size.read().message() == "train_images has images of 20x28; the network takes 28x28");
  FourFiles swapped;
  std::swap(swapped.train_images, swapped.train_labels);
  CHECK(contains(swapped.read().message(), "train_images begins with the magic number 0x00000801 (these are labels)"));
}

TEST_CASE("idx: random and damaged files end in a value or a sentence") {
  descent::core::Rng rng(20);
  const Bytes images = image_file(2, 3, 4, 24);
  const Bytes labels = label_file(4, {1, 2, 3, 4});
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    const Bytes bytes = i % 4 == 0 ? descent::test::random_bytes(rng, rng.below(40))
                                   : descent::test::damaged(rng, i % 2 == 0 ? images : labels);
    const auto as_images = read_idx_images(bytes, "train_images");
    if (as_images) {
      ++accepted;
      CHECK(as_images->pixels.size() == bytes.size() - 16);
    } else {
      CHECK(contains(as_images.message(), "train_images"));
    }
    const auto as_labels = read_idx_labels(bytes, "train_labels", 10);
    if (as_labels) {
      ++accepted;
      for (const std::uint8_t label : *as_labels) CHECK(label < 10);
    } else {
      CHECK(contains(as_labels.message(), "train_labels"));
    }
  }
  CHECK(accepted > 0);  // some damage hits pixels only
}

TEST_CASE("idx: every cut of a good file is noticed") {
  const Bytes images = image_file(2, 3, 4, 24);
  for (std::size_t size = 0; size < images.size(); ++size) {
    CHECK_FALSE(read_idx_images(std::span(images).first(size), "x").ok());
  }
}

}  // namespace
