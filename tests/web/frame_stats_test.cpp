// SPDX-License-Identifier: MIT
// Percentiles of display intervals by nearest rank, and what is not counted.
#include "web/state/frame_stats.h"

#include <doctest/doctest.h>

using descent::web::FrameReport;
using descent::web::FrameStats;

TEST_CASE("a report holds the intervals since the last one") {
  FrameStats stats;
  double now = 1000;
  stats.tick(now);
  for (int i = 1; i <= 100; ++i) {
    now += i;  // intervals 1 … 100
    stats.tick(now);
    stats.worked(0.5 * i);
    if (i % 4 == 0) stats.drew();
  }
  const FrameReport report = stats.take();
  CHECK(report.count == 100);
  CHECK(report.drawn == 25);
  CHECK(report.p50_ms == 50);
  CHECK(report.p95_ms == 95);
  CHECK(report.max_ms == 100);
  CHECK(report.work_p95_ms == 47.5);
  const FrameReport next = stats.take();
  CHECK(next.count == 0);
  CHECK(next.drawn == 0);
}

TEST_CASE("nothing recorded is a report of zeros") {
  FrameStats stats;
  CHECK(stats.take().p95_ms == 0);
  stats.tick(5);
  CHECK(stats.take().count == 0);
}

TEST_CASE("time in a hidden tab is no interval") {
  FrameStats stats;
  stats.tick(0);
  stats.tick(16);
  stats.interrupt();
  stats.tick(60000);
  stats.tick(60017);
  const FrameReport report = stats.take();
  CHECK(report.count == 2);
  CHECK(report.max_ms == 17);
}

TEST_CASE("a long run keeps the newest intervals") {
  FrameStats stats;
  double now = 0;
  for (std::size_t i = 0; i < 3 * FrameStats::kCapacity; ++i) {
    now += i < 2 * FrameStats::kCapacity ? 100 : 10;
    stats.tick(now);
  }
  const FrameReport report = stats.take();
  CHECK(report.count == static_cast<int>(FrameStats::kCapacity));
  CHECK(report.max_ms == 10);
}
