// SPDX-License-Identifier: MIT
// Loss and accuracy against epochs, for training batches and the test set.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_view();

}  // namespace descent::web
