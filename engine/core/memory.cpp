// SPDX-License-Identifier: MIT
#include "engine/core/memory.h"

#include <atomic>
#include <cstdlib>

namespace descent::core {
namespace {

std::atomic<std::uint64_t> room_limit{kNoRoomLimit};

}  // namespace

void limit_room(std::uint64_t bytes) {
  room_limit.store(bytes, std::memory_order_relaxed);
}

bool room_for(std::uint64_t bytes) {
  if (bytes > room_limit.load(std::memory_order_relaxed)) return false;
  if (bytes > std::numeric_limits<std::size_t>::max() - kSpareBytes) return false;
  void* volatile probe = std::malloc(static_cast<std::size_t>(bytes + kSpareBytes));
  const bool there = probe != nullptr;
  std::free(probe);
  return there;
}

}  // namespace descent::core
