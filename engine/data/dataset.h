// SPDX-License-Identifier: MIT
// Dataset: labelled 8-bit grey images in one block, and DataSplit: a training and a test set under one name. The name
// says what the images are; only the MNIST files themselves are ever called MNIST. Inside, classes count from 0; what
// the files call them stands in the split.
// Promise: a Dataset made by this module has size() * height * width image bytes and every label below `classes`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace descent::data {

inline constexpr int kDigitSize = 28;  // height and width of a digit image
inline constexpr int kDigitClasses = 10;

struct Dataset {
  std::string name;
  int height = kDigitSize;
  int width = kDigitSize;
  int classes = kDigitClasses;
  std::vector<std::uint8_t> images;   // (size, height, width), 0 = background … 255 = ink
  std::vector<std::uint16_t> labels;  // (size), classes

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(labels.size()); }
  [[nodiscard]] std::size_t image_size() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }
  // Image i: (height, width).
  [[nodiscard]] std::span<const std::uint8_t> image(std::int64_t i) const;
};

struct DataSplit {
  std::string name;
  std::string catalog_name;  // DatasetInfo::name of the catalog's set that this is; empty of any other
  Dataset train;
  Dataset test;
  std::vector<std::int32_t> class_labels;  // (classes), ascending: what the files call class 0, 1, …
};

// Layout says which way round the images lie in the files: EMNIST's have rows and columns swapped.
enum class Layout : std::uint8_t { upright, transposed };

// pixels / 255. pixels, out: same length.
void to_floats(std::span<const std::uint8_t> pixels, std::span<float> out);

// And back, to the nearest. values: 0 … 1.
[[nodiscard]] std::vector<std::uint8_t> to_bytes(std::span<const float> values);

// Image i as the network takes it: (height, width) in 0 … 1. Transposed images are square, a contract.
void read_image(const Dataset& dataset, Layout layout, std::int64_t i, std::span<float> out);

// The images and labels at `indices`, in that order. images: (n, height, width) in 0 … 1; labels: (n).
void gather(const Dataset& dataset, Layout layout, std::span<const std::uint32_t> indices, std::span<float> images,
            std::span<std::uint16_t> labels);

}  // namespace descent::data
