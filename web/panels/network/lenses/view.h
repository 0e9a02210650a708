// SPDX-License-Identifier: MIT
// The view of the Network workspace: the row of lenses, the digit that all of them look at, and the chosen lens.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_view();

}  // namespace descent::web
