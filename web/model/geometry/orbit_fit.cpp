// SPDX-License-Identifier: MIT
#include "web/model/geometry/orbit_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>

namespace descent::web {
namespace {

constexpr double kLeastDepth = 0.05;              // in front of the eye
constexpr double kNearest = 0.5, kFarthest = 60;  // eyes that are tried
constexpr std::size_t kAngles = 32;               // round each rim
constexpr int kAside = 16;                        // shifts that are tried

// Polygons round the two rims as they appear on the canvas, −1 … 1, its middle being the cylinder's.
struct Outline {
  std::array<std::array<double, 2>, 2 * kAngles> points{};
  double across = 0, low = 1e9, high = -1e9;
};

std::optional<Outline> outline_from(const OrbitSight& sight, double distance) {
  const double sine = std::sin(sight.pitch), cosine = std::cos(sight.pitch);
  const double radius = sight.radius / std::cos(std::numbers::pi / kAngles);
  Outline found;
  for (std::size_t k = 0; k < found.points.size(); ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / kAngles;
    const double away = radius * std::sin(angle), z = (k < kAngles ? -0.5 : 0.5) * sight.height;
    const double depth = distance + away * cosine - z * sine;
    if (depth < kLeastDepth) return {};
    const double x = sight.focal / sight.aspect * radius * std::cos(angle) / depth;
    const double y = sight.focal * (away * sine + z * cosine) / depth;
    found.points[k] = {x, y};
    found.across = std::max(found.across, std::abs(x));
    found.low = std::min(found.low, y);
    found.high = std::max(found.high, y);
  }
  return found;
}

// The lowest point of the outline left of `edge`; 1e9 where there is none.
double lowest_left_of(const Outline& outline, double edge) {
  double lowest = 1e9;
  for (std::size_t k = 0; k < outline.points.size(); ++k) {
    const auto& a = outline.points[k];
    const auto& b = outline.points[k % kAngles + 1 < kAngles ? k + 1 : k + 1 - kAngles];
    if (a[0] < edge) lowest = std::min(lowest, a[1]);
    if ((a[0] < edge) != (b[0] < edge)) lowest = std::min(lowest, a[1] + (edge - a[0]) / (b[0] - a[0]) * (b[1] - a[1]));
  }
  return lowest;
}

// placed() moves the block from the middle of the canvas, and of what is free in height, to the right and upwards until
// the corner is clear.
std::optional<OrbitFit> placed(const Outline& outline, double aspect, const OrbitRoom& room, double distance) {
  const double left = -1 + 2 * room.left + outline.across, right = 1 - 2 * room.right - outline.across;
  const double lowest = -1 + 2 * room.bottom - outline.low, highest = 1 - 2 * room.top - outline.high;
  if (left > right || lowest > highest) return {};
  const bool corner = room.corner_width > 0 && room.corner_height > 0;
  const double corner_x = -1 + 2 * (room.corner_width + room.left),
               corner_y = -1 + 2 * (room.corner_height + room.bottom);
  const double home_x = std::clamp(0.0, left, right), home_y = (lowest + highest) / 2;
  std::optional<OrbitFit> best;
  double least = 0;
  for (int k = 0; k <= kAside; ++k) {
    const double x = home_x + (right - home_x) * k / kAside;
    const double y = corner ? std::max(home_y, corner_y - lowest_left_of(outline, corner_x - x)) : home_y;
    const double cost = (x - home_x) * aspect + (y - home_y);
    if (y > highest || (best && cost >= least)) continue;
    least = cost;
    best = OrbitFit{distance, x, y};
  }
  return best;
}

}  // namespace

OrbitFit fit_orbit(const OrbitSight& sight, const OrbitRoom& room) {
  OrbitFit fitted{kFarthest, 0, 0};
  double near = kNearest, far = kFarthest;
  for (int i = 0; i < 40; ++i) {
    const double middle = (near + far) / 2;
    const std::optional<Outline> outline = outline_from(sight, middle);
    const std::optional<OrbitFit> fit = outline ? placed(*outline, sight.aspect, room, middle) : std::nullopt;
    if (fit) fitted = *fit;
    (fit ? far : near) = middle;
  }
  return fitted;
}

}  // namespace descent::web
