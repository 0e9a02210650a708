// SPDX-License-Identifier: MIT
// Kinds of points, see point_kind.h for the thresholds.
#include "engine/surfaces/point_kind.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"

namespace descent::surfaces {
namespace {

constexpr double kFlat = 1e-6;
constexpr double kLevel = 1e-3;
constexpr double kNearlyLevel = 1e-2;
constexpr double kValley = 10;

struct Axis {
  double curvature = 0;
  double slope = 0;
  bool flat = false;
  bool level = false;
  bool nearly_level = false;

  [[nodiscard]] bool up() const { return !flat && curvature > 0; }
  [[nodiscard]] bool down() const { return !flat && curvature < 0; }
};

Axis axis_of(const LocalModel& model, std::size_t k, double largest, double length) {
  Axis axis;
  axis.curvature = model.eigenvalues[k];
  axis.slope = model.eigenvectors[2 * k] * model.gradient[0] + model.eigenvectors[2 * k + 1] * model.gradient[1];
  axis.flat = std::abs(axis.curvature) <= kFlat * largest;
  const double reach = length * std::max(std::abs(axis.curvature), kFlat * largest);
  axis.level = std::abs(axis.slope) <= kLevel * reach;
  axis.nearly_level = std::abs(axis.slope) <= kNearlyLevel * reach;
  return axis;
}

PointKind stationary_kind(const Axis& low, const Axis& high) {
  if (low.flat && high.flat) return PointKind::flat;
  if (low.flat) return PointKind::valley;
  if (high.flat) return PointKind::ridge;
  if (low.up()) return PointKind::minimum;
  return high.down() ? PointKind::maximum : PointKind::saddle;
}

}  // namespace

std::string_view to_string(PointKind kind) {
  switch (kind) {
    case PointKind::unknown:
      return "unknown";
    case PointKind::minimum:
      return "minimum";
    case PointKind::maximum:
      return "maximum";
    case PointKind::saddle:
      return "saddle";
    case PointKind::flat:
      return "flat";
    case PointKind::valley:
      return "valley";
    case PointKind::ridge:
      return "ridge";
    case PointKind::slope:
      return "slope";
    case PointKind::kink:
      return "kink";
  }
  return "";
}

std::string_view describe(PointKind kind) {
  switch (kind) {
    case PointKind::unknown:
      return "The surface or its derivatives are not finite here.";
    case PointKind::minimum:
      return "A minimum: level, and curved up in every direction.";
    case PointKind::maximum:
      return "A hilltop: level, and curved down in every direction.";
    case PointKind::saddle:
      return "A saddle: level, curved up one way and down the other.";
    case PointKind::flat:
      return "Flat: neither slope nor curvature tell a way.";
    case PointKind::valley:
      return "The floor of a valley: level and strongly curved across, long and flatter along.";
    case PointKind::ridge:
      return "The crest of a ridge: it falls away to both sides.";
    case PointKind::slope:
      return "A slope.";
    case PointKind::kink:
      return "A kink: there is no curvature here, and the slope is a choice.";
  }
  return "";
}

PointKind point_kind(const LocalModel& model, double length) {
  DESCENT_ASSERT(length > 0);
  if (!std::isfinite(model.value + model.gradient[0] + model.gradient[1])) return PointKind::unknown;
  if (!std::isfinite(model.eigenvalues[0] + model.eigenvalues[1])) return PointKind::kink;
  const double largest = std::max(std::abs(model.eigenvalues[0]), std::abs(model.eigenvalues[1]));
  const Axis low = axis_of(model, 0, largest, length);
  const Axis high = axis_of(model, 1, largest, length);
  if (low.level && high.level) return stationary_kind(low, high);
  if (low.down() && low.nearly_level) return PointKind::ridge;
  if (high.up() && high.nearly_level && high.curvature >= kValley * std::abs(low.curvature)) return PointKind::valley;
  return PointKind::slope;
}

double domain_length(const Domain& domain) {
  return std::max(domain.x1 - domain.x0, domain.y1 - domain.y0);
}

Point newton_step(const LocalModel& model) {
  Point step{};
  for (std::size_t k = 0; k < 2; ++k) {
    const double* v = &model.eigenvectors[2 * k];
    const double slope = v[0] * model.gradient[0] + v[1] * model.gradient[1];
    if (model.eigenvalues[k] == 0) {
      step.fill(std::numeric_limits<double>::quiet_NaN());
      return step;
    }
    for (std::size_t i = 0; i < 2; ++i) step[i] -= slope / model.eigenvalues[k] * v[i];
  }
  return step;
}

}  // namespace descent::surfaces
