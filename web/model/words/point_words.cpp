// SPDX-License-Identifier: MIT
#include "web/model/words/point_words.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"

namespace descent::web {

double condition_number(const surfaces::LocalModel& model) {
  const double a = std::abs(model.eigenvalues[0]), b = std::abs(model.eigenvalues[1]);
  const double least = std::min(a, b);
  if (std::max(a, b) == 0) return std::numeric_limits<double>::quiet_NaN();
  return least > 0 ? std::max(a, b) / least : std::numeric_limits<double>::infinity();
}

surfaces::PointKind kind_of_point(const race::RaceSnapshot& race, const surfaces::LocalModel& model) {
  if (race.surface_info == nullptr) return surfaces::PointKind::unknown;
  return surfaces::point_kind(model, surfaces::domain_length(race.surface_info->domain));
}

std::string kind_words(surfaces::PointKind kind, const surfaces::LocalModel& model) {
  const std::string_view words = surfaces::to_string(kind);
  if (model.eigenvalues[0] == 0 && model.eigenvalues[1] == 0) return core::fill("{}, no curvature", words);
  if (kind != surfaces::PointKind::slope) return std::string(words);
  if (model.eigenvalues[0] > 0) return core::fill("{}, convex", words);
  return model.eigenvalues[1] < 0 ? core::fill("{}, concave", words) : core::fill("{}, mixed curvature", words);
}

}  // namespace descent::web
