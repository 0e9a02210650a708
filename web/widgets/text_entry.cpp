// SPDX-License-Identifier: MIT
// A press is answered in its own event, between two frames, from the fields of the last one.
#include "web/widgets/text_entry.h"

#include <algorithm>
#include <string>
#include <vector>

#include "font_embedded.h"
#include "web/state/redraw.h"

namespace descent::web::widgets {
namespace {

constexpr float kMargin = 8;  // to the edge of a region that scrolls a field into sight

// A field of the frame that can be pressed.
struct Entry {
  ImGuiID id = 0;
  ImGuiID window = 0;
  ImRect box, in_sight;
  std::string label, text;
  bool number = false;
};

struct Entries {
  std::vector<Entry> fields;
  bool listening = false;
};
Entries g_entries;

// UTF-16 units of the text before the place nearest to `x`, points from its left end, in the current font.
int caret_at(std::string_view text, float x) {
  int units = 0;
  float left = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    const float right = left + text_width(text.substr(at, end - at));
    if (x < (left + right) / 2) break;
    units += end - at == 4 ? 2 : 1;
    left = right;
    at = end;
  }
  return units;
}

void show(const Entry& entry, int caret) {
  text_field::show({.id = entry.id, .label = entry.label, .text = entry.text, .number = entry.number, .caret = caret});
  request_redraw();
}

bool press(float x, float y) {
  // A press beside an open list closes that.
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) return false;
  const ImVec2 point(x, y);
  for (const Entry& entry : g_entries.fields) {
    const ImGuiWindow* window = ImGui::FindWindowByID(entry.window);
    if (window == nullptr || !entry.in_sight.Contains(point) || !in_front(*window, point)) continue;
    show(entry, entry.number ? -1 : caret_at(entry.text, x - entry.box.Min.x - kEntryPadding));
    return true;
  }
  return false;
}

text_field::Box box_of(const ImRect& rect) {
  return {rect.Min.x, rect.Min.y, rect.GetWidth(), rect.GetHeight()};
}

// The keyboard goes to the next control, or back to the one before.
void go_on(int direction) {
  ImGui::GetCurrentContext()->NavDisableHighlight = false;
  ImGuiIO& io = ImGui::GetIO();
  if (direction < 0) io.AddKeyEvent(ImGuiMod_Shift, true);
  io.AddKeyEvent(ImGuiKey_Tab, true);
  io.AddKeyEvent(ImGuiKey_Tab, false);
  if (direction < 0) io.AddKeyEvent(ImGuiMod_Shift, false);
  request_redraw(0.1);
}

}  // namespace

ImGuiButtonFlags text_entry_flags() {
  return ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen ? ImGuiButtonFlags_PressedOnClickRelease
                                                                    : ImGuiButtonFlags_PressedOnClick;
}

TextEntry text_entry(const Item& item, const EntryText& content) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImRect in_sight = item.box;
  in_sight.ClipWithFull(window->ClipRect);
  const Entry entry{.id = item.id,
                    .window = window->ID,
                    .box = item.box,
                    .in_sight = in_sight,
                    .label = std::string(content.label),
                    .text = std::string(content.text),
                    .number = content.number};
  // Fingers and mouse have opened it in their own event.
  if (item.pressed && ImGui::GetCurrentContext()->ActiveIdSource == ImGuiInputSource_Keyboard) show(entry, -1);
  TextEntry result{.open = text_field::open() == item.id, .typed = text_field::take(item.id)};
  if (result.open) text_field::place(box_of(item.box), box_of(in_sight), content.wrong);
  if (result.typed && result.open) {  // what is typed is seen
    ImRect around = item.box;
    around.Expand(kMargin);
    ImGui::ScrollToRectEx(window, around);
  }
  if (result.typed && result.typed->tab != 0) go_on(result.typed->tab);
  if (item.visible) g_entries.fields.push_back(entry);
  return result;
}

void drop_text_entry() {
  text_field::drop();
  g_entries.fields.clear();
}

void text_entries_begin_frame() {
  if (!g_entries.listening) {
    text_field::on_press(press);
    text_field::use_font({kFontData, kFontSize});
  }
  g_entries.listening = true;
  g_entries.fields.clear();
  text_field::begin_frame();
}

void text_entries_end_frame() {
  text_field::end_frame();
}

}  // namespace descent::web::widgets
