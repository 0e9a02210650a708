// SPDX-License-Identifier: MIT
// The list of parts.
#include "web/state/hidden_parts.h"

#include <array>

namespace descent::web {
namespace {

constexpr std::array<PartInfo, 10> kParts{{
    {Part::top_bar, "top_bar", "The whole bar on top."},
    {Part::sentence, "sentence", "The sentence w⁺ = w − η∇L(w) with its numbers, in the top bar."},
    {Part::workspaces, "workspaces", "The switch between Surfaces and Network in the top bar."},
    {Part::scenes, "scenes", "The menu of scenes in the top bar, and the buttons to the scenes before and after."},
    {Part::share, "share", "The Share button in the top bar."},
    {Part::rail, "rail", "The settings at the left: surface, start, optimizers; on small screens the sheet."},
    {Part::transport, "transport", "Play, pause, step, reset, the scrubber and the speed."},
    {Part::tools, "tools", "The row of switches over the picture of the surface."},
    {Part::strip, "strip", "What lies below the picture: curves, tables, maps."},
    {Part::card, "card", "The text of a scene."},
}};

}  // namespace

std::span<const PartInfo> hideable_parts() {
  return kParts;
}

}  // namespace descent::web
