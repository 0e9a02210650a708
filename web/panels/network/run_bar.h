// SPDX-License-Identifier: MIT
// Below the curves: a scrubber along the run's checkpoints, a branch from where it stands, and the list of the visit's
// earlier runs, each of which can be shown beside the present one, pinned or removed.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "web/panels/page/panel.h"

namespace descent::web {

// A kept run is shown where a person has said so, or else when it is one of the newest.
[[nodiscard]] bool run_shown(const PanelContext& context, std::uint64_t id);
// The colour of its curves, fainter than the present run's.
[[nodiscard]] ImU32 run_color(std::uint64_t id);

class RunBar {
 public:
  // Its share of context.height, in points; 0 where there is no room.
  [[nodiscard]] static float height(const PanelContext& context);
  void draw(PanelContext& context);

 private:
  void draw_scrubber(PanelContext& context, float width);
  static void draw_list(PanelContext& context);

  std::int64_t sought_ = -1;          // the step that the trainer was sent to and has not shown yet
  std::uint64_t sought_message_ = 0;  // what it had said then
};

}  // namespace descent::web
