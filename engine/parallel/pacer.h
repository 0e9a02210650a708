// SPDX-License-Identifier: MIT
// Pacer: turns wall-clock time into whole steps at a chosen rate. Time comes in as an argument, so the pacing is tested
// without a clock. The first step is due at once; a loop that falls behind by more than kMaxBacklog seconds (a machine
// that sleeps, a rate that cannot be kept) drops what it missed instead of racing to catch up.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace descent::parallel {

class Pacer {
 public:
  static constexpr double kMaxBacklog = 0.1;  // seconds

  void start(double now, double rate) {
    rate_ = rate;
    last_ = now;
    credit_ = 1;
  }
  void set_rate(double rate) {
    rate_ = rate;
    credit_ = std::min(credit_, limit());
  }

  // Whole steps due at `now`; they stay due until taken.
  std::int64_t due(double now) {
    credit_ = std::min(credit_ + std::max(0.0, now - last_) * rate_, limit());
    last_ = now;
    return static_cast<std::int64_t>(credit_);
  }
  void take(std::int64_t steps) { credit_ -= static_cast<double>(steps); }

  // Seconds from `now` until the next step is due; 0 when one is.
  [[nodiscard]] double wait(double now) const {
    const double credit = credit_ + std::max(0.0, now - last_) * rate_;
    return credit >= 1 ? 0 : (1 - credit) / rate_;
  }

 private:
  [[nodiscard]] double limit() const { return std::max(1.0, kMaxBacklog * rate_); }

  double rate_ = 1;    // steps a second, > 0
  double last_ = 0;    // when credit_ was brought up to date
  double credit_ = 0;  // steps due, fractional
};

}  // namespace descent::parallel
