// SPDX-License-Identifier: MIT
// Notes: how to begin, who has arrived first and why, what is wrong with runs in trouble.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "web/panels/page/panel.h"

namespace descent::web {

// A note: what it says, who it speaks of and what can be done about it.
struct Note {
  enum class Act { none, play, replay };
  std::string_view label{};          // as descent.ui.items() has it
  std::vector<std::string> texts{};  // the same in fewer and fewer words
  std::string key{};                 // the same note has the same; empty: it cannot be closed
  ImU32 stripe = 0;                  // 0: none
  const race::RunnerSnapshot* runner = nullptr;
  int trouble = -1;      // the index of the run whose trouble this is
  std::string reason{};  // behind "Why", in words; empty: none
  Act act = Act::none;
};

// All that there is to say, the most urgent first.
[[nodiscard]] std::vector<Note> notes_of(const PanelContext& context);

}  // namespace descent::web
