// SPDX-License-Identifier: MIT
// The range of a slider whose value may have any size (core::ParamSpec::slider_follows): symmetric about 0, or from 0
// on where negative values are refused. Everyday values have ±10; larger ones, and very small ones, the first of …, 1,
// 2, 5, 10, 20, … that leaves room to move. While the knob is held the range has to stay, or it would run away from the
// hand: that is the slider's part, which keeps a range's number.
#pragma once

#include "engine/core/param_spec.h"

namespace descent::web {

// Ranges are numbered in steps of 1, 2, 5: number 0 ends at 1, 3 at 10, −1 at 0.5.
[[nodiscard]] int following_range(double value);
[[nodiscard]] double range_end(int range);

// `spec` with this range for its slider, inside its hard limits.
[[nodiscard]] core::ParamSpec with_range(const core::ParamSpec& spec, int range);

}  // namespace descent::web
