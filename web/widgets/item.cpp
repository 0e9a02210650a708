// SPDX-License-Identifier: MIT
// The common base of the controls, over Dear ImGui's internal item and button behaviour.
#include "web/widgets/item.h"

#include <algorithm>
#include <utility>

#include "engine/core/number_text.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

bool g_touch_metrics = false;

// The frontmost window that takes the mouse at this point.
const ImGuiWindow* window_at(ImVec2 point) {
  const ImVector<ImGuiWindow*>& windows = ImGui::GetCurrentContext()->Windows;
  for (int i = windows.Size - 1; i >= 0; --i) {
    const ImGuiWindow* window = windows[i];
    if (!window->WasActive || window->Hidden || (window->Flags & ImGuiWindowFlags_NoMouseInputs) != 0) continue;
    if (window->OuterRectClipped.Contains(point)) return window;
  }
  return nullptr;
}

// The part of the page a window belongs to: the child of a window of its own, or that window itself.
const ImGuiWindow* region_of(const ImGuiWindow* window) {
  const auto child = [](const ImGuiWindow* w) { return (w->Flags & ImGuiWindowFlags_ChildWindow) != 0; };
  while (child(window) && child(window->ParentWindow)) window = window->ParentWindow;
  return window;
}

}  // namespace

Item place_item(std::string_view label, ImVec2 size, std::string_view role, std::optional<double> value,
                std::optional<std::string_view> text) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  const ImVec2 corner = window->DC.CursorPos;
  Item item;
  item.box = ImRect(corner, ImVec2(corner.x + size.x, corner.y + size.y));
  item.id = window->GetID(label.data(), label.data() + label.size());
  ImGui::ItemSize(item.box, 0);
  item.visible = ImGui::ItemAdd(item.box, item.id);
  annotate_item(label, role, value, text);
  return item;
}

Item submit_item(std::string_view label, ImVec2 size, std::string_view role, std::optional<double> value,
                 std::optional<std::string_view> text, ImGuiButtonFlags flags) {
  Item item = place_item(label, size, role, value, text);
  if (!item.visible) return item;
  item.pressed = ImGui::ButtonBehavior(item.box, item.id, &item.hovered, &item.held, flags);
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  item.focused = context.NavId == item.id && !context.NavDisableHighlight;
  return item;
}

bool in_front(const ImGuiWindow& window, ImVec2 point) {
  const ImGuiWindow* front = window_at(point);
  return front != nullptr && region_of(front) == region_of(&window);
}

void draw_focus_ring(const Item& item) {
  ImGui::RenderNavHighlight(item.box, item.id);
}

float control_height() {
  return g_touch_metrics ? 40.0f : 32.0f;
}
void set_touch_metrics(bool touch) {
  g_touch_metrics = touch;
}
bool touch_metrics() {
  return g_touch_metrics;
}

float item_width(float natural) {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool asked = (context.NextItemData.Flags & ImGuiNextItemDataFlags_HasWidth) != 0 ||
                     context.CurrentWindow->DC.ItemWidthStack.Size > 0;
  return asked ? ImGui::CalcItemWidth() : natural;
}

float text_width(std::string_view text) {
  return text.empty() ? 0 : ImGui::CalcTextSize(text.data(), text.data() + text.size()).x;
}

std::string fitted_number(double value, float width, int digits) {
  std::string text = core::display_number(value, digits);
  while (--digits > 0 && text_width(text) > width) text = core::display_number(value, digits);
  return text;
}

std::string cut_text(std::string_view text, std::string_view kept_end, float room) {
  constexpr std::string_view kCut = "…";
  room += 0.5f - text_width(kept_end);
  if (text_width(text) <= room) return std::string(text).append(kept_end);
  while (!text.empty() && text_width(text) + text_width(kCut) > room) {
    while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80u) text.remove_suffix(1);
    text.remove_suffix(1);
  }
  return std::string(text).append(kCut).append(kept_end);
}

std::string wrap_words(std::string_view text, float width) {
  std::string wrapped;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string word(text.substr(0, end));
    const bool ends_line = end < text.size() && text[end] == '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && text_width(longer) > width) {
      wrapped += line + "\n";
      longer = word;
    }
    line = std::move(longer);
    if (!ends_line) continue;
    wrapped += line + "\n";
    line.clear();
  }
  // A few letters do not stand alone in the last line: the word before comes along.
  const std::size_t cut = wrapped.size() < 2 ? std::string::npos : wrapped.find_last_of(" \n", wrapped.size() - 2);
  if (line.empty() || line.size() > 3 || cut == std::string::npos || wrapped[cut] != ' ') return wrapped + line;
  return wrapped.substr(0, cut) + "\n" + wrapped.substr(cut + 1, wrapped.size() - cut - 2) + " " + line;
}

float draw_text(ImDrawList* list, ImVec2 left_middle, float right, ImU32 color, std::string_view text) {
  if (text.empty()) return 0;
  const char* begin = text.data();
  const char* end = begin + text.size();
  const ImVec2 size = ImGui::CalcTextSize(begin, end);
  const ImVec2 position(left_middle.x, ImFloor(left_middle.y - size.y / 2));
  const ImVec2 corner(right, position.y + size.y);
  if (left_middle.x + size.x <= right + 0.5f) {
    list->AddText(position, color, begin, end);
    return size.x;
  }
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::RenderTextEllipsis(list, position, corner, corner.x, corner.x, begin, end, &size);
  ImGui::PopStyleColor();
  return right - left_middle.x;
}

}  // namespace descent::web::widgets
