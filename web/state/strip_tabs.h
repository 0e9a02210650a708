// SPDX-License-Identifier: MIT
// The tabs of the Surfaces strip that the state knows by name: what each of them needs is computed while it is shown.
#pragma once

#include <string_view>

#include "web/state/ui_state.h"

namespace descent::web {

inline constexpr std::string_view kRatesTab = "rates", kMapTab = "map", kChainRuleTab = "chain_rule",
                                  kCurvatureTab = "curvature", kSamplingTab = "sampling";

// A click in the picture pins its point then.
[[nodiscard]] inline bool shows_chain_rule(const UiState& ui) {
  return ui.workspace == kSurfacesWorkspace && ui.strip.tab == kChainRuleTab && !ui.hidden.has(Part::strip);
}

[[nodiscard]] inline bool shows_sampling(const UiState& ui) {
  return ui.workspace == kSurfacesWorkspace && ui.strip.tab == kSamplingTab;
}

}  // namespace descent::web
