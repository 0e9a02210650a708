// SPDX-License-Identifier: MIT
// FrameStats: how regularly the page gets to draw, and how long its own work takes. A tick is one display callback
// (requestAnimationFrame); the interval between two ticks is what a person feels, whether or not anything was drawn.
#pragma once

#include <array>
#include <cstddef>

namespace descent::web {

struct FrameReport {
  int count = 0;                              // intervals since the last report, at most FrameStats::kCapacity
  int drawn = 0;                              // display callbacks since the last report in which something was drawn
  double p50_ms = 0, p95_ms = 0, max_ms = 0;  // interval between display callbacks
  double work_p50_ms = 0, work_p95_ms = 0, work_max_ms = 0;  // time spent inside the callback
};

class FrameStats {
 public:
  static constexpr std::size_t kCapacity = 4096;

  // now_ms: the start of a display callback; work_ms: how long the one before it took.
  void tick(double now_ms);
  void worked(double work_ms);
  void drew() { ++drawn_; }
  // Forgets the last tick, so that time in a hidden tab is not counted as one long frame.
  void interrupt() { last_ = -1; }
  // Figures since the last call.
  [[nodiscard]] FrameReport take();

 private:
  std::array<double, kCapacity> intervals_{};
  std::array<double, kCapacity> work_{};
  std::size_t interval_count_ = 0;
  std::size_t work_count_ = 0;
  int drawn_ = 0;
  double last_ = -1;
};

}  // namespace descent::web
