// SPDX-License-Identifier: MIT
// Gesture: what two fingers did since the last frame, for views that zoom and pan. One finger is the mouse.
#pragma once

namespace descent::web {

struct Gesture {
  bool active = false;               // two fingers are down
  float scale = 1;                   // distance of the fingers now / at the last frame
  float pan_x = 0, pan_y = 0;        // movement of their centre, in points
  float center_x = 0, center_y = 0;  // their centre on the canvas, in points
};

}  // namespace descent::web
