// SPDX-License-Identifier: MIT
// The IDX reader: good files come back value for value, in pieces of any size; every kind of bad file gets a sentence
// with its role, what was found and the limit; random and damaged bytes never do more than that.
#include "engine/data/idx.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/bytes.h"
#include "tests/support/memory_limit.h"

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
  const auto result = read_idx(bytes, "train_images", IdxKind::images);
  return result ? "no error" : result.message();
}

std::string labels_error(const Bytes& bytes) {
  const auto result = read_idx(bytes, "test_labels", IdxKind::labels);
  return result ? "no error" : result.message();
}

// A file of labels with another magic number, its lengths, and values as they lie in the file.
Bytes other_labels(std::uint32_t magic, const std::vector<std::uint32_t>& lengths, const Bytes& values) {
  Bytes bytes;
  descent::test::append_big_endian(bytes, magic);
  for (const std::uint32_t length : lengths) descent::test::append_big_endian(bytes, length);
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

std::vector<std::int32_t> labels_of(const Bytes& bytes) {
  const auto file = read_idx(bytes, "test_labels", IdxKind::labels);
  REQUIRE_MESSAGE(file.ok(), (file.ok() ? "" : file.message()));
  return label_values(*file);
}

TEST_CASE("idx: images are the bytes behind the header, however they come") {
  const Bytes bytes = image_file(2, 3, 5, 30);
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    IdxReader reader("train_images", IdxKind::images);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
      REQUIRE(reader.feed(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at))).ok());
    REQUIRE(reader.finish().ok());
    const IdxFile images = reader.take();
    CHECK(images.extents == std::vector<std::int64_t>{2, 3, 5});
    CHECK(images.header == Bytes(bytes.begin(), bytes.begin() + 16));
    CHECK(images.values == Bytes(bytes.begin() + 16, bytes.end()));
  }
}

TEST_CASE("idx: labels are whole numbers of any type, or QMNIST's first column") {
  using Labels = std::vector<std::int32_t>;
  CHECK(labels_of(label_file(3, {0, 255, 4})) == Labels{0, 255, 4});
  CHECK(labels_of(other_labels(0x901, {2}, {0xff, 3})) == Labels{-1, 3});
  CHECK(labels_of(other_labels(0xb01, {2}, {0x01, 0x02, 0xff, 0xfe})) == Labels{258, -2});
  CHECK(labels_of(other_labels(0xc01, {2}, {0, 0, 3, 0xe7, 0xff, 0xff, 0xff, 0xff})) == Labels{999, -1});
  // Two rows of class, series, writer, number, class as character code, number of the image, 0, 0.
  Bytes rows;
  for (const std::uint32_t value : {7U, 4U, 2610U, 113U, 55U, 1U, 0U, 0U, 2U, 4U, 2611U, 27U, 50U, 2U, 0U, 0U})
    descent::test::append_big_endian(rows, value);
  CHECK(labels_of(other_labels(kQmnistLabelsMagic, {2, 8}, rows)) == Labels{7, 2});
  CHECK(labels_error(other_labels(kQmnistLabelsMagic, {1, 16}, rows)) ==
        "test_labels has 16 numbers for each image; it must be one, or QMNIST's eight");
  CHECK(contains(labels_error(other_labels(0xd01, {1}, {0, 0, 0, 0})), "magic number 0x00000d01;"));  // fractions
  CHECK(contains(labels_error(other_labels(0x802, {1, 8}, Bytes(8))), "magic number 0x00000802;"));   // one-hot rows
}

TEST_CASE("idx: what is wrong with an image file is said") {
  CHECK(images_error({}) == "train_images has 0 bytes; an IDX file of images begins with a header of 16 bytes");
  CHECK(images_error({0x1f, 0x8b}) ==
        "train_images has 2 bytes; an IDX file of images begins with a header of 16 bytes");
  CHECK(images_error({0x1f, 0x8b, 8, 0}) ==
        "train_images is a gzip file; an IDX file of images begins with 0x00000803");
  CHECK(images_error(descent::test::bytes_of("label,1x1,1x2\n5,0,0\n")) ==
        "train_images is a table as text (CSV); an IDX file of images begins with 0x00000803");
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
  CHECK(images_error(image_file(0xffffffffU, 256, 256, 0)) ==
        "train_images announces 4294967295 images of 256x256, 281474977 MB; the limit is 600 MB");
  CHECK(contains(images_error(image_file(765307, 28, 28, 0)), "600 MB; the limit is 600 MB"));
  CHECK(contains(images_error(image_file(765306, 28, 28, 0)), "cut short"));
  CHECK(contains(labels_error(label_file(0xffffffffU, {1, 2})), "4295 MB; the limit is 600 MB"));
}

TEST_CASE("idx: what is wrong with a label file is said") {
  CHECK(labels_error(label_file(0, {})) == "test_labels has no labels; at least one is needed");
  CHECK(labels_error(label_file(3, {0, 1})) ==
        "test_labels announces 3 labels, 3 bytes, but has 2 after its header; it was cut short");
  CHECK(contains(labels_error(label_file(1, {0, 1})), "there must be nothing behind"));
  CHECK(contains(labels_error(image_file(1, 1, 1, 1)), "these are images"));
}

TEST_CASE("idx: random and damaged files end in a value or a sentence") {
  descent::core::Rng rng(20);
  const Bytes images = image_file(2, 3, 4, 24);
  const Bytes labels = label_file(4, {1, 2, 3, 4});
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    const Bytes bytes = i % 4 == 0 ? descent::test::random_bytes(rng, rng.below(40))
                                   : descent::test::damaged(rng, i % 2 == 0 ? images : labels);
    const auto as_images = read_idx(bytes, "train_images", IdxKind::images);
    if (as_images) {
      ++accepted;
      CHECK(as_images->values.size() == bytes.size() - 16);
    } else {
      CHECK(contains(as_images.message(), "train_images"));
    }
    const auto as_labels = read_idx(bytes, "train_labels", IdxKind::labels);
    if (as_labels) {
      ++accepted;
      CHECK(label_values(*as_labels).size() == static_cast<std::size_t>(as_labels->count()));
    } else {
      CHECK(contains(as_labels.message(), "train_labels"));
    }
  }
  CHECK(accepted > 0);  // some damage hits pixels only
}

TEST_CASE("idx: a data set that no memory is there for is refused before a byte of it is kept") {
  const Bytes bytes = image_file(3000, 28, 28, 2352000);
  {
    const descent::testing::MemoryLimit limit(2351999);
    CHECK(images_error(bytes) ==
          "train_images has 3000 images of 28x28, 2 MB; the browser gives the page no memory for as much");
    CHECK(images_error(Bytes(bytes.begin(), bytes.begin() + 16)) == images_error(bytes));
  }
  CHECK(images_error(bytes) == "no error");
}

TEST_CASE("idx: every cut of a good file is noticed") {
  const Bytes images = image_file(2, 3, 4, 24);
  for (std::size_t size = 0; size < images.size(); ++size) {
    CHECK_FALSE(read_idx(std::span(images).first(size), "x", IdxKind::images).ok());
  }
}

}  // namespace
