// SPDX-License-Identifier: MIT
// A wide card has its title in one row with the buttons and the sentences as three columns below it. In a narrow one
// the title may take two lines, and the sentences are one paragraph in small letters.
#include "web/panels/page/scene_card.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/bridge/bridge.h"
#include "web/state/scenes.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::kGrid;

constexpr float kColumnsWidth = 700;  // from here on the sentences stand side by side
constexpr float kLeastTitle = 120;    // room beside the buttons; with less, the title stands below them
constexpr float kColumnGap = 3 * kGrid;
constexpr float kButtonGap = kGrid / 2;
constexpr std::string_view kMenu = "Scenes";

std::string position(int index) {
  return core::fill("{} of {}", index + 1, scenes().size());
}

void go_to(int index) {
  const int count = static_cast<int>(scenes().size());
  bridge::open_scene(scenes()[static_cast<std::size_t>((index + count) % count)].name);
}

float buttons_width(bool with_others) {
  const float count = with_others ? 4.0F : 2.0F;
  return count * widgets::control_height() + (count - 1) * kButtonGap;
}

void draw_buttons(UiState& ui, int index, bool with_others) {
  if (with_others) {
    if (widgets::icon_button("Previous scene", widgets::Icon::previous, "The scene before this one.")) go_to(index - 1);
    ImGui::SameLine(0, kButtonGap);
    if (widgets::icon_button("Next scene", widgets::Icon::next, "The scene after this one.")) go_to(index + 1);
    ImGui::SameLine(0, kButtonGap);
  }
  if (widgets::icon_button("Scene again", widgets::Icon::reset,
                           "Starts this scene again from its beginning and drops your changes."))
    go_to(index);
  ImGui::SameLine(0, kButtonGap);
  if (widgets::icon_button("Close scene", widgets::Icon::close, "Closes the text; everything else stays."))
    ui.scene.clear();
}

// The room that a marker takes in a line of text: spaces that no line is broken at.
constexpr std::string_view kMarkerRoom = "\u00a0\u00a0\u00a0\u00a0";

// Draws the markers of `template_text`, in their order, into the room that the lines of `text` have for them.
void draw_markers(std::string_view template_text, std::string_view text, ImVec2 corner) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float height = ImGui::GetTextLineHeight();
  const float middle = ImGui::CalcTextSize(kMarkerRoom.data(), kMarkerRoom.data() + kMarkerRoom.size()).x / 2;
  std::size_t hole = template_text.find('{');
  for (std::size_t at = text.find(kMarkerRoom); at != std::string_view::npos && hole != std::string_view::npos;
       at = text.find(kMarkerRoom, at + kMarkerRoom.size()), hole = template_text.find('{', hole + 1)) {
    const std::size_t begin = text.rfind('\n', at) + 1;  // 0 in the first line: npos + 1
    const auto row = static_cast<float>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    const float left = ImGui::CalcTextSize(text.data() + begin, text.data() + at).x;
    const int slot = template_text[hole + 1] - '0';
    widgets::draw_marker(list, widgets::runner_marker(slot),
                         ImVec2(corner.x + left + middle, corner.y + (row + 0.5F) * height), 0.34F * height,
                         widgets::runner_color(slot), 0);
  }
}

// The sentences stand in the layout already broken into lines.
void lines(std::string_view label, std::string_view sentences, float width) {
  const std::array<core::FillValue, 3> room{kMarkerRoom, kMarkerRoom, kMarkerRoom};
  const std::string text = widgets::wrap_words(core::fill_values(sentences, room), width);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::TextUnformatted(text.c_str());
  annotate_item(label, "text", {}, spoken(sentences));
  draw_markers(sentences, text, corner);
}

// The title stands in the middle of the row of buttons; what is returned is the row's lower edge.
float draw_title(const Scene& scene, int index, ImVec2 at, float room, bool wide) {
  widgets::push_font(wide ? widgets::Font::heading : widgets::Font::strong);
  const std::string text = widgets::wrap_words(scene.title, room);
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const float row = std::max(widgets::control_height(), size.y);
  ImGui::SetCursorScreenPos(ImVec2(at.x, std::floor(at.y + (row - size.y) / 2)));
  lines("scene", scene.title, room);
  widgets::pop_font();
  if (wide) {
    widgets::push_font(widgets::Font::small);
    const std::string where = position(index);
    ImGui::SetCursorScreenPos(ImVec2(at.x + size.x + 2 * kGrid, at.y + (row - ImGui::GetTextLineHeight()) / 2 + 2));
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
    ImGui::TextUnformatted(where.c_str());
    ImGui::PopStyleColor();
    widgets::pop_font();
  }
  return at.y + row;
}

void draw_columns(const Scene& scene, ImVec2 at, float width) {
  const auto count = static_cast<float>(scene.sentences.size());
  const float column = std::floor((width - (count - 1) * kColumnGap) / count);
  for (std::size_t i = 0; i < scene.sentences.size(); ++i) {
    const float left = at.x + static_cast<float>(i) * (column + kColumnGap);
    ImGui::SetCursorScreenPos(ImVec2(left, at.y));
    lines("scene sentence " + std::to_string(i + 1), scene.sentences[i], column);
  }
}

void draw_paragraph(const Scene& scene, ImVec2 at, float width) {
  std::string text;
  for (const std::string_view sentence : scene.sentences) text += (text.empty() ? "" : " ") + std::string(sentence);
  widgets::push_font(widgets::Font::small);
  ImGui::SetCursorScreenPos(at);
  lines("scene sentences", text, width);
  widgets::pop_font();
}

}  // namespace

void draw_scene_card(PanelContext& context) {
  const int index = scene_index(context.ui.scene);
  if (index < 0) return;
  const Scene& scene = scenes()[static_cast<std::size_t>(index)];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool wide = context.width >= kColumnsWidth;
  const float counter = wide ? 72.0F : 0.0F;
  const auto title_room = [&](bool others) { return context.width - buttons_width(others) - 2 * kGrid - counter; };
  // The menu of scenes leads to the others as well.
  const bool others = !context.ui.hidden.has(Part::scenes) && title_room(true) >= kLeastTitle;
  const float buttons = buttons_width(others), beside = title_room(others);
  const bool under = beside < kLeastTitle;
  const ImVec2 title(at.x, under ? at.y + widgets::control_height() : at.y);
  const float below = draw_title(scene, index, title, under ? context.width : beside, wide);
  ImGui::SetCursorScreenPos(ImVec2(at.x + context.width - buttons, at.y));
  draw_buttons(context.ui, index, others);
  const ImVec2 text(at.x, below + kGrid / 2);
  if (wide)
    draw_columns(scene, text, context.width);
  else
    draw_paragraph(scene, text, context.width);
}

void draw_scenes_menu(UiState& ui, bool words) {
  std::vector<std::string_view> titles;
  for (const Scene& scene : scenes()) titles.push_back(scene.title);
  const int chosen = widgets::menu_button(kMenu, widgets::Icon::scenes, words, scene_index(ui.scene), titles,
                                          "Prepared races that each show one thing, with three sentences.");
  if (chosen < 0) return;
  ui.rail_open = false;  // on a small screen the sheet would cover it
  go_to(chosen);
}

float scenes_menu_width(bool words) {
  return widgets::menu_button_width(kMenu, words);
}

}  // namespace descent::web
