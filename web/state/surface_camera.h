// SPDX-License-Identifier: MIT
// A SurfaceCamera says what of a surface is seen, flat and in 3-D.
#pragma once

#include <optional>

#include "engine/surfaces/surface.h"

namespace descent::web {

// The camera of the Surfaces workspace.
struct SurfaceCamera {
  surfaces::Domain view;  // rectangle of the contour view, in surface coordinates
  bool three_d = false;
  double yaw = 0.5;     // radians
  double pitch = 0.65;  // radians above the horizon
  double distance = 1;  // 1 = the domain fits
  double look_x = 0;    // what the 3-D view turns round: −1 … 1 across the domain
  double look_y = 0;
  std::optional<surfaces::Point> pin;  // where the tab "Chain rule" looks; none: at the pointer or the head
};

}  // namespace descent::web
