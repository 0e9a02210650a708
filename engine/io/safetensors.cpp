// SPDX-License-Identifier: MIT
// Tensor views and the writer of safetensors, see safetensors.h; the reader is in safetensors_reader.cpp.
#include "engine/io/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/io/json.h"

namespace descent::io {

static_assert(std::endian::native == std::endian::little, "tensors are copied as they lie in memory");

namespace {

using core::Error;
using core::Status;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kDataAlignment = 8;
constexpr std::string_view kMetadataName = "__metadata__";

template <class T>
TensorView view_of(DType dtype, std::string name, std::vector<std::int64_t> shape, std::span<const T> values) {
  DESCENT_ASSERT(std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()) ==
                 static_cast<std::int64_t>(values.size()));
  return {std::move(name),
          dtype,
          std::move(shape),
          {reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()}};
}

template <class T>
void copy_as(DType dtype, const TensorView& tensor, std::span<T> out) {
  DESCENT_ASSERT(tensor.dtype == dtype && out.size_bytes() == tensor.bytes.size());
  if (!out.empty()) std::memcpy(out.data(), tensor.bytes.data(), tensor.bytes.size());
}

template <class T>
T element(const TensorView& tensor, std::size_t i) {
  T value;
  std::memcpy(&value, tensor.bytes.data() + i * sizeof(T), sizeof(T));
  return value;
}

struct TypeInfo {
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<TypeInfo, 16> kTypeInfos{{{"F64", 8},
                                               {"F32", 4},
                                               {"F16", 2},
                                               {"BF16", 2},
                                               {"F8_E4M3", 1},
                                               {"F8_E5M2", 1},
                                               {"C64", 8},
                                               {"I64", 8},
                                               {"I32", 4},
                                               {"I16", 2},
                                               {"I8", 1},
                                               {"U64", 8},
                                               {"U32", 4},
                                               {"U16", 2},
                                               {"U8", 1},
                                               {"BOOL", 1}}};

constexpr std::array<DType, kTypeInfos.size()> kTypes = [] {
  std::array<DType, kTypeInfos.size()> types{};
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = static_cast<DType>(i);
  return types;
}();

const TypeInfo& info_of(DType dtype) {
  return kTypeInfos[static_cast<std::size_t>(dtype)];
}

// The value of a binary16 number (IEEE 754, section 3.4: 1 bit sign, 5 bits exponent, 10 bits fraction); float has all
// of these values.
float from_half(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t{half} >> 15 << 31;
  const std::uint32_t exponent = half >> 10 & 31;
  const std::uint32_t fraction = half & 1023;
  if (exponent == 0) {
    const float value = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0 ? -value : value;
  }
  const std::uint32_t wide = exponent == 31 ? 255 : exponent + (127 - 15);
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

double value_at(const TensorView& tensor, std::size_t i) {
  switch (tensor.dtype) {
    case DType::f64:
      return element<double>(tensor, i);
    case DType::f32:
      return static_cast<double>(element<float>(tensor, i));
    case DType::f16:
      return static_cast<double>(from_half(element<std::uint16_t>(tensor, i)));
    default:
      DESCENT_ASSERT(tensor.dtype == DType::bf16);
      return static_cast<double>(std::bit_cast<float>(std::uint32_t{element<std::uint16_t>(tensor, i)} << 16));
  }
}

}  // namespace

std::string_view to_string(DType dtype) {
  return info_of(dtype).name;
}

std::size_t element_bytes(DType dtype) {
  return info_of(dtype).bytes;
}

bool is_weight_type(DType dtype) {
  return dtype == DType::f64 || dtype == DType::f32 || dtype == DType::f16 || dtype == DType::bf16;
}

std::span<const DType> all_dtypes() {
  return kTypes;
}

TensorView tensor_view(std::string name, std::vector<std::int64_t> shape, std::span<const float> values) {
  return view_of(DType::f32, std::move(name), std::move(shape), values);
}

TensorView tensor_view(std::string name, std::vector<std::int64_t> shape, std::span<const double> values) {
  return view_of(DType::f64, std::move(name), std::move(shape), values);
}

TensorView tensor_view(std::string name, std::vector<std::int64_t> shape, std::span<const std::int64_t> values) {
  return view_of(DType::i64, std::move(name), std::move(shape), values);
}

void copy_values(const TensorView& tensor, std::span<float> out) {
  copy_as(DType::f32, tensor, out);
}
void copy_values(const TensorView& tensor, std::span<double> out) {
  copy_as(DType::f64, tensor, out);
}
void copy_values(const TensorView& tensor, std::span<std::int64_t> out) {
  copy_as(DType::i64, tensor, out);
}

Status read_floats(const TensorView& tensor, std::span<float> out) {
  DESCENT_ASSERT(is_weight_type(tensor.dtype) && out.size() == tensor.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double value = value_at(tensor, i);
    if (std::isfinite(value) && std::abs(value) > static_cast<double>(std::numeric_limits<float>::max()))
      return Error{core::fill("tensor '{}' has a value at element {} that is too large for 32 bits", tensor.name, i)};
    out[i] = static_cast<float>(value);
  }
  return {};
}

std::optional<std::size_t> first_non_finite(const TensorView& tensor) {
  if (!is_weight_type(tensor.dtype)) return std::nullopt;
  for (std::size_t i = 0; i < tensor.size(); ++i)
    if (!std::isfinite(value_at(tensor, i))) return i;
  return std::nullopt;
}

Status check_finite(const TensorView& tensor) {
  const std::optional<std::size_t> at = first_non_finite(tensor);
  if (!at) return {};
  const double value = value_at(tensor, *at);
  const std::string kind = std::isnan(value) ? "NaN" : (value > 0 ? "Infinity" : "-Infinity");
  return Error{core::fill("tensor '{}' has {} at element {}; weights must be finite", tensor.name, kind, *at)};
}

const TensorView* Safetensors::find(std::string_view name) const {
  const auto found = std::find_if(tensors.begin(), tensors.end(), [&](const TensorView& t) { return t.name == name; });
  return found == tensors.end() ? nullptr : &*found;
}

// --- writing ---------------------------------------------------------------------------------------------------------

namespace {

JsonValue describe(const TensorView& tensor, std::size_t begin) {
  JsonValue shape = JsonValue::array();
  for (const std::int64_t extent : tensor.shape) shape.push_back(extent);
  JsonValue offsets = JsonValue::array();
  offsets.push_back(begin).push_back(begin + tensor.bytes.size());
  return JsonValue::object({{"dtype", to_string(tensor.dtype)}, {"shape", shape}, {"data_offsets", offsets}});
}

std::string header_text(std::span<const TensorView* const> order, const Metadata& metadata) {
  JsonValue header = JsonValue::object();
  if (!metadata.empty()) {
    JsonValue texts = JsonValue::object();
    for (const auto& [name, text] : metadata) texts.append(name, text);
    header.append(std::string(kMetadataName), std::move(texts));
  }
  std::size_t begin = 0;
  for (const TensorView* tensor : order) {
    DESCENT_ASSERT(tensor->name != kMetadataName);
    header.append(tensor->name, describe(*tensor, begin));
    begin += tensor->bytes.size();
  }
  std::string text = write_json(header);
  while ((kLengthBytes + text.size()) % kDataAlignment != 0) text += ' ';
  return text;
}

}  // namespace

std::vector<std::uint8_t> write_safetensors(std::span<const TensorView> tensors, const Metadata& metadata) {
  std::vector<const TensorView*> order;
  std::size_t data_bytes = 0;
  for (const TensorView& tensor : tensors) {
    order.push_back(&tensor);
    data_bytes += tensor.bytes.size();
  }
  std::stable_sort(order.begin(), order.end(), [](const TensorView* a, const TensorView* b) {
    return element_bytes(a->dtype) > element_bytes(b->dtype);
  });
  const std::string header = header_text(order, metadata);
  std::vector<std::uint8_t> out;
  out.reserve(kLengthBytes + header.size() + data_bytes);
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    out.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i)));
  }
  out.insert(out.end(), header.begin(), header.end());
  for (const TensorView* tensor : order) out.insert(out.end(), tensor->bytes.begin(), tensor->bytes.end());
  return out;
}

}  // namespace descent::io
