// SPDX-License-Identifier: MIT
// The sentence that both workspaces are about, w⁺ = w − η∇L(w), taken apart into symbols, each with its number of this
// very step. A symbol opens what explains it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/race/race.h"
#include "engine/training/trainer.h"

namespace descent::web {

enum class SymbolSubject { none, rate, gradient, weights, loss, probability };  // none: a word between two symbols

struct SentencePart {
  std::string text;  // "η", "w⁺ ="
  SymbolSubject subject = SymbolSubject::none;
  std::string value;   // "0.001"; empty while there is none
  std::string help;    // a sentence or two for the tooltip
  std::string name{};  // what the number is, before it, where that is not the symbol itself: "|w|"
};

// Where the optimizer is another than gradient descent, its own step stands where η∇L stood.
[[nodiscard]] std::vector<SentencePart> network_sentence(const training::TrainerSnapshot& trainer);

// surfaces_sentence() is about one run of the race; `temperature` is that of the chains. Empty when there is no such
// run.
[[nodiscard]] std::vector<SentencePart> surfaces_sentence(const race::RaceSnapshot& race, int runner,
                                                          double temperature);

}  // namespace descent::web
