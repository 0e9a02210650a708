// SPDX-License-Identifier: MIT
// Draws what lies over the picture of the surface: axes, colour bar, minima, start, heads, and the local quadratic
// model.
#pragma once

#include <optional>
#include <vector>

#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

// Over the picture marks are dark or light by theme, whatever the map shows there.
[[nodiscard]] ImU32 overlay_ink(const ViewFrame& frame);
[[nodiscard]] ImU32 overlay_halo(const ViewFrame& frame);
// The sampled height at the point, `fallback` where there is none.
[[nodiscard]] double height_at(const PanelContext& context, surfaces::Point point, double fallback);

// Ticks with labels left of and below the picture; in the 3-D view along two edges of the base.
void draw_axes(const PanelContext& context, const ViewFrame& frame);
// orbit_room() is what the 3-D view's block may fill of the frame, so that its axes' labels stay inside.
[[nodiscard]] OrbitRoom orbit_room(const PanelContext& context, const ViewFrame& frame);
// `low`, `high`: the bar itself; labels stand to its right.
void draw_color_bar(const PanelContext& context, const ViewFrame& frame, ImVec2 low, ImVec2 high);
void draw_minima(const PanelContext& context, const ViewFrame& frame);
void draw_start(const PanelContext& context, const ViewFrame& frame, bool hovered, bool held);
// A pin whose tip is the pinned point, if there is one.
void draw_pin(const PanelContext& context, const ViewFrame& frame, bool lively);

// The newest point of a runner on the canvas. Before the first step the heads stand side by side round the start, so
// that they can be told apart.
struct HeadPlace {
  ImVec2 centre;
  surfaces::Point point{};
  bool gathered = false;
  bool hidden = false;  // 3-D: behind another part of the surface
};
[[nodiscard]] std::optional<HeadPlace> head_place(const PanelContext& context, const ViewFrame& frame, int runner);
void draw_heads(const PanelContext& context, const ViewFrame& frame);
// The boxes of the ring and of all heads.
[[nodiscard]] std::vector<LabelBox> marks_of(const PanelContext& context, const ViewFrame& frame);

// The local quadratic model at the chosen head: the level set of f + ½ dᵀHd with half axes along the Hessian's
// eigenvectors, proportional to 1 / sqrt|λ|, the longer one of a fixed size on the screen, dashed when an eigenvalue is
// not positive; the direction −∇f; and Newton's step at its true length, shortened when it leaves the picture.
void draw_curvature(const PanelContext& context, const ViewFrame& frame);

}  // namespace descent::web
