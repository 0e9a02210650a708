// SPDX-License-Identifier: MIT
// Access to a Dataset's images: bytes to floats in 0 … 1 (division by 255 as the reference does, rounded once), and the
// gathering of a batch. No allocation.
#include "engine/data/dataset.h"

#include <algorithm>
#include <array>

#include "engine/core/check.h"

namespace descent::data {

namespace {

constexpr std::array<float, 256> kByteToUnit = [] {
  std::array<float, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<float>(i) / 255.0F;
  return table;
}();

}  // namespace

std::span<const std::uint8_t> Dataset::image(std::int64_t i) const {
  DESCENT_ASSERT(i >= 0 && i < size());
  return std::span(images).subspan(static_cast<std::size_t>(i) * image_size(), image_size());
}

void to_floats(std::span<const std::uint8_t> pixels, std::span<float> out) {
  DESCENT_ASSERT(pixels.size() == out.size());
  std::transform(pixels.begin(), pixels.end(), out.begin(), [](std::uint8_t pixel) { return kByteToUnit[pixel]; });
}

std::vector<std::uint8_t> to_bytes(std::span<const float> values) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(values.size());
  for (const float value : values) pixels.push_back(static_cast<std::uint8_t>(255 * value + 0.5F));
  return pixels;
}

void read_image(const Dataset& dataset, Layout layout, std::int64_t i, std::span<float> out) {
  const std::span<const std::uint8_t> pixels = dataset.image(i);
  DESCENT_ASSERT(pixels.size() == out.size());
  if (layout == Layout::upright) return to_floats(pixels, out);
  DESCENT_ASSERT(dataset.height == dataset.width);
  const auto side = static_cast<std::size_t>(dataset.width);
  for (std::size_t y = 0; y < side; ++y)
    for (std::size_t x = 0; x < side; ++x) out[y * side + x] = kByteToUnit[pixels[x * side + y]];
}

void gather(const Dataset& dataset, Layout layout, std::span<const std::uint32_t> indices, std::span<float> images,
            std::span<std::uint16_t> labels) {
  const std::size_t pixels = dataset.image_size();
  DESCENT_ASSERT(images.size() == indices.size() * pixels);
  DESCENT_ASSERT(labels.size() == indices.size());
  for (std::size_t i = 0; i < indices.size(); ++i) {
    read_image(dataset, layout, indices[i], images.subspan(i * pixels, pixels));
    labels[i] = dataset.labels[indices[i]];
  }
}

}  // namespace descent::data
