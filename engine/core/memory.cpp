// SPDX-License-Identifier: MIT
#include "engine/core/memory.h"

#include <cstdlib>
#include <limits>

namespace descent::core {

bool room_for(std::uint64_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() - kSpareBytes) return false;
  void* volatile probe = std::malloc(static_cast<std::size_t>(bytes + kSpareBytes));
  const bool there = probe != nullptr;
  std::free(probe);
  return there;
}

}  // namespace descent::core
