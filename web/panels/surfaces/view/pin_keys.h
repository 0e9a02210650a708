// SPDX-License-Identifier: MIT
// Arrow keys move the pinned point of the tab "Chain rule", as far as a few pixels; with Shift ten times as far. In the
// 3-D view each key goes along the axis that leads most its way on the screen.
#pragma once

#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

// The pin after `push` steps to the right and upwards, in round decimals; it stays in sight.
[[nodiscard]] surfaces::Point pushed_pin(const PanelContext& context, const ViewFrame& frame, surfaces::Point pin,
                                         std::array<int, 2> push);

}  // namespace descent::web
