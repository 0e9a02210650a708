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

// Device pixels of the canvas, y up; [x0, x1) × [y0, y1).
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  friend bool operator==(const PixelBox&, const PixelBox&) = default;
};
// Edges at whole pixels, not beyond the canvas.
[[nodiscard]] PixelBox pixels_of(const Rect& rect, const Canvas& canvas);

}  // namespace descent::web
