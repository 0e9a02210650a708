// SPDX-License-Identifier: MIT
#include "engine/surfaces/kink_minimum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace descent::surfaces {
namespace {

constexpr int kMostSteps = 400;
constexpr std::size_t kSamples = 12;  // on a circle, turned for every step
constexpr double kGoldenAngle = 2.399963229728653;
constexpr double kShrink = 0.1;
// Shares of the extent: the first circle, the last one, and what a line search resolves.
constexpr double kLargest = 1.0 / 64, kSmallest = 1e-10, kResolved = 1e-16;
constexpr double kFarthest = 4;
// Shares of the largest gradient: what rounding leaves of 0, and what counts as 0 in the end.
constexpr double kRounding = 1e-14, kStationary = 1e-6;
constexpr std::array kRings{1.0 / 640, 1.0 / 6400};  // of the extent: where f has to be higher
constexpr std::size_t kRingPoints = 64;
constexpr int kRingSteps = 60;
constexpr double kLeastRise = 1e-9;  // of the largest on the ring

double dot(Point a, Point b) {
  return a[0] * b[0] + a[1] * b[1];
}

Point along(Point from, double t, Point direction) {
  return {from[0] + t * direction[0], from[1] + t * direction[1]};
}

Point turned(double angle) {
  return {std::cos(angle), std::sin(angle)};
}

// The shortest vector of a convex hull: a unit vector and its length.
struct Shortest {
  Point direction{};
  double length = 0;
  double largest = 0;  // length of the longest of the vectors
};

// shortest_between() looks between two of them. The cross product keeps small distances exact where the foot would
// cancel.
Shortest shortest_between(Point a, Point b) {
  const Point side{b[0] - a[0], b[1] - a[1]};
  const double length = std::hypot(side[0], side[1]);
  if (length > 0 && dot(a, side) < 0 && dot(b, side) > 0) {
    const double distance = (a[0] * b[1] - a[1] * b[0]) / length;
    const double sign = distance < 0 ? -1 : 1;
    return {{sign * side[1] / length, -sign * side[0] / length}, std::abs(distance)};
  }
  const Point nearer = dot(a, a) <= dot(b, b) ? a : b;
  const double distance = std::hypot(nearer[0], nearer[1]);
  if (distance == 0) return {};
  return {{nearer[0] / distance, nearer[1] / distance}, distance};
}

// Seen from outside a convex hull its nearest point lies on a side; where some vector is on this side of it, 0 is
// inside.
Shortest shortest_of(const std::vector<Point>& vectors) {
  Shortest best{{}, std::numeric_limits<double>::infinity()};
  double largest = 0;
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    largest = std::max(largest, std::hypot(vectors[i][0], vectors[i][1]));
    for (std::size_t j = i; j < vectors.size(); ++j) {
      const Shortest between = shortest_between(vectors[i], vectors[j]);
      if (between.length < best.length) best = between;
    }
  }
  const auto nearer = [&](Point v) { return dot(v, best.direction) < best.length - kRounding * largest; };
  if (vectors.empty() || std::any_of(vectors.begin(), vectors.end(), nearer)) best = {};
  best.largest = largest;
  return best;
}

class Search {
 public:
  Search(const Surface& surface, Point from, double extent)
      : surface_(surface), extent_(extent), at_(from), value_(surface.evaluate(from, {})) {}

  [[nodiscard]] std::optional<Minimum> run();

 private:
  [[nodiscard]] Shortest subgradient(double radius, int turn) const;
  [[nodiscard]] double slope(double t, Point direction) const;
  bool step(Point direction, double radius);
  [[nodiscard]] double least_rise(double radius, double low, double high) const;
  [[nodiscard]] bool isolated() const;

  const Surface& surface_;
  double extent_;
  Point at_;
  double value_;
  bool lost_ = false;  // downhill for ever
};

Shortest Search::subgradient(double radius, int turn) const {
  std::vector<Point> gradients;
  for (std::size_t k = 0; k < kSamples; ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / kSamples + turn * kGoldenAngle;
    Point gradient{};
    const double value = surface_.evaluate(along(at_, radius, turned(angle)), gradient);
    if (std::isfinite(value + gradient[0] + gradient[1])) gradients.push_back(gradient);
  }
  return shortest_of(gradients);
}

double Search::slope(double t, Point direction) const {
  Point gradient{};
  surface_.evaluate(along(at_, t, direction), gradient);
  return dot(gradient, direction);
}

// step() goes to where the slope along the line changes its sign, if that is lower.
bool Search::step(Point direction, double radius) {
  double low = 0, high = radius;
  while (slope(high, direction) < 0) {
    low = high;
    high *= 2;
    lost_ = high > kFarthest * extent_;
    if (lost_) return false;
  }
  while (high - low > kResolved * extent_) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (slope(middle, direction) < 0 ? low : high) = middle;
  }
  bool lower = false;
  const Point from = at_;
  for (const double t : {low, high}) {
    const Point next = along(from, t, direction);
    const double value = surface_.evaluate(next, {});
    if (!(value < value_)) continue;
    at_ = next;
    value_ = value;
    lower = true;
  }
  return lower;
}

// least_rise() says how much higher f is at the lowest point of an arc, by golden section.
double Search::least_rise(double radius, double low, double high) const {
  const auto rise = [&](double angle) { return surface_.evaluate(along(at_, radius, turned(angle)), {}) - value_; };
  for (int i = 0; i < kRingSteps; ++i) {
    const double part = (2 - std::numbers::phi) * (high - low);
    if (rise(low + part) < rise(high - part))
      high -= part;
    else
      low += part;
  }
  return rise((low + high) / 2);
}

// f is higher all round. A crease may cross the circle in several places, lower ones and higher ones: the lowest point
// near each low sample counts.
bool Search::isolated() const {
  constexpr double kPart = 2 * std::numbers::pi / kRingPoints;
  for (const double ring : kRings) {
    std::array<double, kRingPoints> values{};
    for (std::size_t k = 0; k < kRingPoints; ++k)
      values[k] = surface_.evaluate(along(at_, ring * extent_, turned(kPart * static_cast<double>(k))), {});
    const double least = kLeastRise * (*std::max_element(values.begin(), values.end()) - value_);
    for (std::size_t k = 0; k < kRingPoints; ++k) {
      if (!std::isfinite(values[k])) return false;
      if (values[k] > values[(k + 1) % kRingPoints] || values[k] > values[(k + kRingPoints - 1) % kRingPoints])
        continue;
      const double angle = kPart * static_cast<double>(k);
      if (!(least_rise(ring * extent_, angle - kPart, angle + kPart) > least)) return false;
    }
  }
  return true;
}

std::optional<Minimum> Search::run() {
  double radius = kLargest * extent_;
  for (int i = 0; i < kMostSteps && std::isfinite(value_); ++i) {
    const Shortest toward = subgradient(radius, i);
    if (toward.largest == 0 || lost_) return {};  // flat, or nothing is finite here
    if (toward.length > kRounding * toward.largest && step({-toward.direction[0], -toward.direction[1]}, radius))
      continue;
    if (radius <= kSmallest * extent_) {
      if (toward.length > kStationary * toward.largest || !isolated()) return {};
      return Minimum{at_, value_};
    }
    radius = std::max(kShrink * radius, kSmallest * extent_);
  }
  return {};
}

}  // namespace

std::optional<Minimum> kink_minimum(const Surface& surface, Point from, double extent) {
  return Search(surface, from, extent).run();
}

}  // namespace descent::surfaces
