// SPDX-License-Identifier: MIT
// Buttons, switch, segments, and the texts and bars that only show. Sliders, fields and drop-downs have their own
// files.
#include "web/widgets/controls.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <string>

#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kIcon = 16;
constexpr float kPadding = 12;
constexpr float kIconGap = 6;

ImU32 faded(ImU32 color) {
  return ImGui::GetColorU32(ImGui::ColorConvertU32ToFloat4(color));
}

ImU32 button_fill(const Item& item, bool primary) {
  const Palette& p = palette();
  if (primary) return item.held || item.hovered ? p.accent_hover : p.accent;
  if (item.held) return p.pressed;
  return item.hovered ? p.hover : p.raised;
}

bool draw_button(std::string_view label, Icon icon, bool with_text, bool primary, ImVec2 size) {
  const Item item = submit_item(label, size, "button");
  if (!item.visible) return false;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, faded(button_fill(item, primary)), kCorner);
  const ImU32 color = faded(primary ? p.on_accent : p.text);
  const float icon_width = icon == Icon::none ? 0 : kIcon;
  const float gap = icon != Icon::none && with_text ? kIconGap : 0;
  const float content = icon_width + gap + (with_text ? text_width(label) : 0);
  const ImVec2 center = item.box.GetCenter();
  float x = std::max(center.x - content / 2, item.box.Min.x + 6);
  if (icon != Icon::none) {
    draw_icon(list, icon, ImVec2(x + kIcon / 2, center.y), kIcon, color);
    x += kIcon + gap;
  }
  if (with_text) draw_text(list, ImVec2(x, center.y), item.box.Max.x - 4, color, label);
  draw_focus_ring(item);
  return item.pressed;
}

}  // namespace

bool button(std::string_view label, Icon icon, std::string_view help, bool enabled, bool primary) {
  ImGui::BeginDisabled(!enabled);
  if (primary) push_font(Font::strong);
  const float icon_width = icon == Icon::none ? 0 : kIcon + kIconGap;
  const float width = item_width(text_width(label) + icon_width + 2 * kPadding);
  const bool pressed = draw_button(label, icon, true, primary, ImVec2(width, control_height()));
  if (primary) pop_font();
  ImGui::EndDisabled();
  tooltip(help);
  return pressed;
}

bool icon_button(std::string_view label, Icon icon, std::string_view help, bool enabled) {
  ImGui::BeginDisabled(!enabled);
  const bool pressed = draw_button(label, icon, false, false, ImVec2(control_height(), control_height()));
  ImGui::EndDisabled();
  tooltip(help);
  return pressed;
}

bool toggle(std::string_view label, bool& value, std::string_view help, std::string_view text) {
  constexpr float kTrack = 30, kHeight = 18;
  const float height = control_height() - 4;
  if (text.empty()) text = label;
  const float width = kTrack + 8 + text_width(text);
  const Item item = submit_item(label, ImVec2(width, height), "checkbox", value ? 1 : 0);
  tooltip(help);
  if (!item.visible) return false;
  if (item.pressed) value = !value;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = ImFloor(item.box.GetCenter().y);
  const ImVec2 corner(item.box.Min.x, middle - kHeight / 2);
  const ImU32 off = item.hovered ? p.pressed : mix(p.pressed, p.raised, 0.3f);
  list->AddRectFilled(corner, ImVec2(corner.x + kTrack, corner.y + kHeight),
                      faded(value ? (item.hovered ? p.accent_hover : p.accent) : off), kHeight / 2);
  const float knob = value ? corner.x + kTrack - kHeight / 2 : corner.x + kHeight / 2;
  list->AddCircleFilled(ImVec2(knob, middle), kHeight / 2 - 3, faded(value ? p.on_accent : p.text_muted), 20);
  draw_text(list, ImVec2(corner.x + kTrack + 8, middle), item.box.Max.x + 1, faded(p.text), text);
  draw_focus_ring(item);
  return item.pressed;
}

bool icon_toggle(std::string_view label, Icon icon, bool& value, std::string_view help) {
  const float side = control_height();
  const Item item = submit_item(label, ImVec2(side, side), "checkbox", value ? 1 : 0);
  tooltip(help);
  if (!item.visible) return false;
  if (item.pressed) value = !value;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 on = item.hovered ? p.accent_hover : p.accent;
  const ImU32 off = item.hovered ? p.hover : p.raised;
  list->AddRectFilled(item.box.Min, item.box.Max, faded(value ? on : off), kCorner);
  draw_icon(list, icon, item.box.GetCenter(), kIcon, faded(value ? p.on_accent : p.text));
  draw_focus_ring(item);
  return item.pressed;
}

