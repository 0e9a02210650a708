// SPDX-License-Identifier: MIT
// A track along a record of steps with a knob at the present one. Wherever it is pressed the knob goes, exactly to a
// whole step, or to the nearest of `stops` where there are some; ← → go one step or stop while it has the keyboard's
// focus, Home and End to the ends.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace descent::web::widgets {

// A tick on the track: something happened at that step.
struct ScrubMark {
  std::int64_t at = 0;
  ImU32 color = 0;
};

// stops: ascending, in 0 … end. 0 <= position <= end; with end = 0 it is disabled. Returns true when `position`
// changed. As wide as item_width() says, else all that is left; control_height() high. Reported as role "slider" with
// the position as value.
bool scrubber(std::string_view label, std::int64_t& position, std::int64_t end, std::span<const ScrubMark> marks,
              std::string_view tooltip, std::span<const std::int64_t> stops = {});

}  // namespace descent::web::widgets
