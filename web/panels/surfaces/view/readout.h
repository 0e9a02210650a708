// SPDX-License-Identifier: MIT
// The numbers at one point, in a box at the lower left of the picture: place, value and slope; with the curvature shown
// also the Hessian, its eigenvalues and condition number, and the kind of point.
#pragma once

#include <optional>
#include <vector>

#include "web/panels/surfaces/view/samples.h"
#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

// The corner of the picture that the box may take: nothing else should be written there.
[[nodiscard]] ImVec2 readout_room(const PanelContext& context, const ViewFrame& frame);

// The read-out is at the pointer when `probe` is given, else at the chosen optimizer's head. Adds where it stands to
// `notes`.
void draw_readout(const PanelContext& context, const ViewFrame& frame, const std::optional<SurfaceFeed::Probe>& probe,
                  std::vector<LabelBox>& notes);

}  // namespace descent::web
