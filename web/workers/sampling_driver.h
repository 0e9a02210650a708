// SPDX-License-Identifier: MIT
// SamplingDriver: keeps the sampler's worker on what the tab "Sampling" shows: the race's surface and start, with the
// tab's settings. The worker starts when the tab is opened for the first time, and rests while it is closed. One change
// is under way at a time, so that a parameter that is being dragged does not pile up work.
#pragma once

#include <optional>
#include <string_view>

#include "web/state/ui_state.h"
#include "web/workers/host.h"

namespace descent::web {

class SamplingDriver {
 public:
  // follow() comes once per display callback. It also takes over the temperature and the learning rate that were chosen
  // automatically. `at_once`: posts although an earlier change is still under way; for commands that have to come after
  // it.
  void follow(UiState& ui, Host& host, bool at_once = false);

 private:
  struct Wish {
    sampling::SamplerConfig config;  // without temperature and learning rate when these are automatic
    bool automatic = false;
    bool runs = false;
    friend bool operator==(const Wish&, const Wish&) = default;
  };
  static Wish wish_of(const UiState& ui, const race::RaceConfig& race);
  static void carry_out(sampling::Sampler& sampler, Wish wish);

  std::optional<Wish> asked_;
};

}  // namespace descent::web
