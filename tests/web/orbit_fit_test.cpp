// SPDX-License-Identifier: MIT
// The 3-D view's block stays inside what labels and notes leave of the canvas, for every yaw.
#include "web/model/geometry/orbit_fit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "web/model/geometry/view_math.h"

namespace descent::web {
namespace {

// The block's edges, in shares of the canvas from the left and from below.
struct Reach {
  double left = 1, right = 0, low = 1, high = 0;
  bool in_corner = false;
};

Reach reach_of(const OrbitRoom& room, const OrbitRoom& measured, double width, double height, double pitch) {
  Reach reach;
  SurfaceCamera camera;
  camera.view = {-2, 2, -1.5, 1.5};
  camera.pitch = pitch;
  for (int k = 0; k < 72; ++k) {
    camera.yaw = 0.0873 * k;
    const OrbitView orbit(camera, width, height, room);
    for (const double x : {-2.0, 2.0})
      for (const double y : {-1.5, 1.5})
        for (const double t : {0.0, 1.0}) {
          const auto clip = orbit.clip({x, y}, t);
          REQUIRE(clip.w > 0);
          const double u = 0.5 + 0.5 * clip.x / clip.w, v = 0.5 + 0.5 * clip.y / clip.w;
          reach.left = std::min(reach.left, u);
          reach.right = std::max(reach.right, u);
          reach.low = std::min(reach.low, v);
          reach.high = std::max(reach.high, v);
          if (u < measured.corner_width && v < measured.corner_height) reach.in_corner = true;
        }
  }
  return reach;
}

bool keeps_clear(const Reach& reach, const OrbitRoom& room) {
  constexpr double kHair = 1e-9;
  return reach.left >= room.left - kHair && reach.right <= 1 - room.right + kHair && reach.low >= room.bottom - kHair &&
         reach.high <= 1 - room.top + kHair && !reach.in_corner;
}

}  // namespace

TEST_CASE("the block keeps clear of the margins and of the corner, on wide and on narrow canvases") {
  for (const double pitch : {0.1, 0.65, 1.4})
    for (const auto& [width, height] : {std::pair(890.0, 400.0), std::pair(332.0, 275.0), std::pair(430.0, 220.0)}) {
      CAPTURE(pitch);
      CAPTURE(width);
      const OrbitRoom room{50 / width, 40 / height, 30 / width, 27 / height, 0.45, 0.3};
      const Reach reach = reach_of(room, room, width, height, pitch);
      CHECK(keeps_clear(reach, room));
      // The block is as near as that allows: it fills the height or the width of what is free.
      CHECK((reach.right - reach.left > 0.4 || reach.high - reach.low > 0.5));
      // The measure finds a block that was fitted to the whole canvas.
      CHECK_FALSE(keeps_clear(reach_of({}, room, width, height, pitch), room));
    }
}

TEST_CASE("a note across the whole width lifts the block above it") {
  OrbitRoom room;
  room.corner_width = 1;
  room.corner_height = 0.4;
  const Reach reach = reach_of(room, room, 336, 300, 0.65);
  CHECK(reach.low >= 0.4);
  CHECK(reach.high <= 1 - room.top + 1e-9);
  CHECK(std::abs(0.5 * (reach.left + reach.right) - 0.5) < 0.03);
}

TEST_CASE("a small corner that the block does not reach leaves it in the middle") {
  OrbitRoom room;
  const Reach free = reach_of(room, room, 900, 400, 0.65);
  room.corner_width = 0.2;
  room.corner_height = 0.2;
  const Reach beside = reach_of(room, room, 900, 400, 0.65);
  CHECK(beside.left == free.left);
  CHECK(beside.high == free.high);
}

}  // namespace descent::web
