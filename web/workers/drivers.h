// SPDX-License-Identifier: MIT
// Drivers: what keeps workers on what the page shows. One more is a member, and a line in follow().
#pragma once

#include "web/workers/lens_driver.h"
#include "web/workers/sampling_driver.h"
#include "web/workers/survey_driver.h"

namespace descent::web {

class Drivers {
 public:
  // follow() comes once per display callback, from the snapshots last read; now in seconds. `at_once`: also where an
  // earlier change is still under way, for commands that have to come after it.
  void follow(UiState& ui, Host& host, double now, bool at_once = false);
  // look() is the part of follow() about the lenses, for a frame in which somebody may have chosen something.
  void look(const UiState& ui, Host& host) { lens_.follow(ui, host); }
  // True when something that is wanted has been put off.
  [[nodiscard]] bool waiting() const { return surveys_.waiting(); }

 private:
  SurveyDriver surveys_;
  SamplingDriver sampling_;
  LensDriver lens_;
};

}  // namespace descent::web
