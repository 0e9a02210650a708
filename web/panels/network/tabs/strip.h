// SPDX-License-Identifier: MIT
// Below the curves: the row of tabs (tab_catalog.h) with the chosen one.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_strip();

}  // namespace descent::web
