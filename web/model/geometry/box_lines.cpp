// SPDX-License-Identifier: MIT
#include "web/model/geometry/box_lines.h"

#include <array>
#include <initializer_list>

namespace descent::web {
namespace {

using surfaces::Point;

constexpr int kTicks = 5;

struct Corner {
  Point point;
  double t = 0;
};

class Drawing {
 public:
  explicit Drawing(const Projection& projection) : projection_(projection) {}

  void line(std::initializer_list<Corner> corners) {
    for (const Corner& corner : corners) {
      const Placed placed = projection_.through_orbit(corner.point, corner.t);
      vertices_.push_back({static_cast<float>(placed.pixel[0]), static_cast<float>(placed.pixel[1]),
                           static_cast<float>(placed.depth), 1});
    }
    vertices_.back().joined = 0;
  }
  [[nodiscard]] std::size_t count() const { return vertices_.size(); }
  [[nodiscard]] std::vector<ScreenPath::Vertex> take() { return std::move(vertices_); }

 private:
  const Projection& projection_;
  std::vector<ScreenPath::Vertex> vertices_;
};

}  // namespace

BoxLines box_lines(const Projection& projection) {
  const surfaces::Domain& view = projection.orbit->view();
  const Point near = projection.orbit->near_corner();
  const Point far{view.x0 + view.x1 - near[0], view.y0 + view.y1 - near[1]};
  const Point left{far[0], near[1]}, right{near[0], far[1]};
  Drawing drawing(projection);
  for (const double value : scale_ticks(projection.scale, kTicks)) {
    const double t = projection.scale.relief(value);
    if (t > 0.01 && t < 0.99) drawing.line({{left, t}, {far, t}, {right, t}});
  }
  for (const Tick& tick : linear_ticks(view.x0, view.x1, kTicks))
    drawing.line({{{tick.value, far[1]}, 0}, {{tick.value, far[1]}, 1}});
  for (const Tick& tick : linear_ticks(view.y0, view.y1, kTicks))
    drawing.line({{{far[0], tick.value}, 0}, {{far[0], tick.value}, 1}});
  BoxLines lines;
  lines.grid = drawing.count();
  drawing.line({{near, 0}, {left, 0}, {far, 0}, {right, 0}, {near, 0}});
  drawing.line({{left, 0}, {left, 1}, {far, 1}, {right, 1}, {right, 0}});
  drawing.line({{far, 0}, {far, 1}});
  lines.vertices = drawing.take();
  return lines;
}

}  // namespace descent::web
