// SPDX-License-Identifier: MIT
// The IDX reader, see idx.h. Sizes are multiplied in 64 bits after the sides have been limited to 256, so that a header
// of 2^32 images cannot overflow; the product must equal the number of bytes that are really there.
#include "engine/data/idx.h"

#include <array>
#include <cstddef>
#include <utility>

#include "engine/core/number_text.h"
#include "engine/data/sha256.h"

namespace descent::data {

namespace {

using core::Error;
using core::Result;
using core::Status;
using Bytes = std::span<const std::uint8_t>;

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string hex32(std::uint32_t value) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[value >> shift & 15];
  return text;
}

std::uint32_t big_endian(Bytes bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | bytes[at + i];
  return value;
}

// Enough bytes for the header, no gzip, the right magic number.
Status check_start(Bytes bytes, std::string_view role, std::uint32_t magic, std::size_t header, std::string_view kind) {
  const std::string name(role);
  if (bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b) {
    return Error{name + " is gzip-compressed (it begins with 1f 8b); it has to be unpacked first"};
  }
  const std::uint32_t found = bytes.size() < 4 ? magic : big_endian(bytes, 0);
  if (found != magic) {
    std::string hint;
    if (found == kIdxImagesMagic) hint = " (these are images)";
    if (found == kIdxLabelsMagic) hint = " (these are labels)";
    return Error{name + " begins with the magic number " + hex32(found) + hint + "; an IDX file of " +
                 std::string(kind) + " begins with " + hex32(magic)};
  }
  if (bytes.size() >= header) return {};
  return Error{name + " has " + core::counted(bytes.size(), "byte") + "; an IDX file of " + std::string(kind) +
               " begins with a header of " + number(header) + " bytes"};
}

// The bytes behind the header are exactly those that the header announces.
Status check_length(Bytes bytes, std::string_view role, std::size_t header, std::uint64_t announced,
                    const std::string& contents) {
  const std::uint64_t present = bytes.size() - header;
  if (present == announced) return {};
  const std::string counts = std::string(role) + " announces " + contents + ", " + core::counted(announced, "byte") +
                             ", but has " + number(present) + " after its header; ";
  if (present < announced) return Error{counts + "it was cut short"};
  return Error{counts + "there must be nothing behind"};
}

}  // namespace

Result<IdxImages> read_idx_images(Bytes bytes, std::string_view role) {
  constexpr std::size_t kHeader = 16;
  if (Status start = check_start(bytes, role, kIdxImagesMagic, kHeader, "images"); !start) return start.error();
  const std::uint64_t count = big_endian(bytes, 4);
  const std::uint64_t height = big_endian(bytes, 8);
  const std::uint64_t width = big_endian(bytes, 12);
  const std::string shape = number(height) + "x" + number(width);
  if (height < 1 || height > kMaxImageSide || width < 1 || width > kMaxImageSide) {
    return Error{std::string(role) + " has images of " + shape + "; height and width must be between 1 and " +
                 number(kMaxImageSide)};
  }
  if (count == 0) return Error{std::string(role) + " has no images; at least one is needed"};
  const std::string contents = core::counted(count, "image") + " of " + shape;
  if (Status length = check_length(bytes, role, kHeader, count * height * width, contents); !length) {
    return length.error();
  }
  return IdxImages{static_cast<std::int64_t>(count), static_cast<int>(height), static_cast<int>(width),
                   bytes.subspan(kHeader)};
}

Result<Bytes> read_idx_labels(Bytes bytes, std::string_view role, int classes) {
  constexpr std::size_t kHeader = 8;
  if (Status start = check_start(bytes, role, kIdxLabelsMagic, kHeader, "labels"); !start) return start.error();
  const std::uint64_t count = big_endian(bytes, 4);
  if (count == 0) return Error{std::string(role) + " has no labels; at least one is needed"};
  if (Status length = check_length(bytes, role, kHeader, count, core::counted(count, "label")); !length) {
    return length.error();
  }
  const Bytes labels = bytes.subspan(kHeader);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < classes) continue;
    return Error{std::string(role) + ": label " + number(i) + " is " + number(labels[i]) +
                 "; labels must be between 0 and " + std::to_string(classes - 1)};
  }
  return labels;
}

namespace {

struct DigitViews {
  IdxImages images;
  Bytes labels;
};

Result<DigitViews> read_pair(Bytes images, Bytes labels, const std::string& part) {
  const std::string images_role = part + "_images";
  const std::string labels_role = part + "_labels";
  Result<IdxImages> read_images = read_idx_images(images, images_role);
  if (!read_images) return read_images.error();
  if (read_images->height != kDigitSize || read_images->width != kDigitSize) {
    return Error{images_role + " has images of " + std::to_string(read_images->height) + "x" +
                 std::to_string(read_images->width) + "; the network takes 28x28"};
  }
  Result<Bytes> read_labels = read_idx_labels(labels, labels_role, kDigitClasses);
  if (!read_labels) return read_labels.error();
  if (static_cast<std::size_t>(read_images->count) != read_labels->size()) {
    return Error{images_role + " has " + core::counted(static_cast<std::uint64_t>(read_images->count), "image") +
                 " but " + labels_role + " has " + core::counted(read_labels->size(), "label") +
                 "; there must be one label for each image"};
  }
  return DigitViews{*read_images, *read_labels};
}

Dataset copy(const DigitViews& views, const std::string& name) {
  Dataset dataset;
  dataset.name = name;
  dataset.images.assign(views.images.pixels.begin(), views.images.pixels.end());
  dataset.labels.assign(views.labels.begin(), views.labels.end());
  return dataset;
}

// SHA-256 of the four unpacked MNIST files, in the order of DigitFiles.
constexpr std::array<std::string_view, 4> kMnistDigests = {
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

// The small files first: most sets that are not MNIST are told apart without hashing 47 MB.
bool is_mnist(const DigitFiles& files) {
  return sha256_hex(files.test_labels) == kMnistDigests[3] && sha256_hex(files.train_labels) == kMnistDigests[1] &&
         sha256_hex(files.test_images) == kMnistDigests[2] && sha256_hex(files.train_images) == kMnistDigests[0];
}

}  // namespace

Result<DataSplit> read_digit_files(const DigitFiles& files, std::string_view other_name) {
  Result<DigitViews> train = read_pair(files.train_images, files.train_labels, "train");
  if (!train) return train.error();
  Result<DigitViews> test = read_pair(files.test_images, files.test_labels, "test");
  if (!test) return test.error();
  const std::string name = is_mnist(files) ? "MNIST" : std::string(other_name);
  return DataSplit{name, copy(*train, name), copy(*test, name)};
}

}  // namespace descent::data
