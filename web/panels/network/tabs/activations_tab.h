// SPDX-License-Identifier: MIT
// The tab "Activations": what every layer makes of one image, and the probabilities at the end.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_activations_tab();

}  // namespace descent::web
