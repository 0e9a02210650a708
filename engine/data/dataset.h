// SPDX-License-Identifier: MIT
// Dataset: labelled 8-bit grey images in one block, and DataSplit: a training and a test set under one name. The name
// says what the images are; only the MNIST files themselves are ever called MNIST.
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
  std::vector<std::uint8_t> images;  // (size, height, width), 0 = background … 255 = ink
  std::vector<std::uint8_t> labels;  // (size)

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(labels.size()); }
  [[nodiscard]] std::size_t image_size() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }
  // Image i: (height, width).
  [[nodiscard]] std::span<const std::uint8_t> image(std::int64_t i) const;
};

struct DataSplit {
  std::string name;
  Dataset train;
  Dataset test;
};

// pixels / 255. pixels, out: same length.
void to_floats(std::span<const std::uint8_t> pixels, std::span<float> out);

// The images and labels at `indices`, in that order. images: (n, height, width) in 0 … 1; labels: (n).
void gather(const Dataset& dataset, std::span<const std::uint32_t> indices, std::span<float> images,
            std::span<std::uint8_t> labels);

}  // namespace descent::data
