// SPDX-License-Identifier: MIT
// The state lives in Module.descentField: {offer: {x, y, width, height, label, text} or null, input: element or null,
// news, done, escaped, text}.
#include "web/text_field.h"

#include <emscripten.h>

#include <cstdlib>

// clang-format off
EM_JS_DEPS(descent_text_field, "$UTF8ToString,$stringToNewUTF8");

EM_JS(void, descent_field_begin_frame, (), {
  if (Module['descentField']) {
    const field = Module['descentField'];
    if (field.input && !field.offer) field.input.blur();
    field.offer = null;
    return;
  }
  const field = {offer : null, input : null, news : false, done : false, escaped : false, text : ""};
  Module['descentField'] = field;
  field.place = (input) => {
    const {x, y, width, height} = field.offer;
    Object.assign(input.style, {left : x + 'px', top : y + 'px', width : width + 'px', height : height + 'px'});
  };
  const close = () => {
    if (!field.input) return;
    const input = field.input;
    field.input = null;
    field.text = input.value;
    field.news = field.done = true;
    input.remove();
    document.getElementById('canvas').focus({preventScroll : true});
  };
  const open = () => {
    const input = document.createElement('input');
    input.className = 'over-canvas';
    input.type = 'text';
    input.value = field.offer.text;
    input.setAttribute('aria-label', field.offer.label);
    for (const name of ['autocapitalize', 'autocomplete', 'autocorrect']) input.setAttribute(name, 'off');
    input.spellcheck = false;
    input.enterKeyHint = 'done';
    input.addEventListener('input', () => {
      field.text = input.value;
      field.news = true;
    });
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') field.escaped = true;
      if (event.key === 'Escape' || event.key === 'Enter') input.blur();
    });
    input.addEventListener('blur', close);
    field.place(input);
    document.body.appendChild(input);
    field.input = input;
    input.focus({preventScroll : true});
  };
  const canvas = document.getElementById('canvas');
  const kSlop = 10;  // points a finger moves before it means a swipe
  let down = null;
  canvas.addEventListener('touchstart', (event) => {
    const {clientX, clientY} = event.touches[0];
    down = event.touches.length === 1 ? {x : clientX, y : clientY} : null;
    if (field.input) field.input.blur();
  }, {passive : true});
  canvas.addEventListener('touchend', (event) => {
    const touch = event.changedTouches[0];
    const offer = field.offer;
    if (!down || !offer || Math.hypot(touch.clientX - down.x, touch.clientY - down.y) > kSlop) return;
    const inside = down.x >= offer.x && down.x < offer.x + offer.width && down.y >= offer.y && down.y < offer.y + offer.height;
    if (inside) open();
  });
});

EM_JS(void, descent_field_offer, (float x, float y, float width, float height, const char* label, int label_length,
                                  const char* text, int text_length), {
  const field = Module['descentField'];
  field.offer = {x, y, width, height, label : UTF8ToString(label, label_length), text : UTF8ToString(text, text_length)};
  if (field.input) field.place(field.input);
});

EM_JS(int, descent_field_state, (), {
  const field = Module['descentField'];
  return field ? (field.input ? 1 : 0) + (field.news ? 2 : 0) + (field.done ? 4 : 0) + (field.escaped ? 8 : 0) : 0;
});

EM_JS(char*, descent_field_take, (), {
  const field = Module['descentField'];
  field.news = field.done = field.escaped = false;
  return stringToNewUTF8(field.text);
});
// clang-format on

namespace descent::web::text_field {

void offer(const Box& box, std::string_view label, std::string_view text) {
  descent_field_offer(box.x, box.y, box.width, box.height, label.data(), static_cast<int>(label.size()), text.data(),
                      static_cast<int>(text.size()));
}

void begin_frame() {
  descent_field_begin_frame();
}

bool open() {
  return (descent_field_state() & 1) != 0;
}

bool has_news() {
  return (descent_field_state() & 2) != 0;
}

std::optional<Typed> take() {
  const int state = descent_field_state();
  if ((state & 2) == 0) return {};
  char* allocated = descent_field_take();
  Typed typed{allocated, (state & 4) != 0, (state & 8) != 0};
  std::free(allocated);
  return typed;
}

}  // namespace descent::web::text_field
