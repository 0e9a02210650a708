// SPDX-License-Identifier: MIT
// Says what one sees in the tab "Sampling", in sentences with their numbers. Free of ImGui.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/sampling/sampler.h"

namespace descent::web {

// A SamplingTopic is what a line is about.
enum class SamplingTopic {
  refusal,
  lost,
  descent,
  divergence,
  acceptance,
  agreement,
  effective,
  outside,
  gatherings,
};
[[nodiscard]] std::string_view to_string(SamplingTopic topic);  // for scripts: "acceptance", …

// explanation() says what the terms of such a line mean; empty where it has none.
[[nodiscard]] std::string_view explanation(SamplingTopic topic);

struct SamplingLine {
  SamplingTopic topic = SamplingTopic::divergence;
  std::string text;
  double value = 0;  // the number it is about; NaN without one
  bool warning = false;
};

// Lines stand in the order of reading; the most important ones first.
[[nodiscard]] std::vector<SamplingLine> sampling_lines(const sampling::SamplerSnapshot& sampled);

}  // namespace descent::web
