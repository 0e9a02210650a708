// SPDX-License-Identifier: MIT
// The checks of a start, see start_check.h.
#include "engine/race/start_check.h"

#include <cmath>
#include <string>

#include "engine/core/number_text.h"
#include "engine/race/race.h"

namespace descent::race {

core::Status check_coordinates(surfaces::Point start) {
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (std::abs(start[i]) <= kMaxStart) continue;
    const std::string limit = core::grouped(static_cast<std::int64_t>(kMaxStart));
    return core::Error{"start[" + std::to_string(i) + "] is " + core::format_number(start[i]) +
                       "; it must be between -" + limit + " and " + limit};
  }
  return {};
}

core::Status check_start(const surfaces::Surface& surface, surfaces::Point start) {
  if (core::Status status = check_coordinates(start); !status.ok()) return status;
  surfaces::Point gradient{};
  const double value = surface.evaluate(start, gradient);
  if (std::isfinite(value) && std::isfinite(gradient[0]) && std::isfinite(gradient[1])) return {};
  if (const std::string kinks = surface.kinks_at(start); std::isfinite(value) && !kinks.empty())
    return core::Error{"start: the gradient of " + std::string(surface.info().name) + " at (" +
                       core::format_number(start[0]) + ", " + core::format_number(start[1]) + ") is not finite; " +
                       kinks};
  return core::Error{"start: the value or gradient of " + std::string(surface.info().name) + " at (" +
                     core::format_number(start[0]) + ", " + core::format_number(start[1]) + ") is not finite"};
}

}  // namespace descent::race
