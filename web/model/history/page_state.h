// SPDX-License-Identifier: MIT
// PageState: what a person has set, drawn and run, as Undo goes back to it. What is only looked at (camera, tabs,
// lenses, workspace, theme) comes along and makes no difference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/data/dataset.h"
#include "web/state/ui_state.h"

namespace descent::web {

// Runs are known by the numbers that the workers give them (RaceSnapshot::run, TrainerSnapshot::run).
struct PageRuns {
  std::uint64_t race = 0, training = 0;
  data::Layout layout = data::Layout::upright;
  std::string dataset;         // the run's; one that comes before there is anything to lose is no difference
  std::int64_t branched = -1;  // the step at which the training left another run; -1: it began from first weights
  friend bool operator==(const PageRuns& a, const PageRuns& b) {
    return a.race == b.race && a.training == b.training && a.layout == b.layout;
  }
};

struct PageState {
  SharedState shared;
  std::shared_ptr<const DrawPad> pad;  // nullptr: empty
  PageRuns runs;
};

// The pad of `before`, where nothing was drawn since, is shared.
[[nodiscard]] PageState page_state(const UiState& ui, const PageRuns& runs, const PageState* before = nullptr);
// False when something differs that Undo should bring back.
[[nodiscard]] bool same_page(const PageState& state, const UiState& ui, const PageRuns& runs);
// Bytes that it takes, about, beside a state that came just before it.
[[nodiscard]] std::size_t bytes_of(const PageState& state, const PageState* before);

// Shows in `ui` what `wanted` has and `present` has not; what is only looked at stays, unless the picture would have
// nothing to do with it.
void show_page(const PageState& wanted, const PageState& present, UiState& ui);

}  // namespace descent::web
