// SPDX-License-Identifier: MIT
// Where the names of arrows stand: beside the tips, never on one another, inside the picture as long as it has room for
// all of them, and off the arrows' shafts where there is a choice. Points of the canvas: x right, y down. No ImGui
// here.
#pragma once

#include <span>
#include <vector>

namespace descent::web {

struct NamedArrow {
  double foot_x = 0, foot_y = 0, tip_x = 0, tip_y = 0;  // the shaft
  double width = 0, height = 0;                         // of the name
};

struct LabelBox {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
[[nodiscard]] bool overlap(const LabelBox& a, const LabelBox& b);

// A box for each arrow's name, in their order; earlier ones choose first. `taken`: the selected head, for example.
[[nodiscard]] std::vector<LabelBox> place_arrow_labels(std::span<const NamedArrow> arrows, const LabelBox& picture,
                                                       const LabelBox& taken);

}  // namespace descent::web
