// SPDX-License-Identifier: MIT
// A picture of the surface with a scale of its own: an interface frame beside the page's, with fonts for that scale,
// drawn with the surface under it into a target of its own and read back later.
#pragma once

#include "web/panels/panel.h"

namespace descent::web {

// Between two frames of the page. Answers through Module.bridgePicture(id, …). `scale`: device pixels a point.
void make_picture(PanelContext& context, int id, float scale);

}  // namespace descent::web
