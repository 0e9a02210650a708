// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/pin_parts.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kPlaceBeside = 340;           // points, from which a term and its place stand in one line
constexpr float kLeastBeside = 620;           // points, from which pictures and words stand side by side
constexpr float kLeast = 96, kLargest = 300;  // height of the pictures

void begin_half(const char* name, float width) {
  ImGui::BeginChild(name, ImVec2(width, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
}

}  // namespace

PartRoom part_room(float share_of_pictures) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  PartRoom part{.beside = room.x >= kLeastBeside, .pictures = room.x, .words = room.x};
  if (part.beside) {
    part.pictures = share_of_pictures > 0 ? room.x * share_of_pictures : 0;
    part.words = room.x - part.pictures - (part.pictures > 0 ? 2 * widgets::kGrid : 0);
  }
  part.height = std::clamp(room.y - 24, kLeast, kLargest);
  return part;
}

void begin_pictures(const PartRoom& room) {
  if (room.beside && room.pictures > 0) begin_half("pin pictures", room.pictures);
}

void begin_words(const PartRoom& room) {
  if (!room.beside) return;
  if (room.pictures > 0) {
    ImGui::EndChild();
    ImGui::SameLine(0, 2 * widgets::kGrid);
  }
  begin_half("pin words", 0);
}

void end_part(const PartRoom& room) {
  if (room.beside) ImGui::EndChild();
}

std::optional<std::int64_t> draw_lines(std::span<const PinLine> lines, float width) {
  std::optional<std::int64_t> pressed;
  const widgets::Palette& p = widgets::palette();
  widgets::push_font(widgets::Font::small);
  for (const PinLine& line : lines) {
    // The height of a line with a place depends on the width alone: while training, its numbers change under a finger
    // that is about to press it.
    const bool below = width < kPlaceBeside;
    const std::string text = line.place.empty() ? widgets::wrap_words(line.text, width)
                                                : core::fill("{}{}{}", line.text, below ? "\n" : "   ", line.place);
    ImVec2 size = ImGui::CalcTextSize(text.c_str());
    if (line.weight) size.x = width;
    ImU32 color = p.text;
    widgets::Item item;
    if (line.weight) {
      item = widgets::submit_item(line.name, size, "button", line.value, text);
      widgets::tooltip("Pin the weight of this term.");
      if (item.hovered) color = p.accent;
      if (item.pressed) pressed = line.weight;
    } else {
      item = widgets::place_item(line.name, size, "text", line.value, line.place.empty() ? line.text : text);
    }
    if (!item.visible) continue;
    ImGui::GetWindowDrawList()->AddText(item.box.Min, color, text.c_str());
    if (line.weight) widgets::draw_focus_ring(item);
  }
  widgets::pop_font();
  return pressed;
}

void draw_number_row(std::string_view prefix, std::span<const PinNumber> numbers, float width) {
  const widgets::Palette& p = widgets::palette();
  float used = 0;
  for (const PinNumber& number : numbers) {
    const std::string text = display_number(number.value);
    widgets::push_font(widgets::Font::small);
    const float label = widgets::text_width(number.label), line = ImGui::GetTextLineHeight();
    widgets::pop_font();
    const float column = std::max(label, widgets::text_width(text)) + 2 * widgets::kGrid;
    if (used > 0 && used + column <= width)
      ImGui::SameLine(0, 0);
    else
      used = 0;
    used += column;
    const ImVec2 size(column, line + ImGui::GetTextLineHeight());
    const widgets::Item item =
        widgets::place_item(core::fill("{} {}", prefix, number.label), size, "text", number.value, text);
    if (!item.visible) continue;
    ImDrawList* list = ImGui::GetWindowDrawList();
    widgets::push_font(widgets::Font::small);
    list->AddText(item.box.Min, p.text_muted, number.label.c_str());
    widgets::pop_font();
    list->AddText(ImVec2(item.box.Min.x, item.box.Min.y + line), p.text, text.c_str());
  }
}

}  // namespace descent::web
