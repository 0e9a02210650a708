// SPDX-License-Identifier: MIT
// PanZoom: which part of a picture is seen through a window of the same size, and how large. At zoom 1 all of it.
#pragma once

#include <algorithm>

#include "web/model/geometry/rect.h"

namespace descent::web {

struct PanZoom {
  static constexpr float kMost = 64;

  float zoom = 1;
  float x = 0, y = 0;  // the picture's point at the window's upper left corner

  [[nodiscard]] float to_window_x(float px) const { return (px - x) * zoom; }
  [[nodiscard]] float to_window_y(float py) const { return (py - y) * zoom; }
  [[nodiscard]] float to_picture_x(float wx) const { return x + wx / zoom; }
  [[nodiscard]] float to_picture_y(float wy) const { return y + wy / zoom; }

  // The picture's point under (wx, wy) stays there.
  void zoom_at(float wx, float wy, float factor, float width, float height) {
    const float px = to_picture_x(wx), py = to_picture_y(wy);
    zoom = std::clamp(zoom * factor, 1.0f, kMost);
    x = px - wx / zoom;
    y = py - wy / zoom;
    keep_inside(width, height);
  }
  void pan(float dx, float dy, float width, float height) {
    x -= dx / zoom;
    y -= dy / zoom;
    keep_inside(width, height);
  }
  // `box` of the picture fills the window as far as it can.
  void show(const Rect& box, float width, float height) {
    zoom = std::clamp(std::min(width / box.width, height / box.height), 1.0f, kMost);
    x = box.x + box.width / 2 - width / (2 * zoom);
    y = box.y + box.height / 2 - height / (2 * zoom);
    keep_inside(width, height);
  }

 private:
  void keep_inside(float width, float height) {
    x = std::clamp(x, 0.0f, width * (1 - 1 / zoom));
    y = std::clamp(y, 0.0f, height * (1 - 1 / zoom));
  }
};

}  // namespace descent::web
