// SPDX-License-Identifier: MIT
#include "web/widgets/tabs.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "web/state/redraw.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kPadding = 12;      // left and right of a text
constexpr float kLeastPadding = 5;  // in narrow rows
constexpr float kLine = 2;
constexpr float kEnd = 24;       // the buttons of a row that scrolls
constexpr float kPart = 0.7F;    // of what is in sight, one press on them
constexpr float kNotch = 48;     // points a notch of the wheel
constexpr float kDragStart = 8;  // points sideways until a press means to scroll

// How far a row has been scrolled, what it last showed as chosen, and whether it is being dragged.
struct Scroll {
  ImGuiID row = 0;  // whose drag it is
  bool dragged = false;
};
Scroll g_scroll;

// True when it was pressed.
bool draw_tab(const Tab& tab, ImVec2 size, bool chosen, bool quiet) {
  const Item item = submit_item(tab.label, size, "tab", chosen ? 1 : 0);
  if (!item.visible) return false;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = item.box.Min, high = item.box.Max;
  if (item.hovered && !chosen)
    list->AddRectFilled(ImVec2(low.x, low.y + 2), ImVec2(high.x, high.y - kLine - 2), p.raised, kCorner);
  if (chosen) list->AddRectFilled(ImVec2(low.x, high.y - kLine), high, p.accent);
  const float left = std::max(low.x + (high.x - low.x - text_width(tab.label)) / 2, low.x + 1);
  draw_text(list, ImVec2(left, item.box.GetCenter().y - 1), high.x, chosen || item.hovered ? p.text : p.text_muted,
            tab.label);
  draw_focus_ring(item);
  return item.pressed && !quiet;
}

float texts_width(std::span<const Tab> tabs) {
  float width = 0;
  for (const Tab& tab : tabs) width += text_width(tab.label);
  return width;
}

// A button at an end of a row that scrolls: a chevron of two lines.
bool draw_end(const char* label, ImVec2 corner, float towards) {
  ImGui::SetCursorScreenPos(corner);
  const Item item = submit_item(label, ImVec2(kEnd, control_height()), "button");
  if (!item.visible) return false;
  const Palette& p = palette();
  const ImVec2 c = item.box.GetCenter();
  const ImVec2 points[]{
      {c.x - 2.5F * towards, c.y - 6}, {c.x + 2.5F * towards, c.y - 1}, {c.x - 2.5F * towards, c.y + 4}};
  ImGui::GetWindowDrawList()->AddPolyline(points, 3, item.hovered ? p.text : p.text_muted, 0, 1.6F);
  draw_focus_ring(item);
  return item.pressed;
}

// Moves the row by wheel and by a finger or pointer that drags it; true while it is dragged, and a press chooses
// nothing.
bool follow_hand(ImGuiID row, ImVec2 low, ImVec2 high, float& offset) {
  const ImGuiIO& io = ImGui::GetIO();
  const auto over = [&](ImVec2 p) { return p.x >= low.x && p.x < high.x && p.y >= low.y && p.y < high.y; };
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) && over(io.MousePos))
    offset -= kNotch * (io.MouseWheelH + io.MouseWheel);
  if (!io.MouseDown[0] && !io.MouseReleased[0] && g_scroll.row == row) g_scroll = {};
  if (io.MouseClicked[0] && over(io.MousePos) && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem))
    g_scroll = {row, false};
  if (g_scroll.row != row || !io.MouseDown[0]) return g_scroll.row == row && g_scroll.dragged;
  const float across = io.MousePos.x - io.MouseClickedPos[0].x;
  if (!g_scroll.dragged && std::abs(across) < kDragStart) return false;
  offset -= g_scroll.dragged ? io.MouseDelta.x : across;
  g_scroll.dragged = true;
  return true;
}

}  // namespace

bool tab_row(std::string_view id, std::span<const Tab> tabs, int& selected, float room) {
  const float count = static_cast<float>(std::max<std::size_t>(tabs.size(), 1));
  const bool close = texts_width(tabs) + 2 * kPadding * count > room;
  if (close) push_font(Font::small);
  const float texts = texts_width(tabs);
  const bool scrolls = texts + 2 * kLeastPadding * count > room + 1;
  const float padding = !close    ? kPadding
                        : scrolls ? 2 * kLeastPadding
                                  : std::clamp((room - texts) / (2 * count), kLeastPadding, kPadding);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float bottom = corner.y + control_height();
  ImGui::GetWindowDrawList()->AddLine(ImVec2(corner.x, bottom - 0.5F), ImVec2(corner.x + room, bottom - 0.5F),
                                      palette().separator);
  ImGui::PushID(id.data(), id.data() + id.size());
  ImGui::BeginGroup();
  const ImVec2 low(corner.x + (scrolls ? kEnd : 0), corner.y), high(corner.x + room - (scrolls ? kEnd : 0), bottom);
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID row = ImGui::GetID("row");
  float& offset = *kept.GetFloatRef(ImGui::GetID("offset"), 0);
  int& shown = *kept.GetIntRef(ImGui::GetID("shown"), -1);
  const float before = offset, most = std::max(texts + 2 * padding * count - (high.x - low.x), 0.0F);
  const bool dragged = scrolls && follow_hand(row, low, high, offset);
  if (scrolls) {
    const float part = kPart * (high.x - low.x);
    if (offset > 0 && draw_end("Earlier tabs", corner, -1)) offset -= part;
    if (offset < most && draw_end("Later tabs", ImVec2(high.x, corner.y), 1)) offset += part;
    ImGui::PushClipRect(low, high, true);
  }
  offset = std::clamp(offset, 0.0F, most);
  const float drawn = std::floor(offset);
  bool changed = false;
  float x = low.x - drawn;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const ImVec2 size(text_width(tabs[i].label) + 2 * padding, control_height());
    ImGui::SetCursorScreenPos(ImVec2(x, corner.y));
    const bool chosen = static_cast<int>(i) == selected;
    if (draw_tab(tabs[i], size, chosen, dragged) && !chosen) {
      selected = static_cast<int>(i);
      changed = true;
    }
    tooltip(tabs[i].tooltip);
    // The one that was chosen, and the one with the keyboard's focus, come into sight.
    const bool led = chosen && shown != selected;
    if (led || (ImGui::IsItemFocused() && !ImGui::GetCurrentContext()->NavDisableHighlight)) {
      offset = std::min(std::max(offset, x + drawn + size.x - high.x), x + drawn - low.x);
      if (led) shown = selected;
    }
    x += size.x;
  }
  if (scrolls) ImGui::PopClipRect();
  offset = std::clamp(offset, 0.0F, most);
  if (offset != before) request_redraw();
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(ImVec2(room, control_height()));
  ImGui::EndGroup();
  ImGui::PopID();
  if (close) pop_font();
  return changed;
}

}  // namespace descent::web::widgets
