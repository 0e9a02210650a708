// SPDX-License-Identifier: MIT
// The checks of a start, see start_check.h.
#include "engine/race/start_check.h"

#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/race/race.h"

namespace descent::race {

core::Status check_coordinates(surfaces::Point start) {
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (std::abs(start[i]) <= kMaxStart) continue;
    const std::string limit = core::grouped(static_cast<std::int64_t>(kMaxStart));
    return core::range_error(core::fill("start[{}]", i), core::format_number(start[i]), core::fill("-{}", limit),
                             limit);
  }
  return {};
}

core::Status check_start(const surfaces::Surface& surface, surfaces::Point start) {
  if (core::Status status = check_coordinates(start); !status.ok()) return status;
  surfaces::Point gradient{};
  const double value = surface.evaluate(start, gradient);
  if (std::isfinite(value) && std::isfinite(gradient[0]) && std::isfinite(gradient[1])) return {};
  const std::string_view name = surface.info().name;
  const std::string x = core::format_number(start[0]), y = core::format_number(start[1]);
  if (const std::string kinks = surface.kinks_at(start); std::isfinite(value) && !kinks.empty())
    return core::Error{core::fill("start: the gradient of {} at ({}, {}) is not finite; {}", name, x, y, kinks)};
  return core::Error{core::fill("start: the value or gradient of {} at ({}, {}) is not finite", name, x, y)};
}

}  // namespace descent::race
