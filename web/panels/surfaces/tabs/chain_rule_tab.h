// SPDX-License-Identifier: MIT
// The tab "Chain rule": how the gradient at a point is computed, step by step on the graph of the surface's formula,
// and that reverse mode, forward mode and a central difference agree. The point is the one pinned by a click in the
// picture; else the one under the pointer while it rests there; else the chosen head. The race's worker computes it
// all.
#pragma once

#include <memory>
#include <string_view>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_chain_tab();

}  // namespace descent::web
