// SPDX-License-Identifier: MIT
// TripleBuffer<T>: one writer hands its latest state to one reader; neither ever waits. The writer fills write_buffer()
// and publishes; the reader sees the newest published value in read(), or the previous one if nothing new came. Values
// skipped by a slow reader are lost, which is what a display wants. The buffers are reused: a writer may find the
// contents it published two or three turns ago and bring them up to date incrementally.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace descent::parallel {

template <class T>
class TripleBuffer {
 public:
  // Writer.
  T& write_buffer() { return buffers_[write_]; }
  void publish() {
    const std::uint8_t previous =
        middle_.exchange(static_cast<std::uint8_t>(write_ | kFresh), std::memory_order_acq_rel);
    write_ = previous & kIndex;
  }

  // Reader. True when a newer value than the last one read was taken over.
  bool refresh() {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) == 0) return false;
    const std::uint8_t previous = middle_.exchange(read_, std::memory_order_acq_rel);
    read_ = previous & kIndex;
    return true;
  }
  const T& read() const { return buffers_[read_]; }

 private:
  static constexpr std::uint8_t kIndex = 3;
  static constexpr std::uint8_t kFresh = 4;

  std::array<T, 3> buffers_{};
  std::uint8_t write_ = 0;
  std::uint8_t read_ = 1;
  std::atomic<std::uint8_t> middle_{2};
};

}  // namespace descent::parallel
