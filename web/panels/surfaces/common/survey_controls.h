// SPDX-License-Identifier: MIT
// Holds what the tabs of sweeps and maps share: a control, and whether a survey is complete.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

// Steps of each run; as wide as asked for. Where the page chooses them (`automatic` says how), the field has what it
// chose.
void draw_survey_steps(PanelContext& context, std::int64_t chosen, std::string_view automatic);

// True when every run of this sweep or map has been made.
template <class Snapshot>
[[nodiscard]] bool survey_complete(const Snapshot& survey) {
  return survey.total > 0 && survey.completed == survey.total;
}

}  // namespace descent::web
