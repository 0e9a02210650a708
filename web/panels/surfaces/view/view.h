// SPDX-License-Identifier: MIT
// The Surfaces workspace's picture: contour or 3-D view with paths, minima, the start handle, the eigen-ellipse at the
// selected head, colour bar and axes; above it the tools, the read-out at the pointer and what is said of the race.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_surfaces_view();

}  // namespace descent::web
