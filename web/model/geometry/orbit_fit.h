// SPDX-License-Identifier: MIT
// Says how far away the camera of the 3-D view stands, and where on the canvas the block lies, so that block and labels
// keep clear of the canvas's edges. The fit looks at the upright cylinder
// round the block: turning changes nothing. No ImGui and no GL here.
#pragma once

namespace descent::web {

// Shares of the canvas's width and height.
struct OrbitRoom {
  double left = 0.04, top = 0.035, right = 0.04, bottom = 0.035;  // between the block and the edges
  friend bool operator==(const OrbitRoom&, const OrbitRoom&) = default;
};

// A cylinder round the z axis as the camera looks at its middle.
struct OrbitSight {
  double radius = 1, height = 1;
  double pitch = 0;   // radians above the horizon
  double focal = 1;   // 1 / tan(half the vertical field of view)
  double aspect = 1;  // of the canvas, width / height
};

struct OrbitFit {
  double distance = 1;              // of the eye from the middle
  double shift_x = 0, shift_y = 0;  // of the canvas's middle, in half canvas widths and heights; y up
};

// fit_orbit() goes as near as the room allows, and moves the block aside no farther than needed.
[[nodiscard]] OrbitFit fit_orbit(const OrbitSight& sight, const OrbitRoom& room);

}  // namespace descent::web
