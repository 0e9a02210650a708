// SPDX-License-Identifier: MIT
// The digit that all lenses look at: its pad, on which one draws another, the chooser of test images, the network's
// answer, and the curves in small.
#pragma once

#include "web/panels/network/curves.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class DigitDock {
 public:
  // One below the other, context.width wide and context.height high; `curves`: with them at the foot.
  void draw_column(PanelContext& context, bool curves);
  // A row context.width wide, and the pad below it while it is open.
  void draw_row(PanelContext& context, bool curves);
  // The pad makes room for what was asked for.
  void close_pad() { pad_open_ = false; }
  // In a view of little height the open pad takes the place of all else.
  [[nodiscard]] bool takes_all(const PanelContext& context) const;
  void draw_alone(PanelContext& context);

 private:
  // The row itself.
  void draw_head(PanelContext& context, bool curves);

  NetworkCurves curves_;
  bool pad_open_ = false;  // of the row, and of a low column
  bool low_ = false;       // the column, when it was drawn last
};

}  // namespace descent::web
