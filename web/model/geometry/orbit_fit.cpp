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

// placed() moves the block to the middle of what is free.
std::optional<OrbitFit> placed(const Outline& outline, const OrbitRoom& room, double distance) {
  const double left = -1 + 2 * room.left + outline.across, right = 1 - 2 * room.right - outline.across;
  const double lowest = -1 + 2 * room.bottom - outline.low, highest = 1 - 2 * room.top - outline.high;
  if (left > right || lowest > highest) return {};
  return OrbitFit{distance, std::clamp(0.0, left, right), (lowest + highest) / 2};
}

}  // namespace

OrbitFit fit_orbit(const OrbitSight& sight, const OrbitRoom& room) {
  OrbitFit fitted{kFarthest, 0, 0};
  double near = kNearest, far = kFarthest;
  for (int i = 0; i < 40; ++i) {
    const double middle = (near + far) / 2;
    const std::optional<Outline> outline = outline_from(sight, middle);
    const std::optional<OrbitFit> fit = outline ? placed(*outline, room, middle) : std::nullopt;
    if (fit) fitted = *fit;
    (fit ? far : near) = middle;
  }
  return fitted;
}

}  // namespace descent::web
