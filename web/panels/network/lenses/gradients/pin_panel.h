// SPDX-License-Identifier: MIT
// A pin opens this panel in the lens Gradients: what the unit, weight or pixel is made of, and what the loss asks of
// it.
#pragma once

#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class PinPanel {
 public:
  // wanted() says whether something is pinned that this panel has something to say about.
  [[nodiscard]] static bool wanted(const NetworkPin& pin);
  void draw(PanelContext& context, float width, float height);

 private:
  void draw_head(PanelContext& context);
  [[nodiscard]] std::string title(const PanelContext& context) const;

  UnitPart unit_;
  // The unit from which a weight was reached, and that weight: the way back.
  NetworkPin from_, reached_;
};

}  // namespace descent::web
