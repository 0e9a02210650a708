// SPDX-License-Identifier: MIT
// The tab "Chain rule": how the gradient at the chosen head, or under the pointer while it rests in the picture, is
// computed, step by step on the graph of the surface's formula, and that reverse mode, forward mode and a central
// difference agree. The race's worker computes it all.
#pragma once

#include <memory>

#include "web/panels/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_chain_tab();

}  // namespace descent::web
