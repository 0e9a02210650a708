// SPDX-License-Identifier: MIT
// The tab "Loss": loss against step for all optimizers of the race, on a log axis where that is honest: the axis shows
// f − f_min when the surface's lowest minimum is known (and says so when f_min is not 0), and f itself, linear, when
// the surface has none.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_loss_tab();

}  // namespace descent::web
