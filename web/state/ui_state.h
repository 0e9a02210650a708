// SPDX-License-Identifier: MIT
// UiState: everything the interface remembers between frames, as plain data. `race` and `trainer` are the
// configurations the controls show and edit; a panel that changes one sends it to the engine at once. The engine's
// snapshot stays the truth: when it accepted a configuration from elsewhere (script, share link) or refused one, the
// app copies it back here (app.cpp, sync). What it inherits travels in the share link and in descent.state().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/stroke_digit.h"
#include "engine/surfaces/surface.h"
#include "web/state/shared_state.h"

namespace descent::web {

// The starts of a basin map: what the contour view shows, in as many columns and rows as are worth computing.
struct StartGrid {
  surfaces::Domain domain;
  int width = 0, height = 0;  // 0: the view has not been drawn yet
  surfaces::Domain surface;   // the whole surface's
};

struct DrawPad {
  std::vector<data::PenStroke> strokes;
  std::uint64_t version = 0;        // changes with the strokes; 0: empty
  std::vector<std::uint8_t> digit;  // the image that was made of them (LookedAtDigit::image)
};

// HistoryLine is what the page shows of its history (model/history/history.h), and what is asked of it.
struct HistoryLine {
  std::string undo, redo;  // the changes; empty: none
  int wish = 0;            // −1: undo, 1: redo
};

struct UiState : SharedState {
  bool help_open = false;
  bool rail_open = false;  // small screens: the rail as a sheet

  // By slot: the learning rate that a person set last; 0: none. It counts for the runner that still has it.
  std::array<double, race::kMaxRunners> own_rates{};

  bool turns = false;    // the 3-D view turns by itself: a person has opened it and not touched it yet
  bool turning = false;  // in the last frame it did

  StartGrid starts;
  bool sampling_runs = true;               // while its tab is open
  std::array<int, 2> pin_push{};           // by arrow keys: steps to the right and upwards
  bool pin_focused = false;                // the keyboard's focus is on the pinned point
  std::optional<surfaces::Point> pointed;  // where the pointer rests in the picture

  DrawPad pad;
  float brush = 1;  // the width of the next stroke on it

  // Beside the network's curves: which kept runs are shown, where a person has said so, and whether they are listed.
  std::vector<std::pair<std::uint64_t, bool>> chosen_runs;
  bool runs_open = false;

  std::string toast;       // one sentence shown for a few seconds
  double toast_until = 0;  // seconds on the page's clock (engine/parallel/clock.h)
  bool toast_is_error = false;
  int toast_step = 0;  // its button: −1 Undo, 1 Redo, 0 none
  HistoryLine history;

  [[nodiscard]] const SharedState& shared() const { return *this; }
  // The network's configuration stays: it reaches the interface through the trainer's snapshots. Whoever calls this
  // sends the race's to its worker in the same frame.
  void show_shared(const SharedState& state) {
    training::TrainerConfig present = std::move(trainer);
    static_cast<SharedState&>(*this) = state;
    trainer = std::move(present);
  }
};

}  // namespace descent::web
