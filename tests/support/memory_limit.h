// SPDX-License-Identifier: MIT
// A machine with little memory, for as long as a test needs one.
#pragma once

#include <cstdint>

#include "engine/core/memory.h"

namespace descent::testing {

// While one lives, whoever asks core::room_for() for more than so many bytes is refused.
class MemoryLimit {
 public:
  explicit MemoryLimit(std::uint64_t bytes) { core::limit_room(bytes); }
  ~MemoryLimit() { core::limit_room(core::kNoRoomLimit); }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
};

}  // namespace descent::testing
