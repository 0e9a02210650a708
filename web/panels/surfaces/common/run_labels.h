// SPDX-License-Identifier: MIT
// Words and numbers as the panels of the Surfaces workspace show them.
#pragma once

#include <string>
#include <string_view>

#include "engine/race/race.h"
#include "engine/race/runner_names.h"
#include "web/panels/page/panel.h"
#include "web/widgets/item.h"

namespace descent::web {

// The runner's name in the interface's own configuration, which is ahead of the race.
[[nodiscard]] inline race::RunnerName name_of(const PanelContext& context, int runner) {
  return race::runner_name(context.ui.race.runners, static_cast<std::size_t>(runner));
}

// Where the cards are hidden, their numbers are what a class is asked for.
[[nodiscard]] inline race::Naming naming(const PanelContext& context) {
  return context.ui.hidden.has(Part::rail) ? race::Naming::by_number : race::Naming::by_difference;
}

// The name of the race's run at `index`.
[[nodiscard]] inline race::RunnerName shown_name(const PanelContext& context, std::size_t index) {
  return race::runner_name(context.race, index, naming(context));
}

// The whole name where there is room for it in the current font, else the short one; where that is too long too, the
// optimizer's title is cut with …, and what tells runs apart stays.
[[nodiscard]] std::string fit_name(const race::RunnerName& name, float room);

// The number with `digits` significant digits, one less beside a power of ten; with four, every number fits about 76
// points of small text.
[[nodiscard]] std::string short_number_text(double value, int digits = 4);

// The formula without spaces, to fit under a slider: "2 (1 + β) / λmax" -> "2(1+β)/λmax". Words keep their spaces.
[[nodiscard]] std::string tight_formula(std::string_view formula);

using widgets::wrap_words;

}  // namespace descent::web
