// SPDX-License-Identifier: MIT
// The places of arrows' names: beside the tips, never on one another, inside the picture as long as it has room for
// all of them, clear of other marks, and off the arrows' shafts where there is a choice. Points of the
// canvas: x right, y down. No ImGui here.
#pragma once

#include <span>

namespace descent::web {

struct LabelBox {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  friend bool operator==(const LabelBox&, const LabelBox&) = default;
};
[[nodiscard]] bool overlap(const LabelBox& a, const LabelBox& b);

struct NamedArrow {
  double foot_x = 0, foot_y = 0, tip_x = 0, tip_y = 0;  // the shaft
  double width = 0, height = 0;                         // of the name
  LabelBox name;                                        // where it stands
};

// Places the names; earlier ones choose first. `taken`: where the chosen head is; `marks`: where
// others and the ring are.
void place_arrow_labels(std::span<NamedArrow> arrows, const LabelBox& picture, const LabelBox& taken,
                        std::span<const LabelBox> marks = {});

}  // namespace descent::web
