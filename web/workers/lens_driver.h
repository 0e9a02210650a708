// SPDX-License-Identifier: MIT
// LensDriver: keeps the trainer on what the lenses of the Network workspace look at. One change is under way at a time,
// so that a stroke on the pad does not pile up work.
#pragma once

#include <optional>

#include "web/state/ui_state.h"
#include "web/workers/host.h"

namespace descent::web {

class LensDriver {
 public:
  // follow() comes once per display callback or more.
  void follow(const UiState& ui, Host& host);

 private:
  std::optional<training::LensWish> asked_;
};

}  // namespace descent::web
