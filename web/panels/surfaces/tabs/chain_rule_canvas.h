// SPDX-License-Identifier: MIT
// ChainCanvas: the graph of a formula in a rectangle that can be moved and zoomed (mouse, wheel, fingers). Where all of
// it does not fit at a size that can be read, it follows the node of the step that is shown.
#pragma once

#include <imgui.h>

#include <string>

#include "web/model/words/chain_rule_steps.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class ChainCanvas {
 public:
  // The rectangle is `size` from the cursor on. Returns the node that was clicked, else −1.
  int draw(const PanelContext& context, const ChainRule& rule, int step, ImVec2 size);
  // Shows all of it again, or the node of the step.
  void fit() { moved_ = false; }

 private:
  struct Frame;
  void look(const PanelContext& context, const Frame& frame, bool hovered, bool held);
  void aim(const Frame& frame);

  bool moved_ = false;  // by hand, since the last fit
  std::string shown_;   // formula
  int step_ = -1;
  float zoom_ = 1;
  ImVec2 offset_;  // of the layout's corner, points from the rectangle's
};

// Text in which U+0304 puts a bar over the letters before it; returns its width at the present font.
float draw_barred(ImDrawList* list, ImVec2 at, ImU32 color, std::string_view text, float scale = 1);

}  // namespace descent::web
