// SPDX-License-Identifier: MIT
// The doctor's finding on an optimizer's card: the sentence with its numbers, and buttons that go back to the step
// before the trouble and try the rate that was tried out beforehand.
#pragma once

#include <string_view>

#include "web/panels/panel.h"

namespace descent::web {

// "diverged", "oscillating", … where something is wrong, else the run's status.
[[nodiscard]] std::string_view state_word(const train::RunnerSnapshot& runner);

// Nothing when nothing is wrong. `runner` is the index of `snapshot`.
void draw_diagnosis(PanelContext& context, int runner, const train::RunnerSnapshot& snapshot);

}  // namespace descent::web
