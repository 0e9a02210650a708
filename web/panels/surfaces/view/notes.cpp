// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/notes.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/panels/surfaces/common/run_trouble.h"
#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kPad = 10, kGap = 4;
constexpr float kMarker = 20;         // room for it
constexpr float kButtonPadding = 24;  // without an icon
constexpr float kIcon = 22;           // in a button
constexpr float kWidest = 760;
constexpr float kStripe = 3;

// The button of a note that does what it speaks of.
struct Offer {
  std::string label, help;
  widgets::Icon icon = widgets::Icon::none;
  bool primary = false;

  [[nodiscard]] float width() const {
    return widgets::text_width(label) + kButtonPadding + (icon == widgets::Icon::none ? 0 : kIcon);
  }
};

std::optional<Offer> offer_of(const Note& note) {
  if (note.act == Note::Act::play)
    return Offer{"Start the race", "The optimizers run until each has ended; the space key does the same.",
                 widgets::Icon::play, true};
  if (note.act == Note::Act::replay)
    return Offer{"Replay", "Takes all optimizers back to the start and lets them race again.", widgets::Icon::play,
                 true};
  if (note.trouble < 0) return {};
  if (const std::optional<Remedy> remedy = remedy_of(*note.runner)) return Offer{remedy->label, remedy->help};
  return {};
}

void take_offer(PanelContext& context, const Note& note) {
  if (note.act == Note::Act::replay) context.commands.reset_race();
  if (note.act != Note::Act::none) return context.commands.play();
  take_remedy(context, note.trouble, *note.runner);
}

// The text in lines that fit into a box of this size; the first of the texts that does.
std::string fitting(const Note& note, float width, float height) {
  for (const std::string& text : note.texts) {
    const std::string lines = widgets::wrap_words(text, width);
    const ImVec2 size = ImGui::CalcTextSize(lines.data(), lines.data() + lines.size());
    if (size.x <= width && size.y <= height + 1) return lines;
  }
  return {};
}

bool has_why(const PanelContext& context, const Note& note) {
  return !note.reason.empty() || (note.trouble >= 0 && !context.ui.hidden.has(Part::rail));
}

// Beside a stripe of the note's colour, as a diagnosis has it.
void draw_reason(const Note& note, ImVec2 corner, float width) {
  widgets::push_font(widgets::Font::small);
  const std::string lines = widgets::wrap_words(note.reason, std::min(width, kWidest) - kPad);
  const ImVec2 size = ImGui::CalcTextSize(lines.data(), lines.data() + lines.size());
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(corner, ImVec2(corner.x + kStripe, corner.y + size.y), note.stripe, kStripe / 2);
  list->AddText(ImVec2(corner.x + kPad, corner.y), palette().text, lines.data(), lines.data() + lines.size());
  widgets::pop_font();
  ImGui::Dummy(ImVec2(size.x + kPad, size.y));
  annotate_item("reason", "text", {}, note.reason);
}

}  // namespace

void NoteRow::gather(const PanelContext& context) {
  const auto is_closed = [this](const std::string& key) {
    return std::find(closed_.begin(), closed_.end(), key) != closed_.end();
  };
  if (std::exchange(run_, context.race.run) != context.race.run || context.race.step == 0)
    std::erase_if(closed_, [](const std::string& key) { return key != "hint"; });
  notes_ = notes_of(context);
  std::erase_if(notes_, [&](const Note& note) { return is_closed(note.key); });
}

const Note& NoteRow::shown() const {
  const auto found =
      std::find_if(notes_.begin(), notes_.end(), [this](const Note& note) { return note.key == chosen_; });
  return found == notes_.end() ? notes_.front() : *found;
}

void NoteRow::close(const Note& note) {
  closed_.push_back(note.key);
}

