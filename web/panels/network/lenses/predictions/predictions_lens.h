// SPDX-License-Identifier: MIT
// p: the probability of each class for the digit, and how much the answer leaves open, in bits.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_predictions_lens();

}  // namespace descent::web
