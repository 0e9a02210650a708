// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/overlay.h"

#include <cmath>

#include "web/model/geometry/view_math.h"

namespace descent::web {

ImU32 overlay_ink(const ViewFrame& frame) {
  return frame.scene.theme == Theme::dark ? IM_COL32(245, 246, 250, 255) : IM_COL32(22, 24, 32, 255);
}

ImU32 overlay_halo(const ViewFrame& frame) {
  return frame.scene.theme == Theme::dark ? IM_COL32(8, 9, 14, 235) : IM_COL32(255, 255, 255, 240);
}

double height_at(const PanelContext& context, surfaces::Point point, double fallback) {
  const race::HeightField* field = context.render.field();
  if (field == nullptr) return fallback;
  const double value = sample_field(*field, point);
  return std::isfinite(value) ? value : fallback;
}

}  // namespace descent::web
