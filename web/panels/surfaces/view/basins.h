// SPDX-License-Identifier: MIT
// The view mode "Basins": where each start ends, in the place of the surface's colours. Colour: the attractor; shade:
// how many steps it took (darker: more). Contour lines and paths lie over it. A legend with the share of each attractor
// stands where the colour bar would; the pointer says where a start ends; a click starts there.
#pragma once

#include <cstdint>
#include <string>

#include "web/panels/page/panel.h"
#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

class BasinLayer {
 public:
  // Says which starts are wanted, and hands what is known of them to the renderer.
  void update(PanelContext& context, ViewFrame& frame);

 private:
  std::uint64_t version_ = 0, progress_ = 0;
  Theme theme_ = Theme::dark;
};

// The legend stands in the gutter at the right of the picture, from `low` to `high`.
void draw_basin_legend(const PanelContext& context, ImVec2 low, ImVec2 high);

// basin_words() is what the map says about the pointer's place: "ends at the minimum at (3, 2) after 41 steps"; empty
// where it says nothing.
[[nodiscard]] std::string basin_words(const PanelContext& context, const ViewFrame& frame);

}  // namespace descent::web
