// SPDX-License-Identifier: MIT
// The pad: it shows the digit that is looked at, and a stroke on it begins another one.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

// side × side points from the cursor on. While one's own digit is looked at it shows the strokes, or where there are
// none (a link, a dropped picture) the image itself, and a small picture of what the network sees of the strokes.
void draw_pad(PanelContext& context, float side);
// The digit as a button of that side, to open and close the pad; true when it was pressed.
bool draw_digit_button(PanelContext& context, float side);

void clear_pad(DrawPad& pad);

}  // namespace descent::web
