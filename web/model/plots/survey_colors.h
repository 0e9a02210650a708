// SPDX-License-Identifier: MIT
// Surveys as pictures: pixels as bytes R, G, B, A in memory, row 0 on top. Free of ImGui and GL.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "web/model/plots/colormap.h"
#include "web/state/theme.h"

namespace descent::web {

// Loss -> 0 … 1: log(f − base) between low and high, or f itself where no minimum is known or losses lie below it.
struct HeatScale {
  bool log = true;
  double base = 0;           // the known minimum
  double low = 0, high = 1;  // of f − base on a logarithmic scale, else of f

  [[nodiscard]] double operator()(double loss) const;  // clamped
  [[nodiscard]] double inverse(double t) const;        // f − base, or f
};
// Fitted to the runs that did not diverge; losses far above those of the starts share one colour.
[[nodiscard]] HeatScale heat_scale(const survey::HeatMapSnapshot& map, std::optional<double> known_minimum);

// (height, width) of the map; viridis, diverged runs in a colour of their own with a diagonal pattern, unknown ones
// transparent.
[[nodiscard]] std::vector<std::uint32_t> heat_pixels(const survey::HeatMapSnapshot& map, const HeatScale& scale,
                                                     Theme theme);
[[nodiscard]] std::uint32_t diverged_color(Theme theme);

// The colour of an attractor where the way to it is short; 0 … kMaxAttractors. Neighbouring indices differ.
[[nodiscard]] Rgb attractor_color(int index, Theme theme);
// `color` where the way took `share` (0 … 1) of the steps.
[[nodiscard]] Rgb shaded(Rgb color, double share, Theme theme);
// The colours of runs that end nowhere: those still on their way, and diverged ones.
[[nodiscard]] Rgb unfinished_color(Theme theme);
[[nodiscard]] Rgb escaped_color(Theme theme);

// (height, width), row 0 at the map's y0 as in the snapshot (not on top). Unknown ones are transparent.
[[nodiscard]] std::vector<std::uint32_t> basin_pixels(const survey::BasinSnapshot& map, Theme theme);
// 0 … 1: how long the way was, of all steps; even steps near the start of the scale can be told apart.
[[nodiscard]] double step_share(std::int64_t steps, std::int64_t most);

[[nodiscard]] std::uint32_t pixel_of(Rgb color, float alpha = 1);

}  // namespace descent::web
