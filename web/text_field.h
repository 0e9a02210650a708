// SPDX-License-Identifier: MIT
// A text field of the browser's own over the canvas, for fingers: only that brings the soft keyboard, which a canvas
// cannot. A control offers its box with every frame it is drawn in; a tap inside opens the field there (in the tap's
// own event, as phones demand), and what is typed is taken with later frames. Main thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace descent::web::text_field {

struct Box {
  float x = 0, y = 0, width = 0, height = 0;  // points of the canvas
};
// Shows `text` when it opens; `label` is what screen readers say. While it is open, moves it to the box.
void offer(const Box& box, std::string_view label, std::string_view text);
// Before each frame: nothing is offered until someone does so again. A field that stays without an offer closes.
void begin_frame();

struct Typed {
  std::string text;
  bool done = false;     // left, or Enter
  bool escaped = false;  // left with Escape
};
// What changed since the last call.
[[nodiscard]] std::optional<Typed> take();
[[nodiscard]] bool open();
// True while there is something to take.
[[nodiscard]] bool has_news();

}  // namespace descent::web::text_field
