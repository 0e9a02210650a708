// SPDX-License-Identifier: MIT
// One sentence on the state of the run, for the aria-live line of the page.
#pragma once

#include <string>

#include "web/ui_state.h"

namespace descent::web {

[[nodiscard]] std::string status_line(Workspace workspace, const train::RaceSnapshot& race,
                                      const train::TrainerSnapshot& trainer);

}  // namespace descent::web
