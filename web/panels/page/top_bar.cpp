// SPDX-License-Identifier: MIT
// The bar has from left to right, on large screens: mark and name, workspaces, the sentence, … machine, undo, redo,
// theme, scenes, share, help. Small screens have the menu button of the rail at the left, leave out name, machine and
// redo, and have the symbols of the sentence in a row of their own, with undo.
#include "web/panels/page/top_bar.h"

#include <emscripten/threading.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/bridge/bridge.h"
#include "web/panels/page/scene_card.h"
#include "web/panels/page/sentence.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kGap = 6, kNarrowGap = 4;
constexpr float kShareWords = 1400;  // width from which there is room for the word beside the whole sentence
constexpr float kUsualTabs = 180, kTightTabs = 136;  // room for the names of the workspaces
constexpr float kLeastTabs = 116;                    // room that is kept at the cost of the button for the theme

// The page's mark is a path that goes down over two level lines.
void draw_mark(ImVec2 center) {
  const widgets::Palette& p = widgets::palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 bottom(center.x + 1, center.y + 2);
  list->AddEllipse(bottom, 11, 8, p.text_faint, -0.5f, 32, 1.3f);
  list->AddEllipse(bottom, 5.5f, 3.6f, p.text_faint, -0.5f, 24, 1.3f);
  const std::array<ImVec2, 5> path{ImVec2(center.x - 9, center.y - 10), ImVec2(center.x - 4, center.y - 1),
                                   ImVec2(center.x - 1, center.y - 4), ImVec2(center.x + 1, center.y + 3),
                                   ImVec2(center.x + 2, center.y + 2)};
  list->AddPolyline(path.data(), static_cast<int>(path.size()), p.accent, ImDrawFlags_None, 2);
  list->AddCircleFilled(path.back(), 2.6f, widgets::runner_color(0), 16);
}

void draw_name() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + widgets::control_height() / 2;
  draw_mark(ImVec2(at.x + 12, middle));
  widgets::push_font(widgets::Font::heading);
  const float width = 34 + widgets::text_width("Descent");
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x + 34, middle), at.x + width + 1, widgets::palette().text,
                     "Descent");
  widgets::pop_font();
  ImGui::Dummy(ImVec2(width, widgets::control_height()));
  annotate_item("Descent", "text");
}

const WorkspaceEntry* find_workspace(std::span<const WorkspaceEntry* const> workspaces, std::string_view name) {
  for (const WorkspaceEntry* entry : workspaces)
    if (entry->name == name) return entry;
  return nullptr;
}

void draw_workspaces(UiState& ui, std::span<const WorkspaceEntry* const> workspaces) {
  std::vector<std::string_view> titles, tooltips;
  int selected = -1;
  for (const WorkspaceEntry* entry : workspaces) {
    if (entry->name == ui.workspace) selected = static_cast<int>(titles.size());
    titles.push_back(entry->title);
    tooltips.push_back(entry->tooltip);
  }
  if (widgets::segments("workspace", titles, selected, tooltips)) {
    ui.workspace = workspaces[static_cast<std::size_t>(selected)]->name;
    ui.rail_open = false;
  }
}

void draw_machine(const std::string& text) {
  widgets::push_font(widgets::Font::small);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = widgets::text_width(text);
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + widgets::control_height() / 2), at.x + width + 1,
                     widgets::palette().text_muted, text);
  widgets::pop_font();
  ImGui::Dummy(ImVec2(width, widgets::control_height()));
  annotate_item("machine", "text", {}, text);
  widgets::tooltip("What trains the network: processor threads, and which 128-bit vector instructions of WebAssembly.");
}

// The buttons at the right end, which of them are shown and how.
struct Buttons {
  bool steps, theme, scenes, share, words, share_words;
  float gap;

  [[nodiscard]] float width() const {
    const float side = widgets::control_height();
    const float share_width = share_words ? widgets::text_width("Share") + 46 : side;
    return (steps ? 2 * (side + gap) : 0) + (theme ? side + gap : 0) + (scenes ? scenes_menu_width(words) + gap : 0) +
           (share ? share_width + gap : 0) + side;
  }
};

// The way through the history, a step back or forth.
void draw_step(UiState& ui, int step) {
  const bool back = step < 0;
  const std::string& change = back ? ui.history.undo : ui.history.redo;
  const std::string_view key = back ? "Key: ctrl+Z." : "Key: ctrl+Y.";
  const std::string tooltip = change.empty() ? core::fill("Nothing to {}. {}", back ? "undo" : "redo", key)
                                             : core::fill("{}: {}. {}", back ? "Undo" : "Redo", change, key);
  if (widgets::icon_button(back ? "Undo change" : "Redo change", back ? widgets::Icon::undo : widgets::Icon::redo,
                           tooltip, !change.empty()))
    ui.history.wish = step;
}

void draw_buttons(UiState& ui, const Buttons& shown) {
  const bool dark = ui.theme == Theme::dark;
  for (const int step : {-1, 1}) {
    if (!shown.steps) break;
    draw_step(ui, step);
    ImGui::SameLine(0, shown.gap);
  }
  if (shown.theme) {
    if (widgets::icon_button("Theme", dark ? widgets::Icon::sun : widgets::Icon::moon,
                             dark ? "Change to the light theme." : "Change to the dark theme."))
      ui.theme = dark ? Theme::light : Theme::dark;
    ImGui::SameLine(0, shown.gap);
  }
  if (shown.scenes) {
    draw_scenes_menu(ui, shown.words);
    ImGui::SameLine(0, shown.gap);
  }
  if (shown.share) {
    constexpr std::string_view kShare = "Copy a link that opens the page with this configuration, seed included.";
    const bool share = shown.share_words ? widgets::button("Share", widgets::Icon::share, kShare)
                                         : widgets::icon_button("Share", widgets::Icon::share, kShare);
    if (share) bridge::copy_share_link();
    ImGui::SameLine(0, shown.gap);
  }
  if (widgets::icon_button("Help", widgets::Icon::help, "What this page does, its keys and gestures. Key: ?."))
    ui.help_open = !ui.help_open;
}

