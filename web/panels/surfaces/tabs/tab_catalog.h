// SPDX-License-Identifier: MIT
// The tabs of the strip below the picture of the surface. One more tab is one file with a Panel and one line in
// tab_catalog.cpp; its entry in the row, the share link, descent.state() and what descent.picture() takes follow. A
// tab draws into the region it is given: context.width × context.height points from the cursor on.
#pragma once

#include <span>
#include <string_view>

#include "web/panels/page/tab_entry.h"
#include "web/panels/surfaces/tabs/tab_figure.h"

namespace descent::web {

enum class StripPlace {
  half,    // beside the standings, where there is room for both
  whole,   // the strip's whole width
  beside,  // to the right of a half where there is room, else a tab among the others
};

// A StripTab's name stands in the share link as well.
struct StripTab : TabEntry {
  StripPlace place = StripPlace::half;
  const TabFigure* figure = nullptr;  // of its panel, where that can be had as a PNG
  // A button of its own at the right end of its row, with a word or as an icon alone; may be absent.
  void (*draw_corner)(PanelContext& context, bool words) = nullptr;
  float least_half = 0;  // a half narrower than this becomes a whole
};

// The first one is shown at first. One of them is `beside`.
[[nodiscard]] std::span<const StripTab> strip_tabs();
// The figure of the tab of that name; nullptr where there is none.
[[nodiscard]] const TabFigure* strip_tab_figure(std::string_view name);

}  // namespace descent::web
