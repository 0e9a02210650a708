// SPDX-License-Identifier: MIT
// The row of controls above the picture of the surface: kind of view, what is drawn over it. Where it is too narrow for
// all of them the last ones are left out.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

// Draws the view's buttons at the cursor, in one line of control_height().
void draw_tools(PanelContext& context, float width);

}  // namespace descent::web