// All of it is the button that closes it.
void NoteRow::draw_line(const Note& note, const Rect& room) {
  ImGui::SetCursorScreenPos(ImVec2(room.x, room.y));
  widgets::Item item;
  if (!note.key.empty()) {
    item = widgets::submit_item("Close note", ImVec2(room.width, room.height), "button");
    widgets::tooltip("Press to close this note.");
    widgets::draw_focus_ring(item);
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = room.y + room.height / 2;
  float x = room.x + 6;
  if (note.runner != nullptr) {
    const int slot = note.runner->config.slot;
    widgets::draw_marker(list, widgets::runner_marker(slot), ImVec2(x + 5, middle), 4.5F, widgets::runner_color(slot),
                         palette().rail);
    x += kMarker - 2;
  }
  const float right = room.x + room.width - (note.key.empty() ? 0 : kIcon);
  std::string text = fitting(note, right - x, room.height);
  if (text.empty()) text = widgets::cut_text(note.texts.back(), "", right - x);
  widgets::draw_text(list, ImVec2(x, middle), right, note.stripe != 0 ? note.stripe : palette().text, text);
  if (!note.key.empty())
    widgets::draw_icon(list, widgets::Icon::close, ImVec2(right + kIcon / 2, middle), 12, palette().text_muted);
  ImGui::ItemAdd(ImRect(ImVec2(room.x, room.y), ImVec2(right, room.y + room.height)), 0);
  annotate_item(note.label, "text", {}, text);
  if (item.pressed) close(note);
}

float NoteRow::draw(PanelContext& context, const Rect& room, bool one_line) {
  if (notes_.empty()) return room.x;
  const Note note = shown();
  widgets::push_font(widgets::Font::small);
  if (one_line) {
    draw_line(note, room);
    widgets::pop_font();
    return room.x + room.width;
  }
  widgets::pop_font();
  const float height = widgets::control_height();
  const bool numbers = has_why(context, note);
  const float why = numbers ? widgets::text_width("Why") + kButtonPadding + kGap : 0;
  const float others = notes_.size() > 1 ? height + kGap : 0;
  const float closing = note.key.empty() ? 0 : height + kGap;
  std::optional<Offer> offer = note.trouble >= 0 && !numbers ? std::nullopt : offer_of(note);
  const float marker = note.runner != nullptr ? kMarker : 0;
  const float most = std::min(room.width, kWidest) - why - others - closing - marker - 2 * kPad;
  widgets::push_font(widgets::Font::small);
  std::string text;
  if (offer) text = fitting(note, most - offer->width() - kGap, height);
  // The offer stands among the numbers as well: where both have no room the sentence comes first.
  if (text.empty() && note.trouble >= 0) offer.reset();
  const float left = most - (offer ? offer->width() + kGap : 0);
  if (text.empty()) text = fitting(note, left, height);
  if (text.empty()) text = widgets::cut_text(note.texts.back(), "", left);
  const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size());
  const float words = marker + size.x + 2 * kPad;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low(room.x, room.y), high(room.x + words, room.y + height);
  list->AddRectFilled(low, high, palette().rail, widgets::kCorner);
  list->AddRect(low, high, note.stripe != 0 ? widgets::with_alpha(note.stripe, 0.7F) : palette().separator,
                widgets::kCorner, 0, 1.2F);
  if (note.runner != nullptr) {
    const int slot = note.runner->config.slot;
    widgets::draw_marker(list, widgets::runner_marker(slot), ImVec2(low.x + kPad + 6, (low.y + high.y) / 2), 5,
                         widgets::runner_color(slot), palette().rail);
  }
  list->AddText(ImVec2(low.x + kPad + marker, std::floor((low.y + high.y - size.y) / 2)), palette().text, text.data(),
                text.data() + text.size());
  widgets::pop_font();
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(words, height));
  std::string spoken = text;
  std::replace(spoken.begin(), spoken.end(), '\n', ' ');
  annotate_item(note.label, "text", {}, spoken);
  ImGui::PushID("note");
  if (offer) {
    ImGui::SameLine(0, kGap);
    ImGui::SetNextItemWidth(offer->width());
    if (widgets::button(offer->label, offer->icon, offer->help, true, offer->primary)) take_offer(context, note);
  }
  if (numbers) {
    constexpr std::string_view kTrouble = "Shows or hides the numbers behind this, and all that can be done.";
    constexpr std::string_view kReason =
        "Shows or hides how far the first two went, in how many steps, and what made the difference.";
    ImGui::SameLine(0, kGap);
    if (widgets::button("Why", widgets::Icon::none, note.trouble >= 0 ? kTrouble : kReason))
      why_ = why_ == note.key ? "" : note.key;
  }
  if (others > 0) {
    ImGui::SameLine(0, kGap);
    const auto at = std::find_if(notes_.begin(), notes_.end(), [&](const Note& n) { return n.key == note.key; });
    const auto index = static_cast<std::size_t>(at - notes_.begin());
    if (widgets::icon_button("Next note", widgets::Icon::next,
                             core::fill("The next of {} notes; this is number {}.", notes_.size(), index + 1)))
      chosen_ = notes_[(index + 1) % notes_.size()].key;
  }
  if (closing > 0) {
    ImGui::SameLine(0, kGap);
    if (widgets::icon_button("Close note", widgets::Icon::close, "Closes this note; the cards keep what it says."))
      close(note);
  }
  ImGui::PopID();
  return ImGui::GetItemRectMax().x;
}

float NoteRow::draw_why(PanelContext& context, ImVec2 corner, float width) {
  if (notes_.empty() || why_.empty()) return 0;
  const Note& note = shown();
  if (note.key != why_ || !has_why(context, note)) return 0;
  ImGui::SetCursorScreenPos(corner);
  ImGui::PushID("why");
  ImGui::BeginGroup();
  if (note.trouble >= 0)
    draw_diagnosis(context, note.trouble, *note.runner);
  else
    draw_reason(note, corner, width);
  ImGui::EndGroup();
  ImGui::PopID();
  return ImGui::GetItemRectMax().y - corner.y + kGap;
}

}  // namespace descent::web
