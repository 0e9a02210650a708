// SPDX-License-Identifier: MIT
// Controls that sweeps and maps of a surface share.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

// Steps of each run; as wide as asked for.
void draw_survey_steps(PanelContext& context);

}  // namespace descent::web