bool segments(std::string_view id, std::span<const std::string_view> labels, int& selected,
              std::span<const std::string_view> tooltips) {
  float natural = 4;
  for (const std::string_view label : labels) natural += text_width(label) + 2 * kPadding;
  // Where the row is too narrow the words come closer to one another.
  const float width = std::min(item_width(natural), ImGui::GetContentRegionAvail().x);
  const float stretch = (width - natural) / static_cast<float>(std::max<std::size_t>(labels.size(), 1));
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float height = control_height();
  list->AddRectFilled(corner, ImVec2(corner.x + width, corner.y + height), faded(p.raised), kCorner + 1);
  ImGui::PushID(id.data(), id.data() + id.size());
  ImGui::BeginGroup();
  bool changed = false;
  float x = corner.x + 2;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string_view label = labels[i];
    ImGui::SetCursorScreenPos(ImVec2(x, corner.y + 2));
    const bool chosen = static_cast<int>(i) == selected;
    const ImVec2 size(text_width(label) + 2 * kPadding + stretch, height - 4);
    const Item item = submit_item(label, size, "tab", chosen ? 1 : 0);
    x += size.x;
    if (i < tooltips.size()) tooltip(tooltips[i]);
    if (!item.visible) continue;
    if (chosen || item.hovered)
      list->AddRectFilled(item.box.Min, item.box.Max, faded(chosen ? p.accent : p.hover), kCorner - 1);
    const ImVec2 middle = item.box.GetCenter();
    draw_text(list, ImVec2(ImFloor(middle.x - text_width(label) / 2), middle.y), item.box.Max.x,
              faded(chosen ? p.on_accent : p.text_muted), label);
    draw_focus_ring(item);
    if (item.pressed && !chosen) {
      selected = static_cast<int>(i);
      changed = true;
    }
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(ImVec2(width, height));
  ImGui::EndGroup();
  ImGui::PopID();
  return changed;
}

void section_title(std::string_view text) {
  push_font(Font::strong);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  pop_font();
}

void separator() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy(ImVec2(width, 2 * kGrid - 7));
  const float y = ImFloor(at.y + kGrid / 2) + 0.5f;
  ImGui::GetWindowDrawList()->AddLine(ImVec2(at.x, y), ImVec2(at.x + width, y), palette().separator);
}

void progress_bar(double fraction, std::string_view text) {
  const float width = item_width(ImGui::GetContentRegionAvail().x);
  const float filled = width * static_cast<float>(std::clamp(fraction, 0.0, 1.0));
  ImGui::Dummy(ImVec2(width, kProgressHeight));
  annotate_item("progress", "progress", fraction, text);
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  list->AddRectFilled(low, high, p.raised, kCorner);
  const float edge = low.x + filled;
  const ImVec2 at(std::max(ImFloor((low.x + high.x - text_width(text)) / 2), low.x + 4), (low.y + high.y) / 2);
  draw_text(list, at, high.x, p.text, text);
  if (filled < 1) return;
  // The filled part again over the text, with the colour that reads on the accent.
  list->PushClipRect(low, ImVec2(edge, high.y), true);
  list->AddRectFilled(low, high, p.accent, kCorner);
  draw_text(list, at, high.x, p.on_accent, text);
  list->PopClipRect();
}

void readout(std::string_view label, std::string_view value) {
  const float width = item_width(ImGui::GetContentRegionAvail().x);
  ImGui::Dummy(ImVec2(width, ImGui::GetTextLineHeight()));
  annotate_item(label, "text", {}, value);
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const float middle = (low.y + high.y) / 2;
  const float start = std::max(high.x - text_width(value), low.x);
  draw_text(list, ImVec2(start, middle), high.x + 1, p.text, value);
  draw_text(list, ImVec2(low.x, middle), start - kGrid, p.text_muted, label);
}

void note(std::string_view text) {
  push_font(Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().text_muted);
  ImGui::PushTextWrapPos(0);
  const std::string lines = wrap_words(text, ImGui::GetContentRegionAvail().x);
  ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  pop_font();
}

}  // namespace descent::web::widgets
