// SPDX-License-Identifier: MIT
// The row of controls above the picture of the surface: kind of view, what is drawn over it.
#pragma once

#include "web/panels/panel.h"

namespace descent::web {

// At the cursor, in one line of control_height().
void draw_tools(PanelContext& context, float width);

}  // namespace descent::web
