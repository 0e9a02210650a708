// SPDX-License-Identifier: MIT
// Words over the picture: the read-out of value and curvature, what became of runs that diverged, and how to begin.
#pragma once

#include <optional>

#include "web/panels/surfaces_feed.h"
#include "web/panels/surfaces_scene.h"

namespace descent::web {

// At the lower left: at the pointer when `probe` is given, else at the selected optimizer's head.
void draw_readout(const PanelContext& context, const ViewFrame& frame, const std::optional<SurfaceFeed::Probe>& probe);
// At the top: a sentence for each run that diverged; before the first step, what to do.
void draw_banner(const PanelContext& context, const ViewFrame& frame);

}  // namespace descent::web
