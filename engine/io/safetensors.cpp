// SPDX-License-Identifier: MIT
// Tensor views and the writer of safetensors, see safetensors.h; the reader is in safetensors_reader.cpp.
#include "engine/io/safetensors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include "engine/core/check.h"
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

template <class T>
std::optional<std::size_t> find_non_finite(const TensorView& tensor) {
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    if (!std::isfinite(element<T>(tensor, i))) return i;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(DType dtype) {
  switch (dtype) {
    case DType::f32:
      return "F32";
    case DType::f64:
      return "F64";
    case DType::i64:
      break;
  }
  return "I64";
}

std::size_t element_bytes(DType dtype) {
  return dtype == DType::f32 ? 4 : 8;
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

std::optional<std::size_t> first_non_finite(const TensorView& tensor) {
  if (tensor.dtype == DType::f32) return find_non_finite<float>(tensor);
  if (tensor.dtype == DType::f64) return find_non_finite<double>(tensor);
  return std::nullopt;
}

Status check_finite(const TensorView& tensor) {
  const std::optional<std::size_t> at = first_non_finite(tensor);
  if (!at) return {};
  const double value =
      tensor.dtype == DType::f32 ? static_cast<double>(element<float>(tensor, *at)) : element<double>(tensor, *at);
  const std::string kind = std::isnan(value) ? "NaN" : (value > 0 ? "Infinity" : "-Infinity");
  return Error{"tensor '" + tensor.name + "' has " + kind + " at element " + std::to_string(*at) +
               "; weights must be finite"};
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
