// SPDX-License-Identifier: MIT
// The tabs under the curves: first-layer filters, activations of one digit through every layer, draw a digit.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_strip();

}  // namespace descent::web
