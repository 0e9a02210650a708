// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/card_schedule.h"

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/schedule_controls.h"
#include "web/widgets/theme.h"

namespace descent::web {

using race::RunnerConfig;

std::string schedule_in_brief(const RunnerConfig& config) {
  return core::fill("schedule {}", display_name(config.schedule));
}

void draw_schedule(PanelContext& context, int runner, const std::string& owner, bool unfolded) {
  const auto i = static_cast<std::size_t>(runner);
  const RunnerConfig& config = context.ui.race.runners[i];
  race::RunnerSettings settings = config.settings();
  const auto& runs = context.race.runners;
  const ScheduledRate rate{.owner = owner,
                           .laid_out_for = "the schedule length under Fair race",
                           .afterwards = "after the last step the factor stays",
                           .base = config.hyperparameters[0],
                           .step = i < runs.size() ? static_cast<std::int64_t>(runs[i].losses.size()) : 1,
                           .length = context.ui.race.schedule_steps,
                           .color = widgets::runner_color(config.slot)};
  if (!draw_schedule_controls(rate, unfolded, settings.schedule, settings.schedule_parameters)) return;
  context.commands.set_settings(runner, settings);
}

}  // namespace descent::web
