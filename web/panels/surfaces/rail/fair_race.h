// SPDX-License-Identifier: MIT
// The rail's folded section "Fair race": what all runs meet alike (budget of gradients, noise and its seed, the length
// that schedules are laid out for), and tuning, which finds each optimizer's best learning rate under that budget.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

struct FairRaceState {
  bool unfolded = false;
  bool reported = false;  // a tuning's report was there last time
};
void draw_fair_race(PanelContext& context, FairRaceState& state);

// draw_suited_rates() says above the cards that the rates were found for the surface that was chosen, and takes them
// back.
void draw_suited_rates(PanelContext& context);

// draw_tuned_rate() says on an optimizer's card what its tuned rate rests on, and nothing while the rates are not those
// that tuning found.
void draw_tuned_rate(const PanelContext& context, int runner);

}  // namespace descent::web
