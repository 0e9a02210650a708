// SPDX-License-Identifier: MIT
// Reference: Nocedal and Wright, "Numerical Optimization", 2nd ed. (2006), section 2.1 (kinds of stationary points by
// the eigenvalues) and 3.3 (Newton's step).
#include "web/panels/surfaces_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::web {
namespace {

constexpr double kSingular = 1e-12;  // smallest |λ| as a share of the largest
constexpr double kNear = 1e-3;       // of the view

bool finite(const surfaces::LocalModel& model) {
  return std::isfinite(model.gradient[0]) && std::isfinite(model.gradient[1]) && std::isfinite(model.eigenvalues[0]) &&
         std::isfinite(model.eigenvalues[1]);
}

}  // namespace

std::optional<surfaces::Point> newton_step(const surfaces::LocalModel& model) {
  if (!finite(model)) return {};
  const double largest = std::max(std::abs(model.eigenvalues[0]), std::abs(model.eigenvalues[1]));
  surfaces::Point step{};
  for (std::size_t k = 0; k < 2; ++k) {
    if (!(std::abs(model.eigenvalues[k]) > kSingular * largest)) return {};
    const double* v = model.eigenvectors.data() + 2 * k;
    const double along = -(v[0] * model.gradient[0] + v[1] * model.gradient[1]) / model.eigenvalues[k];
    step[0] += along * v[0];
    step[1] += along * v[1];
  }
  return step;
}

double condition_number(const surfaces::LocalModel& model) {
  const double a = std::abs(model.eigenvalues[0]), b = std::abs(model.eigenvalues[1]);
  const double least = std::min(a, b);
  return least > 0 ? std::max(a, b) / least : std::numeric_limits<double>::infinity();
}

bool stationary(const surfaces::LocalModel& model, const surfaces::Domain& view) {
  const auto step = newton_step(model);
  return step && std::hypot((*step)[0], (*step)[1]) < kNear * std::max(view.x1 - view.x0, view.y1 - view.y0);
}

std::string_view kind_of_point(const surfaces::LocalModel& model, const surfaces::Domain& view) {
  if (!finite(model)) return "";
  const bool convex = model.eigenvalues[0] > 0, concave = model.eigenvalues[1] < 0;
  if (stationary(model, view)) return convex ? "minimum" : concave ? "maximum" : "saddle point";
  if (convex) return "slope, convex";
  return concave ? "slope, concave" : "slope, mixed curvature";
}

}  // namespace descent::web
