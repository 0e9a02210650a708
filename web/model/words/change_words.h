// SPDX-License-Identifier: MIT
// Says what a person has changed, from the difference of two states of the page: "Momentum removed", "Adam: learning
// rate 0.02 → 0.05", "Start moved", "Surface Beale".
#pragma once

#include <string>

#include "web/model/history/page_state.h"

namespace descent::web {

struct PageChange {
  std::string name;     // begins with a capital, ends without a full stop
  std::string subject;  // the same for changes of the same value; empty: each stands for itself
  bool tell = false;    // somebody may miss what was there: it is said, with the way back
};

// The two differ in the sense of same_page().
[[nodiscard]] PageChange page_change(const PageState& before, const PageState& after);

}  // namespace descent::web
