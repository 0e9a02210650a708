// SPDX-License-Identifier: MIT
// Three bars for each layer: how large its activations are, the blame that reaches them, and the newest step beside the
// weights.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/training/lens.h"
#include "web/model/geometry/rect.h"
#include "web/model/words/signal_words.h"

namespace descent::web {

class SheetFigures {
 public:
  static constexpr float kHeight = 48;  // points

  // A Column is where a layer's bars stand.
  struct Column {
    int layer = -1;
    float x = 0, width = 0;
  };
  // names: points at the right end of `box` for what the bars are called.
  void draw(const training::Inspection& seen, std::span<const Column> columns, const Rect& box, float names);

 private:
  void refresh(const training::Inspection& seen);

  std::uint64_t version_ = 0;
  std::vector<SignalFigures> figures_;  // of the image, then of each layer
  SignalFigures most_;                  // the largest of each
};

}  // namespace descent::web
