// SPDX-License-Identifier: MIT
// Words over the picture: what is wrong with runs in trouble, and how to begin.
#pragma once

#include <vector>

#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

// The height at the picture's upper edge that the banner takes: two lines, in small pictures one.
[[nodiscard]] inline float banner_room(const ViewFrame& frame) {
  if (frame.one_note()) return 0;
  return frame.compact ? 40.0F : 56.0F;
}

// has_banner() says whether there is anything to say.
[[nodiscard]] bool has_banner(const PanelContext& context);

// The banner at the top: a sentence for each run that diverged, is frozen or in trouble; before the first step, what to
// do; who has arrived first, with Replay once the race is over. In pictures with room for one note it takes the
// read-out's place. Adds the places of its notes to `notes`.
void draw_banner(const PanelContext& context, const ViewFrame& frame, std::vector<LabelBox>& notes);

}  // namespace descent::web
