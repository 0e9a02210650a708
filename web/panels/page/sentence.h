// SPDX-License-Identifier: MIT
// The sentence w⁺ = w − η∇L(w) in the top bar, live: every symbol with its number under it is a button that opens
// what explains it. Where there is no room for the whole, the symbols alone.
#pragma once

#include <span>

#include "web/model/words/sentence.h"

namespace descent::web {

enum class SentenceForm { whole, symbols };

// Points that it takes in a row of control height.
[[nodiscard]] float sentence_width(std::span<const SentencePart> parts, SentenceForm form);

// draw_sentence() begins at the cursor; `width`: for the symbols alone, shared equally (0: as wide as they are).
// Returns the subject of the symbol that was pressed, or none. `open`: marked as the one that is open.
SymbolSubject draw_sentence(std::span<const SentencePart> parts, SentenceForm form, float width, SymbolSubject open);

}  // namespace descent::web
