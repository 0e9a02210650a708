// SPDX-License-Identifier: MIT
// Rectangles on the canvas: in points, where the interface lays things out, and in device pixels, where they are drawn.
#pragma once

namespace descent::web {

// A rectangle in points (CSS pixels), y down.
struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
  friend bool operator==(const Rect&, const Rect&) = default;
};

// The size of the surface that is drawn on, in device pixels.
struct Canvas {
  int width = 0, height = 0;
  float pixel_ratio = 1;
  friend bool operator==(const Canvas&, const Canvas&) = default;
};

}  // namespace descent::web
