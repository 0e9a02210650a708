// SPDX-License-Identifier: MIT
#include "engine/survey/progressive_order.h"

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"

namespace descent::survey {
namespace {

// multiples() counts the multiples of `stride` below `length`.
std::size_t multiples(std::uint32_t length, std::uint32_t stride) {
  return (length + stride - 1) / stride;
}

}  // namespace

core::Status check_room(int width, int height, std::size_t cell_bytes) {
  const std::uint64_t cells = static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
  if (core::room_for(cells * cell_bytes)) return {};
  return core::Error{core::fill("the page has no memory for a map of {} x {}", width, height)};
}

void ProgressiveOrder::reset(std::uint32_t width, std::uint32_t height) {
  DESCENT_ASSERT(width >= 1 && height >= 1);
  width_ = width;
  height_ = height;
  levels_.clear();
  std::size_t begin = 0;
  for (std::uint32_t stride = kFirstStride; stride >= 1; stride /= 2) {
    const std::size_t end = multiples(width, stride) * multiples(height, stride);
    levels_.push_back({stride, begin, end});
    begin = end;
  }
}

// A finer level has, of every second of its rows, the columns between those of the coarser level; of the others, all.
ProgressiveOrder::Cell ProgressiveOrder::operator[](std::size_t i) const {
  DESCENT_ASSERT(i < size());
  std::size_t number = 0;
  while (levels_[number].end <= i) ++number;
  const Level& level = levels_[number];
  const std::size_t columns = multiples(width_, level.stride);
  const std::size_t at = i - level.begin;
  const auto cell = [&](std::size_t row, std::size_t column) {
    return Cell{static_cast<std::uint32_t>(column) * level.stride, static_cast<std::uint32_t>(row) * level.stride,
                level.stride};
  };
  if (number == 0) return cell(at / columns, at % columns);
  const std::size_t between = columns / 2;
  const std::size_t pair = at / (between + columns);
  const std::size_t rest = at % (between + columns);
  return rest < between ? cell(2 * pair, 2 * rest + 1) : cell(2 * pair + 1, rest - between);
}

std::uint32_t ProgressiveOrder::finished_stride(std::size_t done) const {
  std::uint32_t stride = 0;
  for (const Level& level : levels_)
    if (done >= level.end) stride = level.stride;
  return stride;
}

}  // namespace descent::survey
