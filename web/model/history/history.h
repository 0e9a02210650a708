// SPDX-License-Identifier: MIT
// History: the states that Undo and Redo go through. It looks at the page once per display callback, and what differs
// becomes an entry as soon as it has rested: a drag, a slider or a stroke is one. Whoever made the change, a person, a
// link or a script, it can be undone. Bounded in number and bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/model/history/page_state.h"
#include "web/model/words/change_words.h"

namespace descent::web {

class History {
 public:
  static constexpr double kRest = 0.3;      // seconds that a change must last
  static constexpr double kTogether = 1.0;  // seconds within which changes of one thing, as by arrow keys, are one
  static constexpr std::size_t kMostEntries = 100, kMostBytes = 4000000;

  // observe() comes while the workers have answered everything. `gesture`: a control is held; now in seconds. Returns
  // what was noted as a change just then. The first state is where Undo ends.
  std::optional<PageChange> observe(const UiState& ui, const PageRuns& runs, bool gesture, double now);
  // True while a change waits for its rest.
  [[nodiscard]] bool waits() const { return pending_.has_value(); }

  // The changes that would be undone and done again; nullptr: none.
  [[nodiscard]] const PageChange* undoable() const { return at_ > 0 ? &entries_[at_].change : nullptr; }
  [[nodiscard]] const PageChange* redoable() const {
    return at_ + 1 < entries_.size() ? &entries_[at_ + 1].change : nullptr;
  }

  // A Step is a way from one state to its neighbour; both live until the next call.
  struct Step {
    const PageState& from;
    const PageState& to;
    const PageChange& change;
    const std::string& workspace;  // in which the change was made
  };
  // A change that has not rested yet becomes an entry first. Nothing when there is nothing to undo, or to do again. The
  // next observation tells what the page has made of `to`.
  std::optional<Step> undo(const UiState& ui, const PageRuns& runs);
  std::optional<Step> redo(const UiState& ui, const PageRuns& runs);

 private:
  struct Entry {
    PageState state;
    PageChange change;  // from the state before
    double at = 0;      // when it was noted
  };
  std::optional<PageChange> note(PageState state, double now);
  void settle(const UiState& ui, const PageRuns& runs);
  void bound();

  std::vector<Entry> entries_;
  std::size_t at_ = 0;
  bool arriving_ = false;  // at entries_[at_]
  bool gesture_ = false;   // as observed last
  std::optional<PageState> pending_;
  double pending_since_ = 0;
};

}  // namespace descent::web
