// SPDX-License-Identifier: MIT
// The geometry of one frame of the Surfaces view, shared by what reads the pointer and what draws over the picture.
#pragma once

#include <imgui.h>

#include <span>

#include "web/model/geometry/arrow_labels.h"
#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] inline LabelBox label_box(ImVec2 low, ImVec2 high) {
  return {static_cast<double>(low.x), static_cast<double>(low.y), static_cast<double>(high.x),
          static_cast<double>(high.y)};
}

struct ViewFrame {
  render::SurfaceView scene;
  surfaces::Domain shown;  // of the flat view: fills the picture
  bool compact = false;
  std::span<const LabelBox> kept_free;  // ring and heads, which no words cover

  [[nodiscard]] ImVec2 low() const { return ImVec2(scene.rect.x, scene.rect.y); }
  [[nodiscard]] ImVec2 high() const {
    return ImVec2(scene.rect.x + scene.rect.width, scene.rect.y + scene.rect.height);
  }
  // Surface units a point of the canvas; x and y have the same scale.
  [[nodiscard]] double unit() const {
    return (shown.x1 - shown.x0) / static_cast<double>(scene.rect.width > 1 ? scene.rect.width : 1);
  }
  [[nodiscard]] surfaces::Point at(ImVec2 canvas) const {
    return {shown.x0 + static_cast<double>(canvas.x - scene.rect.x) * unit(),
            shown.y1 - static_cast<double>(canvas.y - scene.rect.y) * unit()};
  }
  [[nodiscard]] bool inside(ImVec2 canvas) const {
    return canvas.x >= low().x && canvas.x < high().x && canvas.y >= low().y && canvas.y < high().y;
  }
};

}  // namespace descent::web
