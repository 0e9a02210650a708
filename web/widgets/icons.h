// SPDX-License-Identifier: MIT
// Icons as strokes and fills of a draw list, sharp at every scale. Each is designed on a grid of 16 × 16 units.
#pragma once

#include <imgui.h>

#include "web/widgets/controls.h"

namespace descent::web::widgets {

// center and size (of the 16-unit square) in points.
void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color);

}  // namespace descent::web::widgets
