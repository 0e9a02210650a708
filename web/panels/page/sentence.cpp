// SPDX-License-Identifier: MIT
#include "web/panels/page/sentence.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kPad = 5;      // on each side of a symbol
constexpr float kWordPad = 1;  // and of a word
constexpr float kSteady = 34;  // of a number

bool shown(const SentencePart& part, SentenceForm form) {
  if (form == SentenceForm::whole) return true;
  return part.subject != SymbolSubject::none && part.subject != SymbolSubject::loss;
}

// "|w| 18.4"
std::string number_text(const SentencePart& part) {
  if (part.value.empty()) return "–";
  return part.name.empty() ? part.value : core::fill("{} {}", part.name, part.value);
}

// No narrower than a usual number beside its name, so that the symbols stand still while it changes.
float number_width(const SentencePart& part) {
  widgets::push_font(widgets::Font::small);
  const float name = part.name.empty() ? 0 : widgets::text_width(part.name) + widgets::text_width(" ");
  const float width = std::max(widgets::text_width(number_text(part)), name + kSteady);
  widgets::pop_font();
  return width;
}

float width_of(const SentencePart& part) {
  const float text = widgets::text_width(part.text);
  if (part.subject == SymbolSubject::none) return std::ceil(text + 2 * kWordPad);
  return std::ceil(std::max(text, number_width(part)) + 2 * kPad);
}

// A line of text with its middle at (x, y).
void centred(ImVec2 middle, float room, ImU32 color, std::string_view text) {
  const float width = std::min(widgets::text_width(text), room);
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(middle.x - width / 2, middle.y), middle.x + room / 2 + 1, color,
                     text);
}

bool draw_symbol(const SentencePart& part, float width, bool open) {
  const widgets::Palette& p = widgets::palette();
  const float height = widgets::control_height();
  const widgets::Item item = widgets::submit_item(part.text, ImVec2(width, height), "button", {}, part.value);
  widgets::tooltip(part.help);
  if (!item.visible) return item.pressed;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (item.hovered) list->AddRectFilled(item.box.Min, item.box.Max, p.hover, widgets::kCorner);
  const float x = item.box.GetCenter().x;
  const ImU32 color = open ? p.accent : p.text;
  const float line = height / 4;
  widgets::push_font(widgets::Font::strong);
  centred(ImVec2(x, item.box.Min.y + line), width, color, part.text);
  widgets::pop_font();
  widgets::push_font(widgets::Font::small);
  centred(ImVec2(x, item.box.Max.y - line + 1), width, p.text_muted, number_text(part));
  widgets::pop_font();
  if (open)
    list->AddRectFilled(ImVec2(item.box.Min.x, item.box.Max.y - 1), ImVec2(item.box.Max.x, item.box.Max.y + 1),
                        p.accent);
  widgets::draw_focus_ring(item);
  return item.pressed;
}

void draw_word(const SentencePart& part) {
  const float height = widgets::control_height();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = width_of(part);
  centred(ImVec2(at.x + width / 2, at.y + height / 4), width, widgets::palette().text_muted, part.text);
  ImGui::Dummy(ImVec2(width, height));
}

}  // namespace

float sentence_width(std::span<const SentencePart> parts, SentenceForm form) {
  float width = 0;
  for (const SentencePart& part : parts)
    if (shown(part, form)) width += width_of(part);
  return width;
}

SymbolSubject draw_sentence(std::span<const SentencePart> parts, SentenceForm form, float width, SymbolSubject open) {
  SymbolSubject pressed = SymbolSubject::none;
  const auto count = std::count_if(parts.begin(), parts.end(), [&](const auto& part) { return shown(part, form); });
  const float share = count > 0 ? std::floor(width / static_cast<float>(count)) : 0;
  bool first = true;
  for (const SentencePart& part : parts) {
    if (!shown(part, form)) continue;
    if (!std::exchange(first, false)) ImGui::SameLine(0, 0);
    if (part.subject == SymbolSubject::none)
      draw_word(part);
    else if (draw_symbol(part, form == SentenceForm::symbols && width > 0 ? share : width_of(part),
                         part.subject == open))
      pressed = part.subject;
  }
  return pressed;
}

}  // namespace descent::web
