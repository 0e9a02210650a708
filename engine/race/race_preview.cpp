// SPDX-License-Identifier: MIT
// The paths that the runs of a race would take, see Race::preview().
#include "engine/race/race_impl.h"

namespace descent::race {

void Race::preview() {
  impl_->preview_wanted = impl_->recorded() == 0;
}

// The runs' own settings, noise and budget; one that diverges has no further points.
void Race::Impl::make_preview() {
  preview_wanted = false;
  ++preview.version;
  preview.paths.clear();
  const RunnerOptions options{.keep_states = false, .max_steps = kPreviewSteps};
  const Environment environment{config.schedule_steps, config.noise, config.seed, config.budget};
  for (const RaceEntry& entry : entries) {
    std::vector<double>& path = preview.paths.emplace_back();
    auto run = Runner::make(*surface, entry.runner.config(), environment, config.start, options);
    if (!run.ok()) continue;
    while (run->can_step()) run->step();
    path.assign(run->points().begin(), run->points().end());
  }
}

void Race::Impl::forget_preview() {
  preview_wanted = false;
  if (preview.paths.empty()) return;
  preview.paths.clear();
  ++preview.version;
}

}  // namespace descent::race
