// SPDX-License-Identifier: MIT
// Sentences about a window that slides over a piece of the digit.
#pragma once

#include <string>

#include "web/model/network/window_study.h"

namespace descent::web {

// "H' = floor((H − k + 2p) / s) + 1 = floor((12 − 3 + 0) / 2) + 1 = floor(4.5) + 1 = 5"
[[nodiscard]] std::string size_formula(const WindowStudy& study);
// Which pixels and weights are shown, and what is never read or drawn.
[[nodiscard]] std::string window_caption(const WindowStudy& study);
// The cell that is looked at, with its numbers: what an output reads, or backward which outputs an input reaches.
[[nodiscard]] std::string cell_words(const WindowStudy& study, int cell, bool backward);

}  // namespace descent::web
