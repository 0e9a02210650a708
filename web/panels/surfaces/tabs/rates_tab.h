// SPDX-License-Identifier: MIT
// The tab "Rates": what every learning rate would make of each optimizer of the race, from the same start. Controls,
// the figure (rates_figure.h), and the best rate of each to be taken over.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"
#include "web/panels/surfaces/tabs/tab_figure.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_rates_tab();
extern const TabFigure kRatesTabFigure;

}  // namespace descent::web
