// SPDX-License-Identifier: MIT
// Words above the picture: how to begin, who has arrived first, what is wrong with runs in trouble. One note at a time,
// a plain sentence with what helps; it can be closed, and the numbers come on "Why".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/panels/surfaces/view/note.h"
#include "web/panels/surfaces/view/view_frame.h"

namespace descent::web {

class NoteRow {
 public:
  // Brings up to date what there is to say and has not been closed; the most urgent first.
  void gather(const PanelContext& context);
  [[nodiscard]] bool empty() const { return notes_.empty(); }
  // The note in `room`, from its left edge; returns where it ends. In one line there is no room for buttons: pressing
  // it closes it.
  float draw(PanelContext& context, const Rect& room, bool one_line);
  // Below the row, where "Why" was pressed: the reason, or the numbers and all that can be done. Returns its height.
  [[nodiscard]] float draw_why(PanelContext& context, ImVec2 corner, float width);

 private:
  [[nodiscard]] const Note& shown() const;
  void draw_line(const Note& note, const Rect& room);
  void close(const Note& note);

  std::vector<Note> notes_;
  std::vector<std::string> closed_;  // keys, of this run of the race
  std::uint64_t run_ = 0;
  std::string chosen_, why_;  // keys: the note that was turned to, the one whose numbers are shown
};

}  // namespace descent::web
