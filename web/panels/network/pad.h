// SPDX-License-Identifier: MIT
// The pad: it shows the digit that is looked at, and a stroke on it begins another one.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

inline constexpr float kSeenSide = 112;  // of the picture that the network gets, points

// side × side points from the cursor on. While one's own digit is looked at it shows the strokes, or where there are
// none (a link, a dropped picture) the image itself. A stroke may begin anywhere beside it where nothing else is meant.
void draw_pad(PanelContext& context, float side);
// The pen's width, and the last stroke taken back, as two buttons of a column.
void draw_pen_buttons(PanelContext& context);
// The image that the network gets, with a line that says so, kSeenSide wide.
void draw_seen(PanelContext& context);
// The digit as a button of that side, to open and close the pad, which is open or not; true when it was pressed.
bool draw_digit_button(PanelContext& context, float side, bool open);

void clear_pad(DrawPad& pad);

}  // namespace descent::web
