// SPDX-License-Identifier: MIT
// The tab "Map": the loss after a run against two hyper-parameters of the selected optimizer, as colours. The present
// values and the best ones are marked; a press (and a drag) sets both hyper-parameters.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"
#include "web/panels/surfaces/tabs/tab_figure.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_map_tab();
extern const TabFigure kMapTabFigure;

}  // namespace descent::web
