// SPDX-License-Identifier: MIT
// The Network workspace's rail: progress, data set, network, optimizer and its hyper-parameters, run settings, weights
// as a file.
#pragma once

#include <memory>

#include "web/panels/page/panel.h"

namespace descent::web {

[[nodiscard]] std::unique_ptr<Panel> make_network_rail();

}  // namespace descent::web
