// SPDX-License-Identifier: MIT
// Percentiles by the nearest-rank definition: p95 is the smallest recorded value that at least 95 % do not exceed.
#include "web/state/frame_stats.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace descent::web {
namespace {

double percentile(std::span<const double> sorted, double p) {
  if (sorted.empty()) return 0;
  const double rank = std::ceil(p * static_cast<double>(sorted.size()));
  const auto index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

}  // namespace

void FrameStats::tick(double now_ms) {
  if (last_ >= 0) {
    intervals_[interval_count_ % kCapacity] = now_ms - last_;
    ++interval_count_;
  }
  last_ = now_ms;
}

void FrameStats::worked(double work_ms) {
  work_[work_count_ % kCapacity] = work_ms;
  ++work_count_;
}

FrameReport FrameStats::take() {
  FrameReport report;
  const std::span<double> intervals(intervals_.data(), std::min(interval_count_, kCapacity));
  const std::span<double> work(work_.data(), std::min(work_count_, kCapacity));
  std::sort(intervals.begin(), intervals.end());
  std::sort(work.begin(), work.end());
  report.count = static_cast<int>(intervals.size());
  report.drawn = std::exchange(drawn_, 0);
  report.p50_ms = percentile(intervals, 0.5);
  report.p95_ms = percentile(intervals, 0.95);
  report.max_ms = percentile(intervals, 1);
  report.work_p50_ms = percentile(work, 0.5);
  report.work_p95_ms = percentile(work, 0.95);
  report.work_max_ms = percentile(work, 1);
  interval_count_ = 0;
  work_count_ = 0;
  return report;
}

}  // namespace descent::web
