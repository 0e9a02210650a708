// SPDX-License-Identifier: MIT
#include "web/model/geometry/arrows.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace descent::web {
namespace {

using surfaces::Point;

constexpr double kShortest = 0.25, kLongest = 0.9;  // of the grid's step
constexpr double kDecades = 5;                      // at most, between the two
constexpr double kBarb = 0.34, kLongestBarb = 5;    // of the arrow; points
constexpr double kBarbAngle = 0.45;                 // radians

// log10 |∇f| at which arrows are shortest and longest.
struct ArrowLengths {
  double low = 0, high = 0;
};

// All but the extreme twentieths of a field; empty when nothing in it has a direction.
std::optional<ArrowLengths> arrow_lengths(const std::vector<double>& gradients) {
  std::vector<double> logs;
  for (std::size_t i = 0; i + 1 < gradients.size(); i += 2) {
    const double slope = std::hypot(gradients[i], gradients[i + 1]);
    if (std::isfinite(slope) && slope > 0) logs.push_back(std::log10(slope));
  }
  if (logs.empty()) return {};
  std::sort(logs.begin(), logs.end());
  const std::size_t cut = logs.size() / 20;
  const double high = logs[logs.size() - 1 - cut];
  return ArrowLengths{std::max(logs[cut], high - kDecades), high};
}

// An arrow's length as a share of the grid's step.
double length_of(const ArrowLengths& lengths, double slope) {
  const double range = lengths.high - lengths.low;
  const double t = range > 0 ? std::clamp((std::log10(slope) - lengths.low) / range, 0.0, 1.0) : 0.5;
  return kShortest + t * (kLongest - kShortest);
}

void add_arrow(std::vector<ScreenPath::Vertex>& vertices, const Projection& projection, Point middle, Point along,
               double length, double longest_barb) {
  const Point tip{middle[0] + 0.5 * length * along[0], middle[1] + 0.5 * length * along[1]};
  const Point tail{middle[0] - 0.5 * length * along[0], middle[1] - 0.5 * length * along[1]};
  const double barb = std::min(kBarb * length, longest_barb);
  const auto barb_end = [&](double angle) {
    const double c = std::cos(angle), s = std::sin(angle);
    return Point{tip[0] - barb * (c * along[0] - s * along[1]), tip[1] - barb * (s * along[0] + c * along[1])};
  };
  const std::size_t first = vertices.size();
  const auto add = [&](Point point, float joined) {
    const Placed placed = place(projection, point);
    vertices.push_back({static_cast<float>(placed.pixel[0]), static_cast<float>(placed.pixel[1]),
                        static_cast<float>(placed.depth), joined});
  };
  add(tail, 1);
  add(tip, 0);
  add(barb_end(kBarbAngle), 1);
  add(tip, 1);
  add(barb_end(-kBarbAngle), 0);
  const auto finite = [](const ScreenPath::Vertex& v) { return std::isfinite(v.x + v.y + v.depth); };
  if (!std::all_of(vertices.begin() + static_cast<std::ptrdiff_t>(first), vertices.end(), finite))
    vertices.resize(first);
}

}  // namespace

ArrowGrid arrow_grid(const surfaces::Domain& view, double spacing, Cover cover) {
  const double step = std::exp2(std::ceil(std::log2(spacing)));
  const auto low = [&](double edge) {
    return cover == Cover::beyond ? std::floor(edge / step) : std::ceil(edge / step);
  };
  const auto high = [&](double edge) {
    return cover == Cover::beyond ? std::ceil(edge / step) : std::floor(edge / step);
  };
  const double x0 = low(view.x0), x1 = std::max(high(view.x1), x0 + 1);
  const double y0 = low(view.y0), y1 = std::max(high(view.y1), y0 + 1);
  return {{x0 * step, x1 * step, y0 * step, y1 * step}, static_cast<int>(x1 - x0) + 1, static_cast<int>(y1 - y0) + 1};
}

std::vector<ScreenPath::Vertex> arrow_vertices(const race::GradientField& field, const Projection& projection) {
  std::vector<ScreenPath::Vertex> vertices;
  const std::optional<ArrowLengths> lengths = arrow_lengths(field.gradients);
  if (!lengths || field.width < 2 || field.height < 2) return vertices;
  const double step = (field.view.x1 - field.view.x0) / (field.width - 1);
  const double unit = projection.orbit != nullptr
                          ? step / 30  // about a point at the usual distance
                          : (projection.shown.x1 - projection.shown.x0) / projection.width * projection.pixel_ratio;
  for (int row = 0; row < field.height; ++row)
    for (int column = 0; column < field.width; ++column) {
      const auto at = 2 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(field.width) +
                           static_cast<std::size_t>(column));
      const double gx = field.gradients[at], gy = field.gradients[at + 1];
      const double slope = std::hypot(gx, gy);
      if (!std::isfinite(slope) || !(slope > 0)) continue;
      const Point middle{field.view.x0 + column * step, field.view.y0 + row * step};
      add_arrow(vertices, projection, middle, {-gx / slope, -gy / slope}, step * length_of(*lengths, slope),
                kLongestBarb * unit);
    }
  return vertices;
}

}  // namespace descent::web
