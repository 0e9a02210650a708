// SPDX-License-Identifier: MIT
// A text field of the browser's own over the canvas. Only that takes what does not come key by key: dead keys, input
// methods, dictation, the emoji picker, a pasted text, a phone's keyboard; and screen readers read it out. One field is
// open at a time. What is typed is taken with later frames (widgets/text_entry.h). Main thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace descent::web::text_field {

struct Box {
  float x = 0, y = 0, width = 0, height = 0;  // points of the canvas
};

struct Field {
  std::uint32_t id = 0;         // tells fields apart; not 0
  std::string_view label = "";  // what screen readers say
  std::string_view text = "";   // what it begins with
  bool number = false;          // stands at the right
  int caret = -1;               // UTF-16 units of the text before it; negative: all of the text is selected
};
// Opens it. One that was open is left, and keeps what was typed.
void show(const Field& field);
// place() comes in every frame while it is open, with its box, the part of that which is in sight, and whether its text
// is wrong. A field that is not placed in a frame is gone, and what was typed in it with it.
void place(const Box& box, const Box& in_sight, bool wrong);

// Closes it; what was typed is forgotten.
void drop();

// The id of the field that is open; 0: none is.
[[nodiscard]] std::uint32_t open();
// scroll() says how far the open field's text is scrolled to the left, in points.
[[nodiscard]] float scroll();

// The width of a text in the open field, in points: it may have letters that the program's font has not.
[[nodiscard]] float width(std::string_view text);

struct Typed {
  std::string text;
  bool changed = false;  // it is not what the field began with
  bool left = false;     // the field has closed
  bool dropped = false;  // with Escape
  int tab = 0;           // with Tab: 1, with shift −1
};
// take() is what was typed in this field since the last call.
[[nodiscard]] std::optional<Typed> take(std::uint32_t id);
// True while there is something to take.
[[nodiscard]] bool has_news();
// True once after a field was opened: keys that are down are released where the canvas does not hear of it.
[[nodiscard]] bool take_opened();

void begin_frame();
// end_frame() forgets what the frame's fields have not taken.
void end_frame();

// `press` is called in the event of a press or tap on the canvas at a point of it, and shows the field that is there:
// phones bring their keyboard only then. It returns false when there is none.
void on_press(std::function<bool(float x, float y)> press);
// The program's own font (an OpenType file), so that a text looks the same before and while it is edited.
void use_font(std::span<const unsigned char> file);

}  // namespace descent::web::text_field
