// SPDX-License-Identifier: MIT
// Safetensors, the format of saved weights (github.com/huggingface/safetensors, README "Format"): 8 bytes little-endian
// length n, n bytes of JSON {"name": {"dtype", "shape", "data_offsets"}, "__metadata__": {text: text}}, then the
// tensors' bytes, little-endian, row-major, without gaps. The header is padded with spaces so that data begins on 8
// bytes. Bytes come from visitors: everything is checked before it is used, nothing large is allocated on a header's
// word, and each error names the tensor and the limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace descent::io {

// Whole bytes only: the format's types of 4 and 6 bits are refused.
enum class DType : std::uint8_t {
  f64,
  f32,
  f16,   // IEEE 754 binary16
  bf16,  // the upper half of a binary32
  f8_e4m3,
  f8_e5m2,
  c64,
  i64,
  i32,
  i16,
  i8,
  u64,
  u32,
  u16,
  u8,
  boolean
};
[[nodiscard]] std::string_view to_string(DType dtype);  // "F32", as in the file
[[nodiscard]] std::size_t element_bytes(DType dtype);
// Can its elements be read as floats, by read_floats()?
[[nodiscard]] bool is_weight_type(DType dtype);
[[nodiscard]] std::span<const DType> all_dtypes();

// A named tensor whose bytes lie elsewhere, at any alignment.
struct TensorView {
  std::string name;
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;  // empty: a scalar
  std::span<const std::uint8_t> bytes;

  [[nodiscard]] std::size_t size() const { return bytes.size() / element_bytes(dtype); }  // elements
};

// Views of values that must outlive them. Contract: the shape's product is the number of values.
[[nodiscard]] TensorView tensor_view(std::string name, std::vector<std::int64_t> shape, std::span<const float> values);
[[nodiscard]] TensorView tensor_view(std::string name, std::vector<std::int64_t> shape, std::span<const double> values);
[[nodiscard]] TensorView tensor_view(std::string name, std::vector<std::int64_t> shape,
                                     std::span<const std::int64_t> values);

// Copies the elements out. Contract: same dtype, out.size() == tensor.size().
void copy_values(const TensorView& tensor, std::span<float> out);
void copy_values(const TensorView& tensor, std::span<double> out);
void copy_values(const TensorView& tensor, std::span<std::int64_t> out);

// The elements as floats: F16 and BF16 exactly, F64 rounded; an error where one is too large for 32 bits. Contract: a
// weight type, out.size() == tensor.size().
[[nodiscard]] core::Status read_floats(const TensorView& tensor, std::span<float> out);

// Index of the first NaN or infinity, if any; what is no weight type has none.
[[nodiscard]] std::optional<std::size_t> first_non_finite(const TensorView& tensor);
// The format allows NaN, weights do not: "tensor '0.weight' has NaN at element 17; weights must be finite".
[[nodiscard]] core::Status check_finite(const TensorView& tensor);

using Metadata = std::map<std::string, std::string, std::less<>>;

struct Safetensors {
  std::vector<TensorView> tensors;  // in the order of their bytes
  Metadata metadata;

  [[nodiscard]] const TensorView* find(std::string_view name) const;
};

inline constexpr std::uint64_t kMaxSafetensorsHeader = 100000000;  // bytes, the limit of the format's own reader
inline constexpr std::size_t kMaxTensors = 10000;

// Tensors of wider elements come first, so that each one is aligned. Contract: names differ, none is "__metadata__".
[[nodiscard]] std::vector<std::uint8_t> write_safetensors(std::span<const TensorView> tensors,
                                                          const Metadata& metadata);

// The tensors are views into `bytes`. `what` names the file in messages ("weights.safetensors").
[[nodiscard]] core::Result<Safetensors> read_safetensors(std::span<const std::uint8_t> bytes, std::string_view what);

}  // namespace descent::io
