// SPDX-License-Identifier: MIT
// What one sees in the tab "Sampling", in sentences with their numbers. Free of ImGui.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/sampling/sampler.h"

namespace descent::web {

struct SamplingLine {
  std::string_view name;  // for scripts: "acceptance", "divergence", …
  std::string text;
  double value = 0;  // the number it is about; NaN without one
  bool warning = false;
};

// In the order of reading; the most important ones first.
[[nodiscard]] std::vector<SamplingLine> sampling_lines(const sampling::SamplerSnapshot& sampled);

}  // namespace descent::web
