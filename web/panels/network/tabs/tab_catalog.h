// SPDX-License-Identifier: MIT
// The tabs below the curves of the Network workspace. One more tab is one file with a Panel and one line in
// tab_catalog.cpp. A tab draws into the region it is given: context.width × context.height points from the cursor on.
#pragma once

#include <span>

#include "web/panels/page/tab_entry.h"

namespace descent::web {

[[nodiscard]] std::span<const TabEntry> network_tabs();

}  // namespace descent::web
