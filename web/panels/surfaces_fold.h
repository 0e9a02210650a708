// SPDX-License-Identifier: MIT
// A line that folds parameters away: "more" with their values in brief, "less" when they are shown. Reported as button
// "<owner> more" or "<owner> less".
#pragma once

#include <span>
#include <string>

#include "engine/core/param_spec.h"

namespace descent::web {

// For the specs from index `first` on. values: in the order of the specs.
void draw_fold(const std::string& owner, std::span<const core::ParamSpec> specs, std::span<const double> values,
               std::size_t first, bool& unfolded);

}  // namespace descent::web
