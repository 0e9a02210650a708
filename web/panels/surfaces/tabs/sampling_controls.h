// SPDX-License-Identifier: MIT
// The controls of the tab "Sampling".
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

void draw_temperature(PanelContext& context, float width);
void draw_step_size(PanelContext& context, float width);
// Run or pause, one step, reset, automatic settings; the method.
void draw_sampler_buttons(PanelContext& context, float width);
// Chains and seed, side by side.
void draw_sampler_numbers(PanelContext& context, float width);
// Burn-in and cells, speed.
void draw_sampler_details(PanelContext& context, float width);

}  // namespace descent::web
