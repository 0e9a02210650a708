// SPDX-License-Identifier: MIT
// Safetensors: what is written is what the format says, byte by byte, by a reader of its own that shares no code; what
// is written is read back; every lie a header can tell is refused with a sentence; random damage never does more.
#include "engine/io/safetensors.h"

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <limits>
#include <string>

#include "tests/support/bytes.h"

namespace {

using namespace descent::io;
using descent::test::Bytes;
using descent::test::contains;

// A file with this header text (not padded) and this many bytes of data.
Bytes file_with(const std::string& header, std::size_t data_bytes) {
  Bytes bytes;
  descent::test::append_little_endian(bytes, header.size(), 8);
  bytes.insert(bytes.end(), header.begin(), header.end());
  for (std::size_t i = 0; i < data_bytes; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  return bytes;
}

std::string error_of(const Bytes& bytes) {
  const auto result = read_safetensors(bytes, "the file");
  return result ? "no error" : result.message();
}

std::string error_of(const std::string& header, std::size_t data_bytes) {
  return error_of(file_with(header, data_bytes));
}

const std::vector<float> kWeights = {1.5F, -2.0F, 3.25F, 0.0F, 1e-30F, 7.0F};
const std::vector<double> kMoments = {0.1, -1e300};
const std::vector<std::int64_t> kSteps = {-5};

Bytes sample() {
  const std::vector<TensorView> tensors = {tensor_view("0.weight", {2, 3}, kWeights),
                                           tensor_view("optimizer.m", {2}, kMoments),
                                           tensor_view("optimizer.step", {}, kSteps)};
  return write_safetensors(tensors, {{"loss", "0.25"}, {"note", "\"quoted\"\n"}});
}

TEST_CASE("safetensors: the bytes are those that the format prescribes") {
  const std::vector<float> two = {1.0F, -2.0F};
  const std::vector<TensorView> tensors = {tensor_view("b", {1, 2}, two)};
  const Bytes bytes = write_safetensors(tensors, {});
  const std::string header = R"({"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})";
  Bytes expected;
  const std::size_t padded = (header.size() + 7) / 8 * 8;
  descent::test::append_little_endian(expected, padded, 8);
  expected.insert(expected.end(), header.begin(), header.end());
  expected.resize(8 + padded, ' ');
  descent::test::append_little_endian(expected, 0x3f800000U, 4);
  descent::test::append_little_endian(expected, 0xc0000000U, 4);
  CHECK(bytes == expected);
}

TEST_CASE("safetensors: data begins on 8 bytes and each tensor on its own size") {
  const Bytes bytes = sample();
  const auto file = read_safetensors(bytes, "the file");
  REQUIRE(file.ok());
  const auto offset = [&](const char* name) {
    return static_cast<std::size_t>(file->find(name)->bytes.data() - bytes.data());
  };
  CHECK(offset("optimizer.m") % 8 == 0);
  CHECK(offset("optimizer.step") % 8 == 0);
  CHECK(offset("0.weight") % 4 == 0);
  CHECK(file->tensors.front().name == "optimizer.m");  // wider elements first
  CHECK(file->tensors.back().name == "0.weight");
}

TEST_CASE("safetensors: what was written is read back, from any alignment") {
  const Bytes bytes = sample();
  Bytes shifted(bytes.size() + 1);
  std::copy(bytes.begin(), bytes.end(), shifted.begin() + 1);
  for (const std::span<const std::uint8_t> source :
       {std::span<const std::uint8_t>(bytes), std::span<const std::uint8_t>(shifted).subspan(1)}) {
    const auto file = read_safetensors(source, "the file");
    REQUIRE(file.ok());
    REQUIRE(file->tensors.size() == 3);
    CHECK(file->metadata == Metadata{{"loss", "0.25"}, {"note", "\"quoted\"\n"}});
    std::vector<float> weights(6);
    std::vector<double> moments(2);
    std::vector<std::int64_t> steps(1);
    copy_values(*file->find("0.weight"), weights);
    copy_values(*file->find("optimizer.m"), moments);
    copy_values(*file->find("optimizer.step"), steps);
    CHECK(file->find("0.weight")->shape == std::vector<std::int64_t>{2, 3});
    CHECK(file->find("optimizer.step")->shape.empty());
    CHECK(weights == kWeights);
    CHECK(moments == kMoments);
    CHECK(steps == kSteps);
    CHECK(file->find("1.weight") == nullptr);
  }
}

