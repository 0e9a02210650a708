// SPDX-License-Identifier: MIT
// The lenses of the Network workspace: one digit, seen as one symbol of w⁺ = w − η∇L(w), L = −log p. One more lens is
// one file with a Panel and one line in lens_catalog.cpp. A lens draws into the region it is given: context.width ×
// context.height points from the cursor on.
#pragma once

#include <span>

#include "web/model/words/sentence.h"
#include "web/panels/page/tab_entry.h"

namespace descent::web {

struct LensEntry : TabEntry {
  SymbolSubject subject = SymbolSubject::none;  // the symbol of the sentence that opens it too
};

[[nodiscard]] std::span<const LensEntry> network_lenses();

}  // namespace descent::web
