// SPDX-License-Identifier: MIT
// TabFigure: what a tab shows, by itself, for a PNG (figure_png.h). descent.picture() takes the names of the tabs that
// have one.
#pragma once

#include <imgui.h>

#include <string>

#include "web/panels/page/panel.h"

namespace descent::web {

struct TabFigure {
  // True when all that the figure shows has been computed. Called only while the tab is open.
  bool (*complete)(const PanelContext& context) = nullptr;
  // The subtitle says what the figure shows, in a few words beside the surface's formula.
  std::string (*subtitle)(const PanelContext& context) = nullptr;
  // Draws the figure from the cursor on, `size` large.
  void (*draw)(PanelContext& context, ImVec2 size) = nullptr;
};

}  // namespace descent::web
