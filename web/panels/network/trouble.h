// SPDX-License-Identifier: MIT
// The note on a network's run in trouble, above the lens: one sentence with the remedy that was tried out as a button,
// the numbers on "Why", and a button that closes it until something else is wrong.
#pragma once

#include <cstdint>

#include "engine/words/training_words.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class NetworkTrouble {
 public:
  // Draws nothing where nothing is wrong.
  void draw(PanelContext& context);

 private:
  void draw_buttons(PanelContext& context);

  // The trouble whose note was closed, and its run.
  training::Trouble closed_ = training::Trouble::none;
  std::uint64_t closed_run_ = 0;
  bool why_ = false;  // the numbers are shown
  // The sentence and the offer on the screen: other ones are found meanwhile, but what is pressed stays and is done.
  words::Statement said_;
  training::Advice offered_;
};

}  // namespace descent::web
