// SPDX-License-Identifier: MIT
// Families of optimizers, as the menu shows them; which optimizer is in which says its line in catalog.cpp.
#pragma once

#include <string_view>

namespace descent::optim {

// Family says what a method makes its step of; in the order of the menu.
enum class Family { none, gradient, momentum, adaptive, signs, hessian, learned, values };

[[nodiscard]] Family family_of(std::string_view optimizer);  // none: no optimizer of the catalog
[[nodiscard]] std::string_view title_of(Family family);      // "Plain gradient"; empty for none
// Why a method of the family takes longer steps than another where it does, a sentence; empty where nothing but the
// rate decides.
[[nodiscard]] std::string_view reach_of(Family family);

}  // namespace descent::optim
