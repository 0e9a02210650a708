// SPDX-License-Identifier: MIT
// SurveyDriver: keeps the surveyor busy with what the Surfaces workspace wants (survey_wishes.h) and with nothing else.
// A wish is posted as soon as it differs from the last one, at most every kInterval, so that surveys follow a slider
// that is being dragged; the next one takes the place of the one under way, and what is no longer wanted is cancelled.
#pragma once

#include <optional>

#include "web/workers/host.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {

class SurveyDriver {
 public:
  static constexpr double kInterval = 0.1;  // seconds

  // follow() comes once per display callback; surface as for survey_wishes(), now in seconds.
  void follow(const UiState& ui, const surfaces::SurfaceInfo* surface, Host& host, double now);
  // True when a wish was put off by the last call.
  [[nodiscard]] bool waiting() const { return waiting_; }

 private:
  template <class Config>
  struct Asked {
    std::optional<Config> config;
    double at = -1;
  };
  template <class Config>
  void follow(Asked<Config>& asked, std::optional<Config> wish, bool complete, Host& host, double now);

  Asked<survey::RateSweepConfig> sweep_;
  Asked<survey::HeatMapConfig> heat_map_;
  Asked<survey::BasinConfig> basins_;
  bool waiting_ = false;
};

}  // namespace descent::web
