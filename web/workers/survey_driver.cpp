// SPDX-License-Identifier: MIT
#include "web/workers/survey_driver.h"

#include <utility>

namespace descent::web {
namespace {

void cancel(survey::Surveyor& surveyor, const survey::RateSweepConfig*) {
  surveyor.cancel_sweep();
}
void cancel(survey::Surveyor& surveyor, const survey::HeatMapConfig*) {
  surveyor.cancel_heat_map();
}
void cancel(survey::Surveyor& surveyor, const survey::BasinConfig*) {
  surveyor.cancel_basins();
}

template <class Snapshot>
bool complete(const Snapshot& snapshot) {
  return snapshot.total > 0 && snapshot.completed == snapshot.total;
}

}  // namespace

// A complete survey is kept when it is not wanted for a while; one that is not begins anew when it is wanted again.
template <class Config>
void SurveyDriver::follow(Asked<Config>& asked, std::optional<Config> wish, bool complete, Host& host, double now) {
  if (!wish) {
    if (!asked.config || (complete && host.surveyor().settled())) return;
    host.surveyor().post([](survey::Surveyor& surveyor) { cancel(surveyor, static_cast<const Config*>(nullptr)); });
    asked.config.reset();
    return;
  }
  if (asked.config == wish) return;
  if (now - asked.at < kInterval) {
    waiting_ = true;
    return;
  }
  asked.config = std::move(wish);
  asked.at = now;
  host.surveyor().post([config = *asked.config](survey::Surveyor& surveyor) {
    static_cast<void>(surveyor.show(config));  // a refusal stands in the snapshot
  });
}

void SurveyDriver::follow(const UiState& ui, const surfaces::SurfaceInfo* surface, Host& host, double now) {
  SurveyWishes wishes = survey_wishes(ui, surface);
  waiting_ = false;
  const survey::SurveyorSnapshot& found = host.snapshots().of<survey::Surveyor>();
  follow(sweep_, std::move(wishes.sweep), complete(found.sweep), host, now);
  follow(heat_map_, std::move(wishes.heat_map), complete(found.heat_map), host, now);
  follow(basins_, std::move(wishes.basins), complete(found.basins), host, now);
}

}  // namespace descent::web