TEST_CASE("safetensors: files without tensors, empty tensors, foreign order and spaces are fine") {
  CHECK(error_of("{}", 0) == "no error");
  CHECK(error_of("{}     ", 0) == "no error");
  CHECK(write_safetensors({}, {}) == file_with("{}      ", 0));
  const Bytes bytes = file_with(R"({"b":{"data_offsets":[4,8],"dtype":"F32","shape":[1]},
    "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"none":{"dtype":"F64","shape":[3,0],"data_offsets":[4,4]}})",
                                8);
  const auto file = read_safetensors(bytes, "the file");
  REQUIRE(file.ok());
  CHECK(file->tensors[0].name == "a");
  CHECK(file->tensors[1].name == "none");
  CHECK(file->tensors[2].name == "b");
  CHECK(file->tensors[2].bytes[0] == 4);
}

TEST_CASE("safetensors: lengths that lie") {
  CHECK(error_of(Bytes{}) == "the file has 0 bytes; a safetensors file begins with 8 bytes for its header's length");
  Bytes huge;
  descent::test::append_little_endian(huge, std::uint64_t{1} << 60, 8);
  huge.resize(100, '{');
  CHECK(error_of(huge) == "the file announces a header of 1152921504606846976 bytes; the limit is 100000000");
  Bytes all_ones(32, 0xff);
  CHECK(contains(error_of(all_ones), "the limit is 100000000"));
  Bytes cut;
  descent::test::append_little_endian(cut, 50, 8);
  cut.push_back('{');
  CHECK(error_of(cut) ==
        "the file announces a header of 50 bytes, but only 1 follow; it was cut short or is no safetensors file");
  CHECK(error_of(file_with("", 3)) == "the file: the header does not begin with '{'");
  CHECK(error_of(file_with(" {}", 0)) == "the file: the header does not begin with '{'");
}

TEST_CASE("safetensors: headers that are not the JSON they should be") {
  CHECK(contains(error_of("{\"a\":", 0), "the file: the header is not the JSON it should be: it ends too early"));
  CHECK(contains(error_of("{\"a\":" + std::string(65536, '['), 0), "nested more than 4 levels deep"));
  CHECK(contains(error_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}})", 4),
                 "the name 'a' occurs twice"));
  CHECK(error_of(R"({"a":3})", 0) == "the file: tensor 'a' is not described by an object");
  CHECK(error_of(R"({"__metadata__":{"loss":1}})", 0) ==
        "the file: the metadata 'loss' is not a text; metadata are texts only");
  CHECK(error_of(R"({"__metadata__":[]})", 0) == "the file: __metadata__ is not an object");
}

TEST_CASE("safetensors: too many tensors and values") {
  std::string many = "{";
  for (int i = 0; i <= 10000; ++i) {
    many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  }
  CHECK(error_of(many + "}", 0) == "the file has more than 10000 tensors, the limit");
  std::string values = "{\"a\":[0";
  for (int i = 0; i < 400000; ++i) values += ",0";
  CHECK(contains(error_of(values + "]}", 0), "more than 320000 values"));
}

std::string entry(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"w":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
}

TEST_CASE("safetensors: entries that lie") {
  CHECK(error_of(entry("F32", "[2]", "[0,8]"), 8) == "no error");
  CHECK(error_of(entry("F4", "[2]", "[0,1]"), 1) ==
        "the file: tensor 'w' has dtype 'F4'; it must be one of F64, F32, F16, BF16, F8_E4M3, F8_E5M2, C64, I64, I32, "
        "I16, I8, U64, U32, U16, U8, BOOL");
  CHECK(error_of(entry("BF16", "[2]", "[0,8]"), 8) ==
        "the file: tensor 'w' has data_offsets [0,8], 8 bytes; its shape [2] of BF16 takes 4");
  CHECK(error_of(entry("F32", "[2]", "[0,4]"), 8) ==
        "the file: tensor 'w' has data_offsets [0,4], 4 bytes; its shape [2] of F32 takes 8");
  CHECK(error_of(entry("F32", "[2]", "[0,16]"), 8) ==
        "the file: tensor 'w' has data_offsets [0,16]; the file has 8 bytes of data");
  CHECK(contains(error_of(entry("F32", "[2]", "[8,0]"), 8), "has data_offsets [8,0]"));
  CHECK(contains(error_of(entry("F32", "[10]", "[1000000000,1000000040]"), 8),
                 "has data_offsets [1000000000,1000000040]; the file has 8 bytes of data"));
  for (const char* offsets : {"[0]", "[0,8,9]", "[-8,0]", "[0.5,8.5]", "[0,1e30]", "[0,\"8\"]", "8", "null"}) {
    CHECK(error_of(entry("F32", "[2]", offsets), 8) ==
          "the file: tensor 'w' has no data_offsets; they must be two whole numbers");
  }
  for (const char* shape : {"[-1]", "[1.5]", "[9007199254740992]", "[\"2\"]"}) {
    CHECK(error_of(entry("F32", shape, "[0,8]"), 8) ==
          "the file: tensor 'w' has a shape that is not a list of whole numbers from 0 to 2^53");
  }
  CHECK(contains(error_of(entry("F32", "3", "[0,8]"), 8), "has no shape"));
  for (const char* shape : {"[4294967296,4294967296]", "[4294967296,4294967296,0]", "[4503599627370496,4096,1]"}) {
    CHECK(error_of(entry("F32", shape, "[0,0]"), 0) ==
          "the file: tensor 'w' has a shape with more elements than any file can hold");
  }
  CHECK(contains(error_of(entry("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]"), 4), "has 17 dimensions"));
  CHECK(contains(error_of(R"({"w":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"more":1}})", 0),
                 "tensor 'w' has an unknown field 'more'"));
  CHECK(contains(error_of(R"({"w":{"shape":[0],"data_offsets":[0,0]}})", 0), "tensor 'w' has no dtype"));
}

