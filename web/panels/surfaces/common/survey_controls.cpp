// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/survey_controls.h"

#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"

namespace descent::web {

void draw_survey_steps(PanelContext& context) {
  auto steps = static_cast<double>(context.ui.survey.steps);
  if (!widgets::number_field("steps", steps, "How many steps every run makes, from the start on.")) return;
  const double whole = std::round(steps);
  if (!(whole >= 1) || !(whole <= static_cast<double>(kMaxSurveySteps))) {
    toast(core::fill("Steps must be a number from 1 to {}.", display_number(static_cast<double>(kMaxSurveySteps))),
          true);
    return;
  }
  context.ui.survey.steps = static_cast<std::int64_t>(whole);
}

}  // namespace descent::web
