// SPDX-License-Identifier: MIT
// Scenes: configurations that each teach one thing on one screen. A scene is a share state and three sentences, plain
// data; one more is one entry in scenes.cpp, and the menu, links and the scripting interface follow.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace descent::web {

struct Scene {
  std::string_view name;   // in links, lower snake case
  std::string_view title;  // in the menu and on the card
  // A sentence may show the marker of a runner by its slot, {0} to {2}.
  std::array<std::string_view, 3> sentences;
  // descent.apply() takes this state over the page's first one: fields that are absent are as on a fresh page, theme
  // and network stay.
  std::string_view state;
};

// Scenes stand in the order in which the card's buttons go through them.
[[nodiscard]] std::span<const Scene> scenes();
// A sentence with its markers in words: "one of 0.3 (triangle) needs 13".
[[nodiscard]] std::string spoken(std::string_view sentence);
// scene_index() is −1 when there is none of that name.
[[nodiscard]] int scene_index(std::string_view name);

}  // namespace descent::web
