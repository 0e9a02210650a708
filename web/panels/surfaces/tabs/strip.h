// SPDX-License-Identifier: MIT
// Below the picture: the row of tabs (tab_catalog.h) with the chosen one, and beside it the standings where there is
// room for both. A button makes the strip tall.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_surfaces_strip();

}  // namespace descent::web
