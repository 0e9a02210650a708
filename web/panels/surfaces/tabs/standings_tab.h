// SPDX-License-Identifier: MIT
// The tab "Standings": a table of where each optimizer stands, with CSV download.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

inline constexpr float kStandingsWidth = 588;  // shows all columns

[[nodiscard]] std::unique_ptr<Panel> make_standings_tab();
void draw_standings_download(PanelContext& context, bool words);

}  // namespace descent::web
