// SPDX-License-Identifier: MIT
// Arrows of the gradient field: downhill, longer where it is steeper, none where there is no gradient; grids that stay.
#include "web/model/geometry/arrows.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/support/close.h"

namespace descent::web::render {
namespace {

constexpr std::size_t kVertices = 5;  // an arrow

Projection flat() {
  Projection projection;
  projection.shown = {0, 10, 0, 5};
  projection.width = 1000;
  projection.height = 500;
  return projection;
}

// f = 10^x: gradients point to the right and grow tenfold a step.
race::GradientField tenfold() {
  race::GradientField field;
  field.view = {1, 4, 1, 2};
  field.width = 4;
  field.height = 2;
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 4; ++column) {
      field.gradients.push_back(std::pow(10.0, column));
      field.gradients.push_back(0);
    }
  return field;
}

double length(const std::vector<ScreenPath::Vertex>& vertices, std::size_t arrow) {
  const ScreenPath::Vertex& tail = vertices[kVertices * arrow];
  const ScreenPath::Vertex& tip = vertices[kVertices * arrow + 1];
  return std::hypot(static_cast<double>(tip.x - tail.x), static_cast<double>(tip.y - tail.y));
}

}  // namespace

TEST_CASE("arrows point downhill, stand at the grid's points, and grow with the logarithm of the slope") {
  const auto vertices = arrow_vertices(tenfold(), flat());
  REQUIRE(vertices.size() == 8 * kVertices);
  for (std::size_t arrow = 0; arrow < 4; ++arrow) {
    const ScreenPath::Vertex& tail = vertices[kVertices * arrow];
    const ScreenPath::Vertex& tip = vertices[kVertices * arrow + 1];
    CHECK(tip.x < tail.x);
    CHECK(testing::close(static_cast<double>(tip.y), 100, 1e-6, 1e-9));
    CHECK(
        testing::close(0.5 * static_cast<double>(tip.x + tail.x), 100.0 * static_cast<double>(arrow + 1), 1e-6, 1e-9));
    CHECK(tip.joined == 0);
  }
  const double first = length(vertices, 1) - length(vertices, 0), second = length(vertices, 2) - length(vertices, 1);
  CHECK(first > 1);
  CHECK(testing::close(first, second, 1e-6, 1e-9));
  CHECK(length(vertices, 3) < 100);
}

TEST_CASE("there is no arrow where the gradient is zero or not finite") {
  race::GradientField field = tenfold();
  field.gradients[0] = 0;
  field.gradients[2] = std::numeric_limits<double>::quiet_NaN();
  field.gradients[5] = std::numeric_limits<double>::infinity();
  CHECK(arrow_vertices(field, flat()).size() == 5 * kVertices);
  field.gradients.assign(field.gradients.size(), 0);
  CHECK(arrow_vertices(field, flat()).empty());
}

TEST_CASE("a grid stays when the view moves, and covers it or lies inside it") {
  const ArrowGrid grid = arrow_grid({0.3, 4.2, -1.1, 1.9}, 0.3, Cover::beyond);
  CHECK(grid.view.x0 == 0);
  CHECK(grid.view.x1 == 4.5);
  CHECK(grid.view.y0 == -1.5);
  CHECK(grid.view.y1 == 2);
  CHECK(grid.width == 10);
  CHECK(grid.height == 8);
  const ArrowGrid moved = arrow_grid({0.4, 4.3, -1.1, 1.9}, 0.3, Cover::beyond);
  CHECK(moved.view.x0 == grid.view.x0);
  CHECK(moved.view.x1 == grid.view.x1);
  const ArrowGrid inner = arrow_grid({0.3, 4.2, -1.1, 1.9}, 0.3, Cover::inside);
  CHECK(inner.view.x0 == 0.5);
  CHECK(inner.view.x1 == 4);
  CHECK(inner.view.y0 == -1);
  CHECK(inner.view.y1 == 1.5);
}

}  // namespace descent::web::render
