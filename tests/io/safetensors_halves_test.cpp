// SPDX-License-Identifier: MIT
// Numbers of 16 bits in safetensors: F16 (IEEE 754 binary16) and BF16 (the upper half of a binary32), against values
// that the standard gives, and every one of the 65,536 patterns.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "engine/io/safetensors.h"
#include "tests/support/bytes.h"

namespace {

using namespace descent::io;
using descent::test::Bytes;

// A file with one tensor of these elements, 2 bytes each.
Bytes halves(const std::string& dtype, const std::vector<std::uint16_t>& elements) {
  const std::string header = R"({"w":{"dtype":")" + dtype + R"(","shape":[)" + std::to_string(elements.size()) +
                             R"(],"data_offsets":[0,)" + std::to_string(2 * elements.size()) + "]}}";
  Bytes bytes;
  descent::test::append_little_endian(bytes, header.size(), 8);
  bytes.insert(bytes.end(), header.begin(), header.end());
  for (const std::uint16_t element : elements) descent::test::append_little_endian(bytes, element, 2);
  return bytes;
}

std::vector<float> floats_of(const Bytes& bytes) {
  const auto file = read_safetensors(bytes, "the file");
  REQUIRE(file.ok());
  std::vector<float> values(file->tensors[0].size());
  REQUIRE(read_floats(file->tensors[0], values).ok());
  return values;
}

TEST_CASE("safetensors: F16 and BF16 are read exactly") {
  // IEEE 754-2019, table 3.5 and section 3.4: least, largest subnormal, least normal, 1/3 rounded, largest, minus zero.
  const std::vector<float> half = floats_of(
      halves("F16", {0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x7bff, 0x8000, 0x8001, 0x0000, 0x4248}));
  CHECK(half == std::vector<float>{1.0F, -2.0F, 0x1p-24F, 0x1.ff8p-15F, 0x1p-14F, 0.333251953125F, 65504.0F, -0.0F,
                                   -0x1p-24F, 0.0F, 3.140625F});
  CHECK(std::signbit(half[7]));
  const std::vector<float> brain = floats_of(halves("BF16", {0x3f80, 0xc000, 0x4049, 0x0001, 0x7f7f, 0x8000, 0x3eab}));
  CHECK(brain == std::vector<float>{1.0F, -2.0F, 3.140625F, 0x1p-133F, 0x1.fep+127F, -0.0F, 0.333984375F});
}

// F16 by the standard's own formula: (-1)^s 2^(e − 15) (1 + f/1024), or 2^-14 f/1024 where e is 0.
float half_by_formula(unsigned bits) {
  const int exponent = static_cast<int>(bits >> 10 & 31);
  const double fraction = static_cast<double>(bits & 1023) / 1024;
  const double size = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
  return static_cast<float>((bits & 0x8000U) != 0 ? -size : size);
}

TEST_CASE("safetensors: every number of 16 bits is finite or said not to be") {
  std::vector<std::uint16_t> all(65536);
  std::iota(all.begin(), all.end(), std::uint16_t{0});
  for (const bool half : {true, false}) {
    const Bytes bytes = halves(half ? "F16" : "BF16", all);
    const auto file = read_safetensors(bytes, "the file");
    REQUIRE(file.ok());
    const std::vector<float> values = floats_of(bytes);
    for (unsigned bits = 0; bits < 65536; ++bits) {
      const TensorView one{"w", half ? DType::f16 : DType::bf16, {1}, file->tensors[0].bytes.subspan(2 * bits, 2)};
      const bool finite = half ? (bits >> 10 & 31) != 31 : (bits >> 7 & 255) != 255;
      REQUIRE(check_finite(one).ok() == finite);
      REQUIRE(std::isfinite(values[bits]) == finite);
      if (half && finite) REQUIRE(values[bits] == half_by_formula(bits));
    }
  }
  const Bytes infinite = halves("F16", {0x3c00, 0xfc00});
  CHECK(check_finite(read_safetensors(infinite, "the file")->tensors[0]).message() ==
        "tensor 'w' has -Infinity at element 1; weights must be finite");
}

}  // namespace
