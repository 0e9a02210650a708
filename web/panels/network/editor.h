// SPDX-License-Identifier: MIT
// The network, layer by layer, as it is edited: a row for each, which unfolds to its parameters. Changes go to a draft
// (UiState::draft) beside the network that trains, until they are used or undone.
#pragma once

#include "web/model/network/network_edit.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class NetworkEditor {
 public:
  void draw(PanelContext& context);

 private:
  void draw_rows(const NetworkCheck& checked, nn::NetworkSpec& spec);
  void draw_unfolded(nn::NetworkSpec& spec, int i);
  void draw_moves(nn::NetworkSpec& spec, int i);
  void draw_foot(nn::NetworkSpec& spec);

  int unfolded_ = -1;
};

// The network that is shown: the draft, or the trainer's network where there is none.
[[nodiscard]] const nn::NetworkSpec& shown_network(const UiState& ui);

// While there is a draft: that it is not in use yet or what is wrong with it, and the buttons that end it.
void draw_draft_bar(PanelContext& context);

}  // namespace descent::web
