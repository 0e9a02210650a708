// SPDX-License-Identifier: MIT
// Holds what the doctor's findings (doctor.cpp, saddle.cpp) read of a run, and what they measure it by.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "engine/race/doctor/doctor.h"

namespace descent::race {

inline constexpr std::int64_t kFarthestBack = 1000;  // steps, when looking for where a trouble began
inline constexpr double kNear = 0.01;                // of the extent
inline constexpr double kSmallGradient = 0.05;       // of the mean slope
inline constexpr double kHeldBack = 0.1;             // of the learning rate, by the schedule

inline double norm(surfaces::Point v) {
  return std::hypot(v[0], v[1]);
}

inline surfaces::Point gradient_at(const surfaces::Surface& surface, surfaces::Point p) {
  surfaces::Point gradient{};
  surface.evaluate(p, gradient);
  return gradient;
}

struct Record {
  std::span<const double> points;
  std::span<const double> losses;

  explicit Record(const Runner& run) : points(run.points()), losses(run.losses()) {}

  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(losses.size()) - 1; }
  [[nodiscard]] surfaces::Point at(std::int64_t k) const {
    const auto i = 2 * static_cast<std::size_t>(k);
    return {points[i], points[i + 1]};
  }
  [[nodiscard]] surfaces::Point step(std::int64_t k) const {
    const surfaces::Point a = at(k - 1);
    const surfaces::Point b = at(k);
    return {b[0] - a[0], b[1] - a[1]};
  }
  [[nodiscard]] double mean_loss(std::int64_t from, std::int64_t count) const {
    double sum = 0;
    for (std::int64_t k = from; k < from + count; ++k) sum += losses[static_cast<std::size_t>(k)];
    return sum / static_cast<double>(count);
  }
  [[nodiscard]] double highest_loss(std::int64_t from, std::int64_t count) const {
    const auto begin = losses.begin() + static_cast<std::ptrdiff_t>(from);
    return *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(count));
  }
};

// The mean slope from here to the lowest known value across the domain: what a gradient is measured by.
inline double mean_slope(const SurfaceScale& scale, double loss) {
  return std::max(loss - scale.lowest, 0.0) / scale.extent;
}

// The first step, 1-based, of the stretch up to the end along which the gradient is that small.
inline std::int64_t small_since(const surfaces::Surface& surface, const Record& record, double limit) {
  std::int64_t since = record.steps();
  while (since > 0 && record.steps() - since < kFarthestBack &&
         norm(gradient_at(surface, record.at(since - 1))) <= limit)
    --since;
  return std::max<std::int64_t>(since, 1);
}

// near_stationary() says whether the local model has its stationary point close by.
inline bool near_stationary(const SurfaceScale& scale, const surfaces::LocalModel& head) {
  double distance = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    const double* v = &head.eigenvectors[2 * k];
    distance = std::hypot(distance, (v[0] * head.gradient[0] + v[1] * head.gradient[1]) / head.eigenvalues[k]);
  }
  return distance <= kNear * scale.extent;
}

// held_back() says whether the schedule took most of the learning rate away from step k: such a step says little about
// the surface.
inline bool held_back(const Runner& run, std::int64_t k) {
  return run.learning_rate_of(k) < kHeldBack * run.settings_of(k)[0];
}

}  // namespace descent::race
