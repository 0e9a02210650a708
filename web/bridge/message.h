// SPDX-License-Identifier: MIT
// Message: the bytes of one call from JavaScript, in one block made by malloc and freed here (web/page/bridge.js).
// Block: uint32 count, uint32 sizes[count], then the parts, each at a multiple of 16; part 0 is the method's name, part
// 1 its arguments as JSON, the rest are byte arrays.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace descent::web::bridge {

class Message {
 public:
  // Takes the block over.
  explicit Message(std::uint8_t* block);

  [[nodiscard]] std::string_view method() const { return text(0); }
  [[nodiscard]] std::string_view arguments() const { return text(1); }
  [[nodiscard]] std::size_t buffer_count() const { return parts_.size() - 2; }
  [[nodiscard]] std::span<const std::uint8_t> buffer(std::size_t i) const { return parts_[i + 2]; }
  // The same bytes as numbers; a remainder of less than four bytes is left out.
  [[nodiscard]] std::span<const float> floats(std::size_t i) const;
  [[nodiscard]] std::span<const std::int32_t> integers(std::size_t i) const;

 private:
  struct Free {
    void operator()(std::uint8_t* block) const;
  };
  [[nodiscard]] std::string_view text(std::size_t part) const;

  std::unique_ptr<std::uint8_t, Free> block_;
  std::vector<std::span<const std::uint8_t>> parts_;
};

}  // namespace descent::web::bridge
