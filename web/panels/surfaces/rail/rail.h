// SPDX-License-Identifier: MIT
// The Surfaces workspace's rail: the surface with its parameters and start, and one card per optimizer.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_surfaces_rail();

}  // namespace descent::web
