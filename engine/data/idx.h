// SPDX-License-Identifier: MIT
// IDX, the format of the MNIST files: a big-endian header (magic number: two zeros, the type of the values, the number
// of dimensions; one 32-bit length for each dimension), then the values, nothing behind. Format: LeCun, Cortes, Burges,
// "The MNIST database of handwritten digits", yann.lecun.com. Images are three dimensions of unsigned bytes. Labels are
// one dimension of whole numbers of any type, or QMNIST's two: eight 32-bit numbers for each image, the first of them
// its label (github.com/facebookresearch/qmnist). Files come from visitors, piece by piece: the header is checked
// before anything large is allocated, and each error is a sentence that names the file's role (`train_images`, …), what
// was found and what is allowed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace descent::data {

inline constexpr std::uint32_t kIdxImagesMagic = 0x00000803;
inline constexpr std::uint32_t kIdxLabelsMagic = 0x00000801;
inline constexpr std::uint32_t kQmnistLabelsMagic = 0x00000c02;
inline constexpr int kMaxImageSide = 256;
// The largest file that is read, in bytes of values, however it comes: EMNIST's largest part, 697,932 images of 28x28,
// is 547 MB.
inline constexpr std::uint64_t kMaxIdxBytes = 600'000'000;

enum class IdxKind { images, labels };

// A whole file, its header checked for its kind.
struct IdxFile {
  std::string role;  // names the file in messages
  std::vector<std::uint8_t> header;
  std::vector<std::int64_t> extents;  // images: (count, height, width); labels: (count) or (count, 8)
  std::vector<std::uint8_t> values;   // as they lie in the file

  [[nodiscard]] std::int64_t count() const { return extents.empty() ? 0 : extents[0]; }
};

class IdxReader {
 public:
  IdxReader(std::string role, IdxKind kind);

  [[nodiscard]] core::Status feed(std::span<const std::uint8_t> piece);
  // finish() comes after the last piece: an error when bytes are missing, or were too many.
  [[nodiscard]] core::Status finish() const;
  // take() hands over what was read; the reader is spent.
  [[nodiscard]] IdxFile take();

 private:
  [[nodiscard]] core::Status check_magic(std::span<const std::uint8_t> head) const;
  [[nodiscard]] core::Status take_extents();
  [[nodiscard]] core::Status check_extents() const;
  [[nodiscard]] core::Status make_room();
  [[nodiscard]] std::string contents() const;
  [[nodiscard]] std::size_t header_size() const;

  IdxKind kind_;
  IdxFile file_;
  std::uint64_t announced_ = 0;  // bytes of values
  std::uint64_t too_many_ = 0;   // bytes behind them
};

// All of it at once.
[[nodiscard]] core::Result<IdxFile> read_idx(std::span<const std::uint8_t> bytes, std::string_view role, IdxKind kind);

// The labels as numbers: (count). A contract: the file is one of labels.
[[nodiscard]] std::vector<std::int32_t> label_values(const IdxFile& file);

}  // namespace descent::data
