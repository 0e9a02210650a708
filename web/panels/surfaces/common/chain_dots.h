// SPDX-License-Identifier: MIT
// Langevin chains as dots over the densities of the tab "Sampling"; on the surface the renderer draws them.
#pragma once

#include <imgui.h>

#include "web/panels/page/panel.h"

namespace descent::web {

// True when the sampler's snapshot belongs to the surface that is shown.
[[nodiscard]] bool chains_are_current(const PanelContext& context);

// All chains, or as many evenly chosen ones as can be told apart; `place` says where a surface point lies.
template <class Place>
void draw_chain_dots(const sampling::SamplerSnapshot& sampled, float radius, ImU32 ink, ImU32 halo,
                     const Place& place) {
  constexpr std::size_t kMost = 1500;
  const std::size_t chains = sampled.points.size() / 2, stride = chains / kMost + 1;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < chains; i += stride) {
    const ImVec2 at = place(surfaces::Point{sampled.points[2 * i], sampled.points[2 * i + 1]});
    list->AddCircleFilled(at, radius + 1, halo, 8);
    list->AddCircleFilled(at, radius, ink, 8);
  }
}

}  // namespace descent::web
