// SPDX-License-Identifier: MIT
// The race's configuration is read on its own thread, the sweep runs on the surveyor's, the rates go back.
#include "web/commands/race_tuning.h"

#include <utility>

#include "engine/survey/tuning.h"

namespace descent::web {

void tune_race(Host& host, std::int64_t budget, std::int64_t ticket,
               std::function<void(const core::Result<race::TuningReport>&)> done) {
  auto& surveyor = host.surveyor();
  auto& race = host.race();
  race.post([&surveyor, &race, budget, ticket, done = std::move(done)](race::Race& present) {
    const auto sweep = survey::tuning_sweep(present.config(), budget);
    if (!sweep.ok()) return done(sweep.error());
    const auto finish = [&race, basis = present.config(), done](const core::Status& status,
                                                                const survey::RateSweep& job) {
      if (!status.ok()) return done(status.error());
      race.post([&race, basis, done, report = survey::tuning_report(job.result())](race::Race& tuned) {
        const core::Status applied = tuned.apply_tuning(basis, report);
        core::Result<race::TuningReport> outcome = report;
        if (!applied.ok()) outcome = applied.error();
        race.post([done, outcome](race::Race&) { done(outcome); });  // when the snapshot shows it
      });
    };
    surveyor.post([sweep = *sweep, ticket, finish](survey::Surveyor& e) { e.ask_tuning(sweep, ticket, finish); });
  });
}

}  // namespace descent::web
