// SPDX-License-Identifier: MIT
// Words over the picture: what is wrong with runs in trouble, and how to begin.
#pragma once

#include "web/panels/surfaces_scene.h"

namespace descent::web {

// At the top: a sentence for each run that diverged, is frozen or in trouble; before the first step, what to do.
void draw_banner(const PanelContext& context, const ViewFrame& frame);

}  // namespace descent::web
