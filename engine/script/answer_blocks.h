// SPDX-License-Identifier: MIT
// AnswerBlocks: the arrays of an answer to a script. JSON says where each one stands in the answer and what it is; the
// numbers travel beside it, as they lie in memory (little-endian, each block at a multiple of its element's size). In
// the JSON an array is {"$block": type, "at": byte, "shape": [n, …]}, with the type float32, float64, int32 or uint8;
// the page puts a typed array of all its elements in that place (web/page/answer_blocks.js).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/io/json.h"

namespace descent::script {

struct Answer {
  std::string json = "null";
  std::vector<std::uint8_t> bytes = {};
};

// The name that a block's type has in JSON; an enumeration has that of its values. Other types do not compile.
template <class T>
[[nodiscard]] constexpr std::string_view element_name() {
  if constexpr (std::is_enum_v<T>) {
    return element_name<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, float>) {
    return "float32";
  } else if constexpr (std::is_same_v<T, double>) {
    return "float64";
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return "int32";
  } else {
    static_assert(std::is_same_v<T, std::uint8_t>, "a block's elements are float, double, int32_t or uint8_t");
    return "uint8";
  }
}

class AnswerBlocks {
 public:
  // A block with these values (a vector or the like); returns what stands for it in the answer's JSON. `shape`: as many
  // elements, row by row; by default they are one row.
  template <class Values>
  [[nodiscard]] io::JsonValue add(const Values& values, const std::vector<std::size_t>& shape = {}) {
    const std::span elements(values);
    using Element = std::remove_cv_t<typename decltype(elements)::element_type>;
    const Block block{element_name<Element>(), sizeof(Element), shape.empty() ? std::vector{elements.size()} : shape};
    return add_block(block, std::as_bytes(elements));
  }

  // The whole answer; there are no blocks any more.
  [[nodiscard]] Answer answer(const io::JsonValue& value) { return {io::write_json(value), std::exchange(bytes_, {})}; }

 private:
  struct Block {
    std::string_view type;
    std::size_t element_size;
    std::vector<std::size_t> shape;
  };
  io::JsonValue add_block(const Block& block, std::span<const std::byte> bytes);

  std::vector<std::uint8_t> bytes_;
};

}  // namespace descent::script
