// SPDX-License-Identifier: MIT
// The element and its events are Module.textField's (page/text_field.js).
#include "web/browser/text_field.h"

#include <emscripten.h>

#include <cstdlib>
#include <utility>

#include "web/browser/browser.h"

// clang-format off
EM_JS_DEPS(descent_text_field, "$UTF8ToString,$stringToNewUTF8");

EM_JS(void, descent_field_listen, (), {
  Module['textField'].press = (x, y) => _descent_press(x, y) !== 0;
});

EM_JS(void, descent_field_use_font, (const void* bytes, unsigned size), {
  Module['textField'].useFont(HEAPU8.slice(bytes >>> 0, (bytes >>> 0) + size));
});

EM_JS(void, descent_field_show, (unsigned id, const char* label, int label_length, const char* text, int text_length,
                                 int number, int caret), {
  Module['textField'].show({id : id >>> 0, label : UTF8ToString(label, label_length),
                            text : UTF8ToString(text, text_length), number : number !== 0, caret});
});

EM_JS(void, descent_field_place, (float x, float y, float width, float height, float left, float top, float right,
                                  float bottom, int wrong, float magnification), {
  Module['textField'].place({x, y, width, height}, {left, top, right, bottom}, wrong !== 0, magnification);
});

EM_JS(unsigned, descent_field_open, (), { return Module['textField'].open; });
EM_JS(float, descent_field_scroll, (), { return Module['textField'].scroll; });
EM_JS(float, descent_field_width, (const char* text, int length), {
  return Module['textField'].width(UTF8ToString(text, length));
});
EM_JS(int, descent_field_has_news, (), { return Module['textField'].news.size; });
EM_JS(void, descent_field_drop, (), { Module['textField'].drop(); });
EM_JS(void, descent_field_forget, (), { Module['textField'].news.clear(); });

EM_JS(char*, descent_field_take, (unsigned id, int* flags), {
  const news = Module['textField'].take(id >>> 0);
  if (!news) return 0;
  HEAP32[flags >>> 2] = news.flags;
  return stringToNewUTF8(news.text);
});
// clang-format on

namespace descent::web::text_field {
namespace {

// The flags have the values that page/text_field.js sets.
enum Flag { kChanged = 1, kLeft = 2, kDropped = 4, kTabAhead = 8, kTabBack = 16 };

struct State {
  std::function<bool(float, float)> press;
  bool placed = false;  // in this frame
  bool opened = false;
};
State g_state;

int length(std::string_view text) {
  return static_cast<int>(text.size());
}

}  // namespace

void show(const Field& field) {
  descent_field_show(field.id, field.label.data(), length(field.label), field.text.data(), length(field.text),
                     field.number ? 1 : 0, field.caret);
  g_state.opened = true;
}

void place(const Box& box, const Box& in_sight, bool wrong) {
  g_state.placed = true;
  const float left = in_sight.x - box.x, top = in_sight.y - box.y;
  descent_field_place(box.x, box.y, box.width, box.height, left, top, box.width - left - in_sight.width,
                      box.height - top - in_sight.height, wrong ? 1 : 0, browser::magnification());
}

void drop() {
  descent_field_drop();
}

std::uint32_t open() {
  return descent_field_open();
}

float scroll() {
  return descent_field_scroll();
}

float width(std::string_view text) {
  return descent_field_width(text.data(), length(text));
}

std::optional<Typed> take(std::uint32_t id) {
  int flags = 0;
  char* allocated = descent_field_take(id, &flags);
  if (allocated == nullptr) return {};
  Typed typed{.text = allocated,
              .changed = (flags & kChanged) != 0,
              .left = (flags & kLeft) != 0,
              .dropped = (flags & kDropped) != 0,
              .tab = (flags & kTabAhead) != 0  ? 1
                     : (flags & kTabBack) != 0 ? -1
                                               : 0};
  std::free(allocated);
  return typed;
}

bool has_news() {
  return descent_field_has_news() != 0;
}

bool take_opened() {
  return std::exchange(g_state.opened, false);
}

void begin_frame() {
  g_state.placed = false;
}

void end_frame() {
  descent_field_forget();
  if (!g_state.placed) drop();
}

void on_press(std::function<bool(float, float)> press) {
  g_state.press = std::move(press);
  descent_field_listen();
}

void use_font(std::span<const unsigned char> file) {
  descent_field_use_font(file.data(), static_cast<unsigned>(file.size()));
}

}  // namespace descent::web::text_field

extern "C" EMSCRIPTEN_KEEPALIVE int descent_press(float x, float y) {
  const auto& press = descent::web::text_field::g_state.press;
  const float magnification = descent::web::browser::magnification();
  return press && press(x / magnification, y / magnification) ? 1 : 0;
}
