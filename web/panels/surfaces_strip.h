// SPDX-License-Identifier: MIT
// Below the picture: loss against step for all optimizers, and the table of where each one stands, with CSV download.
#pragma once

#include <memory>

#include "web/panels/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_surfaces_strip();

}  // namespace descent::web
