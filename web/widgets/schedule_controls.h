// SPDX-License-Identifier: MIT
// The schedule of a learning rate: a menu from the catalog, its parameters as sliders, and the factor over the steps as
// a small curve with the present step marked. The optimizers of a race and the network's have them.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace descent::web {

// The rate that a schedule acts on.
struct ScheduledRate {
  std::string owner;              // names the controls
  std::string_view laid_out_for;  // in words, for the menu's help
  std::string_view afterwards;    // "after the last step …", for the curve's help
  double base = 0;                // what the factor acts on
  std::int64_t step = 1;          // the step that comes next, from 1
  std::int64_t length = 1;        // steps it is laid out for
  ImU32 color = 0;
};

// unfolded: menu and sliders too, else only the curve of a schedule that is not constant. True when schedule or
// parameters have changed.
bool draw_schedule_controls(const ScheduledRate& rate, bool unfolded, std::string& schedule,
                            std::vector<double>& parameters);

}  // namespace descent::web
