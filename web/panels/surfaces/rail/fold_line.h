// SPDX-License-Identifier: MIT
// A line that folds parameters away: "more" with their values in brief, "less" when they are shown. Reported as button
// "<owner> more" or "<owner> less".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/core/param_spec.h"

namespace descent::web {

// draw_fold() is for the specs from index `first` on. values: in the order of the specs; `also`: what else is folded
// away, in brief.
void draw_fold(const std::string& owner, std::span<const core::ParamSpec> specs, std::span<const double> values,
               std::size_t first, bool& unfolded, const std::string& also = {});

// The line itself: `word` with its mark and, while folded, `summary`. Reported as button `label`, value 1 when
// unfolded.
void draw_fold_line(const std::string& label, std::string_view word, const std::string& summary,
                    std::string_view tooltip, bool& unfolded);

}  // namespace descent::web
