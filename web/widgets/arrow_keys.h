// SPDX-License-Identifier: MIT
// Arrows inside a picture: they move what is chosen there, and the keyboard stays.
#pragma once

#include "web/widgets/item.h"

namespace descent::web::widgets {

struct ArrowSteps {
  int dx = 0, dy = 0;  // to the right, downwards

  explicit operator bool() const { return dx != 0 || dy != 0; }
};
// Steps by the arrows pressed in this frame; none where the keyboard is elsewhere. Tab leaves the item.
[[nodiscard]] ArrowSteps arrow_steps(const Item& item);

}  // namespace descent::web::widgets
