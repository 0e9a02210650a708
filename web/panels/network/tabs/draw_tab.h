// SPDX-License-Identifier: MIT
// The tab "Draw": a pad to draw on, with the network's probabilities beside it.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_draw_tab();

}  // namespace descent::web
