// SPDX-License-Identifier: MIT
// ∇: the digit on its way through the layers, and the mistake on its way back.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_gradients_lens();

}  // namespace descent::web
