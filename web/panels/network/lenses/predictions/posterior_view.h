// SPDX-License-Identifier: MIT
// How sure the network is of the digit: networks that the training images allow as well vote on it.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

void draw_posterior(PanelContext& context);

}  // namespace descent::web
