// SPDX-License-Identifier: MIT
#include "web/model/history/history.h"

#include <utility>

namespace descent::web {

std::optional<PageChange> History::observe(const UiState& ui, const PageRuns& runs, bool gesture, double now) {
  if (entries_.empty() || arriving_) {
    if (entries_.empty())
      entries_.push_back({page_state(ui, runs), {}, -kTogether});
    else
      entries_[at_].state = page_state(ui, runs, &entries_[at_].state);
    arriving_ = false;
    return {};
  }
  const bool begins = !std::exchange(gesture_, gesture) && gesture;
  if (begins && pending_) return note(*std::exchange(pending_, std::nullopt), now);
  if (same_page(entries_[at_].state, ui, runs)) {
    entries_[at_].state.runs = runs;  // a data set that came before there was anything to lose is part of it
    pending_.reset();
    return {};
  }
  if (!pending_ || gesture || !same_page(*pending_, ui, runs)) {
    pending_ = page_state(ui, runs, &entries_[at_].state);
    pending_since_ = now;
    return {};
  }
  if (now - pending_since_ < kRest) return {};
  return note(*std::exchange(pending_, std::nullopt), now);
}

std::optional<PageChange> History::note(PageState state, double now) {
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, entries_.end());
  Entry& last = entries_[at_];
  PageChange change = page_change(last.state, state);
  const bool same_runs = last.state.runs == state.runs && at_ > 0 && entries_[at_ - 1].state.runs == state.runs;
  if (same_runs && !change.subject.empty() && change.subject == last.change.subject && now - last.at < kTogether) {
    change = page_change(entries_[at_ - 1].state, state);
    last = {std::move(state), change, now};
  } else {
    entries_.push_back({std::move(state), change, now});
    ++at_;
    bound();
  }
  return change;
}

void History::bound() {
  std::size_t bytes = 0;
  for (std::size_t i = entries_.size(); i-- > 0;) {
    bytes += bytes_of(entries_[i].state, i > 0 ? &entries_[i - 1].state : nullptr);
    if (bytes <= kMostBytes && entries_.size() - i <= kMostEntries) continue;
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    at_ = entries_.size() - 1;
    return;
  }
}

void History::settle(const UiState& ui, const PageRuns& runs) {
  pending_.reset();
  if (!arriving_ && !entries_.empty() && !same_page(entries_[at_].state, ui, runs))
    static_cast<void>(note(page_state(ui, runs, &entries_[at_].state), pending_since_));
}

std::optional<History::Step> History::undo(const UiState& ui, const PageRuns& runs) {
  settle(ui, runs);
  if (undoable() == nullptr) return {};
  const Entry& from = entries_[at_--];
  arriving_ = true;
  return Step{from.state, entries_[at_].state, from.change, from.state.shared.workspace};
}

std::optional<History::Step> History::redo(const UiState& ui, const PageRuns& runs) {
  settle(ui, runs);
  if (redoable() == nullptr) return {};
  const Entry& from = entries_[at_++];
  arriving_ = true;
  const Entry& to = entries_[at_];
  return Step{from.state, to.state, to.change, to.state.shared.workspace};
}

}  // namespace descent::web
