// SPDX-License-Identifier: MIT
// The pen on the pad: strokes from what the pointer does, and their bytes, in which they are kept.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "web/state/ui_state.h"

namespace descent::web {

inline constexpr float kPadSide = 100;  // of the square that the points lie in

// move_pen() draws from one point to another what of that lies on the pad, as the pen's way on, or, where it `begins`
// or comes from outside, as a new stroke of that width. Returns whether anything was drawn.
bool move_pen(DrawPad& pad, data::PenPoint from, data::PenPoint to, float width, bool begins);

// The strokes as floats: for each how many points, the width, and x and y of every point.
[[nodiscard]] std::vector<std::uint8_t> stroke_bytes(const DrawPad& pad);
// The same backwards; false, and the pad as it was, where the bytes say something else.
[[nodiscard]] bool take_stroke_bytes(DrawPad& pad, std::span<const std::uint8_t> bytes);

}  // namespace descent::web
