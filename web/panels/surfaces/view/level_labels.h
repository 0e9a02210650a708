// SPDX-License-Identifier: MIT
// Values written on the contour lines of the flat view, along the line, with a halo, where they cover neither the ring
// nor heads and paths. Each is reported as item
// "contour <text>" of role "mark" with its value.
#pragma once

#include "web/model/geometry/contour_labels.h"
#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

void draw_contour_labels(const PanelContext& context, const ViewFrame& frame, ContourLabels& labels);

}  // namespace descent::web
