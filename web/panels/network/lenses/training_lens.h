// SPDX-License-Identifier: MIT
// η: loss and accuracy against epochs, for training batches and the test set.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_training_lens();

}  // namespace descent::web
