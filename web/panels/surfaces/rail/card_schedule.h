// SPDX-License-Identifier: MIT
// The schedule on an optimizer's card. Live, as all hyper-parameters are.
#pragma once

#include <string>

#include "web/panels/page/panel.h"

namespace descent::web {

// "schedule cosine", for a folded card.
[[nodiscard]] std::string schedule_in_brief(const race::RunnerConfig& config);

// `runner`: index of the card; `owner`: its name among the cards. unfolded: menu and sliders too, else only the curve
// of a schedule that is not constant.
void draw_schedule(PanelContext& context, int runner, const std::string& owner, bool unfolded);

}  // namespace descent::web
