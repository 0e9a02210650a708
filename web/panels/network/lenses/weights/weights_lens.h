// SPDX-License-Identifier: MIT
// w: what one weight matrix looks like and does: its singular values, its elements in the shape of what they read,
// their distribution, and what is left of the network at a lower rank; its product with what the digit sends to it; and
// the arithmetic of a window that slides.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_weights_lens();

}  // namespace descent::web
