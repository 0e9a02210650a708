// SPDX-License-Identifier: MIT
// The doctor's finding on an optimizer's card: the sentence with its numbers, and buttons that go back to the step
// before the trouble, try the rate or the push that was tried out beforehand, or let a frozen run go on.
#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>

#include "web/panels/page/panel.h"

namespace descent::web {

// The run's state in a word: "frozen", "diverged", "oscillating", … where something is wrong, else its status.
[[nodiscard]] std::string_view state_word(const race::RunnerSnapshot& runner);
// The word's colour: muted where nothing is to be said.
[[nodiscard]] ImU32 state_color(const race::RunnerSnapshot& runner);
// The sentence that says what is wrong, and that the run is frozen if it is.
[[nodiscard]] std::string trouble_sentence(const race::RunnerSnapshot& runner);
// The same without its reasons and numbers, and without a full stop: what, and since when.
[[nodiscard]] std::string trouble_in_brief(const race::RunnerSnapshot& runner);

// A Remedy is what helps first: the rate or the push that was tried out, else the way back to the step before the
// trouble.
struct Remedy {
  std::string label, help;  // of its button
};
[[nodiscard]] std::optional<Remedy> remedy_of(const race::RunnerSnapshot& runner);
void take_remedy(PanelContext& context, int runner, const race::RunnerSnapshot& snapshot);

// Draws the finding with its buttons; nothing when nothing is wrong. `runner` is the index of `snapshot`.
void draw_diagnosis(PanelContext& context, int runner, const race::RunnerSnapshot& snapshot);

}  // namespace descent::web
