// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/survey_controls.h"

#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"

namespace descent::web {

void draw_survey_steps(PanelContext& context, std::int64_t chosen, std::string_view automatic) {
  std::int64_t& wanted = context.ui.survey.steps;
  auto steps = static_cast<double>(wanted > 0 ? wanted : chosen);
  if (!widgets::number_field("steps", steps,
                             core::fill("How many steps every run makes, from the start on. 0: {}.", automatic)))
    return;
  const double whole = std::round(steps);
  if (!(whole >= 0) || !(whole <= static_cast<double>(kMaxSurveySteps))) {
    toast(core::fill("Steps must be a number from 0 to {}.", display_number(static_cast<double>(kMaxSurveySteps))),
          true);
    return;
  }
  wanted = static_cast<std::int64_t>(whole);
}

}  // namespace descent::web
