// SPDX-License-Identifier: MIT
// The tab "Filters": the weights of the first convolution as images.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_filters_tab();

}  // namespace descent::web