TEST_CASE("safetensors: gaps, overlaps and bytes nobody owns") {
  const auto two = [](const char* a, const char* b) {
    return std::string(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":)") + a +
           R"(},"b":{"dtype":"F32","shape":[1],"data_offsets":)" + b + "}}";
  };
  CHECK(error_of(two("[0,4]", "[4,8]"), 8) == "no error");
  CHECK(error_of(two("[0,4]", "[8,12]"), 12) ==
        "the file: tensor 'b' begins at byte 8 of the data, but what is before it ends at 4; there must be no gap");
  CHECK(error_of(two("[0,4]", "[2,6]"), 6) ==
        "the file: tensor 'b' begins at byte 2 of the data, but what is before it ends at 4; there must be no overlap");
  CHECK(contains(error_of(two("[0,4]", "[0,4]"), 4), "tensor 'b' begins at byte 0"));
  CHECK(error_of(two("[0,4]", "[4,8]"), 9) == "the file has 9 bytes of data, but its tensors take 8");
}

TEST_CASE("safetensors: the first value that is not finite is found") {
  std::vector<float> floats(10, 1.0F);
  std::vector<double> doubles(10, 1.0);
  CHECK_FALSE(first_non_finite(tensor_view("w", {10}, floats)).has_value());
  CHECK(check_finite(tensor_view("w", {10}, doubles)).ok());
  CHECK_FALSE(first_non_finite(tensor_view("s", {}, kSteps)).has_value());
  floats[7] = std::numeric_limits<float>::quiet_NaN();
  doubles[3] = -std::numeric_limits<double>::infinity();
  CHECK(first_non_finite(tensor_view("w", {10}, floats)) == 7);
  CHECK(check_finite(tensor_view("w", {10}, floats)).message() ==
        "tensor 'w' has NaN at element 7; weights must be finite");
  CHECK(check_finite(tensor_view("m", {10}, doubles)).message() ==
        "tensor 'm' has -Infinity at element 3; weights must be finite");
}

TEST_CASE("safetensors: long names are cut in messages") {
  const std::string message = error_of("{\"" + std::string(5000, 'n') + "\":1}", 0);
  CHECK(contains(message, "n…'"));
  CHECK(message.size() < 200);
}

TEST_CASE("safetensors: every cut of a good file is noticed") {
  const Bytes bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(read_safetensors(std::span(bytes).first(size), "the file").ok());
  }
}

TEST_CASE("safetensors: random and damaged files end in tensors inside the bytes or in a sentence") {
  descent::core::Rng rng(8);
  const Bytes original = sample();
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    Bytes bytes = i % 8 == 0 ? descent::test::random_bytes(rng, rng.below(80)) : descent::test::damaged(rng, original);
    if (i % 16 == 0) bytes.insert(bytes.begin(), {static_cast<std::uint8_t>(rng.below(64)), 0, 0, 0, 0, 0, 0, 0});
    const auto file = read_safetensors(bytes, "the file");
    if (!file) {
      CHECK(contains(file.message(), "the file"));
      continue;
    }
    ++accepted;
    for (const TensorView& tensor : file->tensors) {
      CHECK(tensor.bytes.data() >= bytes.data());
      CHECK(tensor.bytes.data() + tensor.bytes.size() <= bytes.data() + bytes.size());
      (void)first_non_finite(tensor);
    }
  }
  CHECK(accepted > 0);
}

}  // namespace
