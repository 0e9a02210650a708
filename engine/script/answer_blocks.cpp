// SPDX-License-Identifier: MIT
#include "engine/script/answer_blocks.h"

#include <cstring>

#include "engine/core/check.h"

namespace descent::script {

io::JsonValue AnswerBlocks::add_block(const Block& block, std::span<const std::byte> bytes) {
  io::JsonValue shape = io::JsonValue::array();
  std::size_t count = 1;
  for (const std::size_t length : block.shape) {
    shape.push_back(static_cast<std::int64_t>(length));
    count *= length;
  }
  DESCENT_ASSERT(count * block.element_size == bytes.size());
  const std::size_t at = (bytes_.size() + block.element_size - 1) / block.element_size * block.element_size;
  bytes_.resize(at + bytes.size());
  if (!bytes.empty()) std::memcpy(bytes_.data() + at, bytes.data(), bytes.size());
  return io::JsonValue::object(
      {{"$block", block.type}, {"at", static_cast<std::int64_t>(at)}, {"shape", std::move(shape)}});
}

}  // namespace descent::script
