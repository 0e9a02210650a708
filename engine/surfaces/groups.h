// SPDX-License-Identifier: MIT
// Groups of surfaces, as the menu shows them; which surface is in which says its line in catalog.cpp.
#pragma once

#include <string_view>

namespace descent::surfaces {

// Group says what makes a surface hard, or easy; in the order of the menu.
enum class Group { none, bowls, valleys, minima, plateaus, saddles, kinks };

[[nodiscard]] Group group_of(std::string_view surface);  // none: no surface of the catalog
[[nodiscard]] std::string_view title_of(Group group);    // "Many minima"; empty for none

}  // namespace descent::surfaces
