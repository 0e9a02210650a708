// SPDX-License-Identifier: MIT
// Message: taking a block apart.
#include "web/bridge/message.h"

#include <cstdlib>
#include <cstring>

#include "engine/core/check.h"

namespace descent::web::bridge {
namespace {

constexpr std::size_t kAlignment = 16;

std::size_t aligned(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint32_t word(const std::uint8_t* block, std::size_t i) {
  std::uint32_t value = 0;
  std::memcpy(&value, block + 4 * i, sizeof value);
  return value;
}

}  // namespace

void Message::Free::operator()(std::uint8_t* block) const {
  std::free(block);
}

Message::Message(std::uint8_t* block) : block_(block) {
  const std::size_t count = word(block, 0);
  DESCENT_ASSERT(count >= 2);
  std::size_t at = aligned(4 * (count + 1));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = word(block, i + 1);
    parts_.emplace_back(block + at, size);
    at += aligned(size);
  }
}

std::span<const float> Message::floats(std::size_t i) const {
  const std::span<const std::uint8_t> bytes = buffer(i);
  // JavaScript copied a typed array there; parts are aligned to 16 bytes.
  return {reinterpret_cast<const float*>(bytes.data()), bytes.size() / sizeof(float)};
}

std::span<const std::int32_t> Message::integers(std::size_t i) const {
  const std::span<const std::uint8_t> bytes = buffer(i);
  return {reinterpret_cast<const std::int32_t*>(bytes.data()), bytes.size() / sizeof(std::int32_t)};
}

std::string_view Message::text(std::size_t part) const {
  return {reinterpret_cast<const char*>(parts_[part].data()), parts_[part].size()};
}

}  // namespace descent::web::bridge