bool has_second_row(const PanelContext& context) {
  return context.compact && !context.low;
}

float sentence_room(std::span<const SentencePart> parts, SentenceForm form) {
  return sentence_width(parts, form) + 4 * widgets::kGrid;
}

// The sentence stands in the bar between the workspaces and what is at its right end, as much of it as there is room
// for; where the bar has a second row, there. `room`: of the first row, from the cursor on.
void draw_live_sentence(PanelContext& context, const WorkspaceEntry& workspace, const std::vector<SentencePart>& parts,
                        float room) {
  UiState& ui = context.ui;
  if (parts.empty()) return;
  const bool row = has_second_row(context);
  const bool whole = !row && sentence_room(parts, SentenceForm::whole) <= room;
  if (!row && !whole && sentence_room(parts, SentenceForm::symbols) > room) return;
  if (!row) ImGui::SameLine(0, 3 * widgets::kGrid);
  const float width = row ? context.width - widgets::control_height() - kNarrowGap : 0;
  const SymbolSubject pressed =
      draw_sentence(parts, whole ? SentenceForm::whole : SentenceForm::symbols, width, workspace.opened_symbol(ui));
  if (row) {
    ImGui::SameLine(ImGui::GetCursorStartPos().x + context.width - widgets::control_height());
    draw_step(ui, -1);
  }
  if (pressed != SymbolSubject::none) workspace.open_symbol(ui, pressed);
}

void draw_menu_button(UiState& ui) {
  if (widgets::icon_button("Menu", ui.rail_open ? widgets::Icon::close : widgets::Icon::menu,
                           "Settings of this workspace."))
    ui.rail_open = !ui.rail_open;
}

}  // namespace

std::string TopBar::machine(const PanelContext& context) const {
  const int count = context.trainer.threads > 0 ? context.trainer.threads : emscripten_num_logical_cores();
  const std::string threads = core::counted(static_cast<std::uint64_t>(count), "thread");
  return machine_.empty() ? threads : core::fill("{} · {}", threads, machine_);
}

void TopBar::draw(PanelContext& context) {
  UiState& ui = context.ui;
  const bool wide = context.width >= 640;
  const float start = ImGui::GetCursorPosX();
  Buttons buttons{.steps = wide && (!context.compact || context.low),
                  .theme = true,
                  .scenes = !ui.hidden.has(Part::scenes),
                  .share = !ui.hidden.has(Part::share),
                  .words = wide,
                  .share_words = context.width >= kShareWords,
                  .gap = wide ? kGap : kNarrowGap};
  float taken = 0;
  if (context.compact && !ui.hidden.has(Part::rail)) {
    draw_menu_button(ui);
    ImGui::SameLine(0, buttons.gap);
    taken = widgets::control_height() + buttons.gap;
  }
  const bool workspaces = !ui.hidden.has(Part::workspaces);
  buttons.theme = !workspaces || context.width - taken - buttons.width() - buttons.gap >= kLeastTabs;
  if (wide) {
    draw_name();
    ImGui::SameLine(0, 3 * widgets::kGrid);
  }
  if (workspaces) {
    // The words come closer together and smaller where little room is left.
    const float room = context.width - taken - buttons.width() - buttons.gap;
    if (!wide) widgets::push_font(room < kTightTabs ? widgets::Font::small : widgets::Font::body);
    if (room < kUsualTabs) ImGui::SetNextItemWidth(room);
    draw_workspaces(ui, workspaces_);
    if (!wide) widgets::pop_font();
    ImGui::SameLine(0, 0);
  }

  const WorkspaceEntry* workspace = find_workspace(workspaces_, ui.workspace);
  std::vector<SentencePart> sentence;
  if (workspace != nullptr && workspace->sentence != nullptr && !ui.hidden.has(Part::sentence))
    sentence = workspace->sentence(context);
  const std::string machine = this->machine(context);
  widgets::push_font(widgets::Font::small);
  float machine_width = context.width >= 980 ? widgets::text_width(machine) + 2 * widgets::kGrid : 0;
  widgets::pop_font();
  ImGui::SameLine(0, 0);
  const float here = ImGui::GetCursorPosX();
  // The machine, which the help names too, gives way where the sentence is whole without it.
  const float left = start + context.width - buttons.width() - here - sentence_room(sentence, SentenceForm::whole);
  if (left >= 0 && left < machine_width) machine_width = 0;
  const float end = start + context.width - machine_width - buttons.width();
  const bool row = has_second_row(context);
  if (!row && workspace != nullptr) draw_live_sentence(context, *workspace, sentence, end - here);
  ImGui::SameLine(end);
  if (machine_width > 0) {
    draw_machine(machine);
    ImGui::SameLine(0, 2 * widgets::kGrid);
  }
  draw_buttons(ui, buttons);
  if (row && workspace != nullptr) draw_live_sentence(context, *workspace, sentence, 0);
}

}  // namespace descent::web
