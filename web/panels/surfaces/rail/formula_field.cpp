// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/formula_field.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/autodiff/formula_reader/characters.h"
#include "engine/core/fill.h"
#include "web/state/redraw.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/text_entry.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr double kPause = 0.15;  // seconds without a key before the text is looked at
constexpr float kPadding = widgets::kEntryPadding;
constexpr std::string_view kLabel = "Formula";
constexpr std::string_view kHelp =
    "f(x, y) with + − * / ^, parentheses, pi, e and sin cos tan asin acos atan atan2 sinh cosh tanh exp log sqrt abs "
    "min max sigmoid relu gaussian. Products without a sign, sin 2x, |x| and simple LaTeX are read too, and shown as "
    "they were understood. Any other name becomes a parameter with a slider. Escape brings the last good formula back.";

// Bytes of UTF-8 text before character `column`, counted from 1.
std::size_t byte_of_column(std::string_view text, int column) {
  std::size_t at = 0;
  for (int left = column - 1; left > 0 && at < text.size(); --left) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

// The text with what the page's font has no form of, such as letters of full width, in the plain forms that are read:
// as many characters.
std::string in_page_font(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const autodiff::Character c = autodiff::character_at(text, at);
    if (c.size == 0) return shown.append(text.substr(at));
    const bool has = c.code <= 0xFFFF && ImGui::GetFont()->FindGlyphNoFallback(static_cast<ImWchar>(c.code)) != nullptr;
    autodiff::append_utf8(shown, has ? c.code : c.kind == autodiff::CharacterKind::space ? U' ' : c.plain);
    at += c.size;
  }
  return shown;
}

}  // namespace

core::Status FormulaField::send(PanelContext& context, std::string_view text, NamedValues& known,
                                std::optional<FormulaPlace> place) const {
  const auto refused = [refusal = refusal_](std::string formula, std::string sentence) {
    *refusal = Refusal{std::move(formula), std::move(sentence)};
  };
  return context.commands.set_formula(text, known, refused, place);
}

void FormulaField::begin(PanelContext& context) {
  NamedValues present;
  if (!send(context, formula_to_edit(context.ui.race), present).ok()) return;  // the engine's tests parse every one
  followed_ = context.ui.race.expression.text();
  set_text(followed_);
}

void FormulaField::take(PanelContext& context, const FormulaExample& example) {
  widgets::drop_text_entry();
  if (!send(context, example.formula, known_, FormulaPlace{example.domain(), example.start}).ok()) return;
  restore(context);
  context.ui.scene.clear();  // its sentences speak of another surface
}

void FormulaField::set_text(std::string_view text) {
  text_ = text;
  edited_at_ = -1;
  error_.reset();
}

// Takes over formulas that come from elsewhere: the menu, a script, a link.
void FormulaField::follow(const PanelContext& context) {
  const std::string& settled = context.race.config.expression.text();
  if (const auto refused = std::exchange(*refusal_, std::nullopt); refused && edited_at_ < 0) {
    set_text(refused->text);
    error_ = core::Error{refused->sentence};
    followed_ = settled;
  }
  const bool under_way = context.ui.race.expression.text() != settled;
  if (active_ || edited_at_ >= 0 || under_way || followed_ == settled) return;
  followed_ = settled;
  set_text(followed_);
}

void FormulaField::edited() {
  edited_at_ = ImGui::GetTime();
  request_redraw(2 * kPause);
}

void FormulaField::restore(const PanelContext& context) {
  followed_ = context.ui.race.expression.text();
  set_text(followed_);
}

void FormulaField::apply(PanelContext& context) {
  edited_at_ = -1;
  error_.reset();
  const std::string before = context.ui.race.expression.text();
  if (const core::Status status = send(context, text_, known_); !status.ok()) {
    error_ = status.error();
    return;
  }
  followed_ = context.ui.race.expression.text();
  if (followed_ != before) context.ui.scene.clear();  // its sentences speak of another surface
}

// An arrow below the field that points up at the column.
void FormulaField::draw_error_mark(const ImRect& box, float scroll) const {
  if (!error_ || error_->column <= 0) return;
  const std::string_view front = std::string_view(text_).substr(0, byte_of_column(text_, error_->column));
  const float before = active_ ? text_field::width(front) : widgets::text_width(in_page_font(front));
  const float x = std::clamp(box.Min.x + kPadding + before - scroll, box.Min.x + kPadding, box.Max.x - kPadding);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddTriangleFilled(ImVec2(x, box.Max.y + 1), ImVec2(x - 5, box.Max.y + 7), ImVec2(x + 5, box.Max.y + 7),
                          palette().danger);
}

void FormulaField::draw_text(const widgets::Item& item) const {
  constexpr std::size_t kMostDrawn = 1000;  // bytes; no field is as wide as that
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, item.hovered ? palette().hover : palette().raised, widgets::kCorner);
  if (error_) list->AddRect(item.box.Min, item.box.Max, palette().danger, widgets::kCorner, ImDrawFlags_None, 1.5F);
  widgets::draw_text(list, ImVec2(item.box.Min.x + kPadding, item.box.GetCenter().y), item.box.Max.x - kPadding,
                     palette().text, in_page_font(std::string_view(text_).substr(0, kMostDrawn)));
  widgets::draw_focus_ring(item);
}

void FormulaField::draw_field(PanelContext& context) {
  const ImVec2 size(ImGui::GetContentRegionAvail().x, widgets::control_height());
  const widgets::Item item = widgets::submit_item(kLabel, size, "field", {}, text_, widgets::text_entry_flags());
  const widgets::TextEntry entry =
      widgets::text_entry(item, {.label = kLabel, .text = text_, .wrong = error_.has_value()});
  active_ = entry.open;
  if (!active_) widgets::tooltip(kHelp);
  if (item.visible && !active_) draw_text(item);
  if (item.visible) draw_error_mark(item.box, active_ ? text_field::scroll() : 0);
  if (!entry.typed) return;
  if (entry.typed->dropped) return restore(context);
  if (entry.typed->text != text_) {
    set_text(entry.typed->text);
    edited();
  }
  if (entry.typed->left && edited_at_ >= 0) apply(context);
}

void FormulaField::draw_error() const {
  if (!error_) return;
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().danger);
  ImGui::PushTextWrapPos(0);
  const std::string_view error = error_->without_column();
  const std::string sentence = error.ends_with('.') ? std::string(error) : core::fill("{}.", error);
  const std::string text = error_->column > 0 ? core::fill("Column {}: {}", error_->column, sentence) : sentence;
  ImGui::TextUnformatted(in_page_font(text).c_str());
  annotate_item("formula error", "text", error_->column, text);
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  widgets::pop_font();
}

void FormulaField::draw(PanelContext& context) {
  follow(context);
  draw_field(context);
  if (edited_at_ >= 0 && ImGui::GetTime() - edited_at_ >= kPause) apply(context);
  draw_error();
}

}  // namespace descent::web
