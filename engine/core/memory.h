// SPDX-License-Identifier: MIT
// Memory that is asked for beforehand. A vector that finds none ends the program; the page's memory has a fixed size,
// so whoever is about to take much asks first, and has a sentence when there is none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace descent::core {

// This many bytes stay free for all that never asks.
inline constexpr std::uint64_t kSpareBytes = 16'000'000;

// room_for() says whether so many bytes could be had now in one piece, with kSpareBytes left beside them. Other threads
// may take them meanwhile: the spare bytes are for that, too.
[[nodiscard]] bool room_for(std::uint64_t bytes);

inline constexpr std::uint64_t kNoRoomLimit = std::numeric_limits<std::uint64_t>::max();

// room_for() refuses more than `bytes` from now on, on every thread; kNoRoomLimit, which holds at first, is no limit.
// In this way tests on machines with memory enough meet the refusals of small ones.
void limit_room(std::uint64_t bytes);

// Capacity for `size` elements of a vector that grows: at least an eighth more than it has, where doubling, the
// library's habit, could leave half of a large vector unused.
template <class T>
void reserve_growing(std::vector<T>& vector, std::size_t size) {
  constexpr std::size_t kLeast = 64;  // elements
  const std::size_t have = vector.capacity();
  if (size > have) vector.reserve(std::max(size, have + std::max(kLeast, have / 8)));
}

}  // namespace descent::core
