// SPDX-License-Identifier: MIT
// The 3-D view's block stays inside what labels leave of the canvas, for every yaw.
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
};

Reach reach_of(const OrbitRoom& room, double width, double height, double pitch) {
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
        }
  }
  return reach;
}

bool keeps_clear(const Reach& reach, const OrbitRoom& room) {
  constexpr double kHair = 1e-9;
  return reach.left >= room.left - kHair && reach.right <= 1 - room.right + kHair && reach.low >= room.bottom - kHair &&
         reach.high <= 1 - room.top + kHair;
}

}  // namespace

TEST_CASE("the block keeps clear of the margins, on wide and on narrow canvases") {
  for (const double pitch : {0.1, 0.65, 1.4})
    for (const auto& [width, height] : {std::pair(890.0, 400.0), std::pair(332.0, 275.0), std::pair(430.0, 220.0)}) {
      CAPTURE(pitch);
      CAPTURE(width);
      const OrbitRoom room{50 / width, 40 / height, 30 / width, 27 / height};
      const Reach reach = reach_of(room, width, height, pitch);
      CHECK(keeps_clear(reach, room));
      // The block is as near as that allows: it fills the height or the width of what is free.
      CHECK((reach.right - reach.left > 0.85 * (1 - room.left - room.right) ||
             reach.high - reach.low > 0.85 * (1 - room.bottom - room.top)));
      // The measure finds a block that was fitted to the whole canvas.
      CHECK_FALSE(keeps_clear(reach_of({}, width, height, pitch), room));
    }
}

}  // namespace descent::web
