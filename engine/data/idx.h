// SPDX-License-Identifier: MIT
// IDX, the format of the MNIST files: a big-endian header (magic number, one 32-bit length for each dimension), then
// the bytes, nothing behind. Format: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", yann.lecun.com.
// Bytes come from visitors: every header is checked before anything is allocated, and each error is a sentence that
// names the file's role (`train_images`, …), what was found and what is allowed. Gzip is recognised, not unpacked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/data/dataset.h"

namespace descent::data {

inline constexpr std::uint32_t kIdxImagesMagic = 0x00000803;
inline constexpr std::uint32_t kIdxLabelsMagic = 0x00000801;
inline constexpr int kMaxImageSide = 256;

// A view into the caller's bytes.
struct IdxImages {
  std::int64_t count = 0;
  int height = 0;
  int width = 0;
  std::span<const std::uint8_t> pixels;  // (count, height, width)
};

// `role` names the file in messages. At least one image, height and width 1 … kMaxImageSide.
[[nodiscard]] core::Result<IdxImages> read_idx_images(std::span<const std::uint8_t> bytes, std::string_view role);

// At least one label, all below `classes`. The result is a view into `bytes`.
[[nodiscard]] core::Result<std::span<const std::uint8_t>> read_idx_labels(std::span<const std::uint8_t> bytes,
                                                                          std::string_view role, int classes);

// The four files of a digit set, each a whole IDX file.
struct DigitFiles {
  std::span<const std::uint8_t> train_images;
  std::span<const std::uint8_t> train_labels;
  std::span<const std::uint8_t> test_images;
  std::span<const std::uint8_t> test_labels;
};

// Images of 28x28, labels 0 … 9, as many labels as images. The name is "MNIST" when the four files are byte for byte
// those of MNIST (by SHA-256), else `other_name`.
[[nodiscard]] core::Result<DataSplit> read_digit_files(const DigitFiles& files, std::string_view other_name);

}  // namespace descent::data
