// SPDX-License-Identifier: MIT
#include "web/workers/drivers.h"

#include "web/state/race_defaults.h"

namespace descent::web {

void Drivers::follow(UiState& ui, Host& host, double now, bool at_once) {
  surveys_.follow(ui, shown_surface(ui.race, host.snapshots().of<race::Race>()), host, now);
  sampling_.follow(ui, host, at_once);
  lens_.follow(ui, host);
}

}  // namespace descent::web
