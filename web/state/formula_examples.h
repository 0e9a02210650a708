// SPDX-License-Identifier: MIT
// Formulas to begin with: each shows one thing, in one way of writing.
#pragma once

#include <array>
#include <string_view>

#include "engine/surfaces/surface.h"

namespace descent::web {

struct FormulaExample {
  std::string_view formula;
  std::string_view line;  // what is to be seen
  double reach = 1;       // it is worth seeing from −reach to reach, in x and y
  surfaces::Point start{};

  [[nodiscard]] constexpr surfaces::Domain domain() const { return {-reach, reach, -reach, reach}; }
};

inline constexpr auto kFormulaExamples = std::to_array<FormulaExample>({
    {"x² + a y²", "A bowl; the slider a makes it long and narrow", 4, {-3, 2.5}},
    {"(y - sin 2x)² + x²/20", "A winding valley: easy to find, slow to follow", 3, {-2.5, -2}},
    {"x⁴ - 4x² + x + y²", "Two wells, the left one deeper: where does the run end?", 2.5, {1.9, 1.8}},
    {"2 sin(3x) sin(3y) + x² + y²", "Dents in a bowl, which trap whatever is slow", 3, {-2.2, 2.3}},
    {"(x² + y² - 4)² + 2a x", "A round moat, tilted by the slider a", 3.2, {0.6, 0.5}},
    {"x² - y² + y⁴/8", "A saddle between two ways out", 3, {-2.5, 0.02}},
    {"|x - y| + |x + y|/4", "Two creases: every step jumps across", 3, {-2.4, 1.2}},
    {"ln(1 + x² + 9y²)", "Steep near the minimum, ever flatter far away", 6, {-5, 3.5}},
});

}  // namespace descent::web
