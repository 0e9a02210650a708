// SPDX-License-Identifier: MIT
#include "web/panels/sampling_marks.h"

#include <algorithm>

#include "web/panels/surfaces_overlay.h"
#include "web/sampling_driver.h"
#include "web/widgets/theme.h"

namespace descent::web {

bool chains_are_current(const PanelContext& context) {
  return !context.sampled.points.empty() && context.sampled.config.surface == context.race.config.surface_choice();
}

void draw_chains(const PanelContext& context, const ViewFrame& frame) {
  if (!shows_sampling(context.ui) || frame.scene.camera.three_d || !chains_are_current(context)) return;
  const double unit = frame.unit();
  // Kept near the picture: a draw list cannot hold any distance.
  const auto clamped = [](double value) { return static_cast<float>(std::clamp(value, -1e5, 1e5)); };
  draw_chain_dots(context.sampled, 1.8F, widgets::with_alpha(overlay_ink(frame), 0.75F),
                  widgets::with_alpha(overlay_halo(frame), 0.3F), [&](surfaces::Point point) {
                    return ImVec2(frame.scene.rect.x + clamped((point[0] - frame.shown.x0) / unit),
                                  frame.scene.rect.y + clamped((frame.shown.y1 - point[1]) / unit));
                  });
}

}  // namespace descent::web
