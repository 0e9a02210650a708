// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/standings_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/race/outcome/standings.h"
#include "engine/words/run_words.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/run_trouble.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using race::RunnerSnapshot;
using widgets::palette;

enum class Column { name, step, x, y, f, slope, status };
struct ColumnStyle {
  const char* title;
  float width;  // 0: what is left
};
constexpr std::array kStyles{ColumnStyle{"", 0},       ColumnStyle{"step", 44}, ColumnStyle{"x", 56},
                             ColumnStyle{"y", 56},     ColumnStyle{"f", 78},    ColumnStyle{"|∇f|", 78},
                             ColumnStyle{"status", 84}};
constexpr const ColumnStyle& style_of(Column column) {
  return kStyles[static_cast<std::size_t>(column)];
}
// Narrow tables begin with the columns that say how a run is doing, and x and y are scrolled to.
using Columns = std::array<Column, 7>;
constexpr Columns kWide{Column::name, Column::step, Column::x, Column::y, Column::f, Column::slope, Column::status};
constexpr Columns kNarrow{Column::name, Column::step, Column::f, Column::slope, Column::status, Column::x, Column::y};
constexpr float kCellPadding = 3;
constexpr float kNameWidth = 132;  // at least
constexpr float kPlace = 14;       // room for the place before the name

std::string cell(const RunnerSnapshot& runner, Column column) {
  const std::size_t last = runner.losses.size() - 1;
  switch (column) {
    case Column::step:
      return std::to_string(last);
    case Column::x:
      return coordinate_text(runner.points[2 * last]);
    case Column::y:
      return coordinate_text(runner.points[2 * last + 1]);
    case Column::f:
      return short_number_text(runner.losses[last]);
    case Column::slope:
      return short_number_text(std::hypot(runner.head.gradient[0], runner.head.gradient[1]));
    case Column::status:
      return std::string(state_word(runner));
    case Column::name:
      break;
  }
  return {};
}

void right_aligned(std::string_view text, ImU32 color) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float width = widgets::text_width(text);
  if (width < room) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - width);
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopStyleColor();
}

class StandingsTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  static void draw_row(PanelContext& context, int index, const Columns& columns);
};

void StandingsTab::draw_row(PanelContext& context, int index, const Columns& columns) {
  const RunnerSnapshot& runner = context.race.runners[static_cast<std::size_t>(index)];
  if (runner.losses.empty()) return;
  const race::RunnerName name = shown_name(context, static_cast<std::size_t>(index));
  const std::size_t last = runner.losses.size() - 1;
  const std::string_view status = state_word(runner);
  const ImU32 text = palette().text;

  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(index);
  const float height = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (ImGui::Selectable("##row", context.ui.selected_runner == index, ImGuiSelectableFlags_SpanAllColumns,
                        ImVec2(0, height)))
    context.ui.selected_runner = index;
  annotate_item(name.item + " row", "option", runner.losses[last], status);
  const words::Statement said = words::statement(runner);
  const std::string shown = context.ui.hidden.has(Part::rail) ? said.what : said.text();
  widgets::tooltip(said.empty() ? name.full() : core::fill("{}: {}", name.full(), shown));
  ImGui::PopID();
  const float middle = std::floor(at.y + height / 2);
  ImDrawList* list = ImGui::GetWindowDrawList();
  // At the start everybody is level.
  if (context.race.step > 0)
    widgets::draw_text(list, ImVec2(at.x, middle), at.x + kPlace, palette().text_muted, std::to_string(runner.place));
  const float left = at.x + kPlace;
  widgets::draw_marker(list, widgets::runner_marker(runner.config.slot), ImVec2(left + 8, middle), 4.5F,
                       widgets::runner_color(runner.config.slot), palette().background);
  const float room = ImGui::GetColumnWidth() - 20 - kPlace;
  widgets::draw_text(list, ImVec2(left + 20, middle), left + 21 + room, text, fit_name(name, room));

  for (const Column column : columns) {
    if (column == Column::name) continue;
    ImGui::TableNextColumn();
    right_aligned(cell(runner, column), column == Column::status ? state_color(runner) : text);
  }
}

void StandingsTab::draw(PanelContext& context) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2(kCellPadding, 3.5F));
  ImGui::PushStyleColor(ImGuiCol_Header, palette().raised);
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, palette().hover);
  ImGui::PushStyleColor(ImGuiCol_HeaderActive, palette().pressed);
  const ImGuiTableFlags flags =
      ImGuiTableFlags_ScrollY | ImGuiTableFlags_ScrollX | ImGuiTableFlags_NoPadOuterX | ImGuiTableFlags_SizingFixedFit;
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const Columns& columns = size.x < kStandingsWidth - 2 * widgets::kGrid ? kNarrow : kWide;
  if (ImGui::BeginTable("table", static_cast<int>(columns.size()), flags, size)) {
    const float room = ImGui::GetContentRegionAvail().x;
    float fixed = 0;
    for (const Column column : columns) fixed += style_of(column).width + 2 * kCellPadding;
    for (const Column column : columns) {
      const ColumnStyle& style = style_of(column);
      const float width = style.width > 0 ? style.width : std::max(room - fixed, kNameWidth);
      ImGui::TableSetupColumn(style.title, ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize, width);
    }
    ImGui::TableSetupScrollFreeze(1, 1);
    ImGui::TableNextRow();
    for (const Column column : columns) {
      ImGui::TableNextColumn();
      right_aligned(style_of(column).title, palette().text_faint);
    }
    for (const std::size_t i : race::by_place(context.race)) draw_row(context, static_cast<int>(i), columns);
    ImGui::EndTable();
  }
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  widgets::pop_font();
}

}  // namespace

std::unique_ptr<Panel> make_standings_tab() {
  return std::make_unique<StandingsTab>();
}

void draw_standings_download(PanelContext& context, bool words) {
  constexpr std::string_view kTip =
      "Download every step of every optimizer as a table (CSV): optimizer, step, x, y, loss, name.";
  const bool some = !context.race.runners.empty();
  const std::string_view tip = some ? kTip : "Add an optimizer first: there are no steps to download.";
  const bool pressed = words ? widgets::button("CSV", widgets::Icon::download, tip, some)
                             : widgets::icon_button("CSV", widgets::Icon::download, tip, some);
  if (pressed) context.commands.download_race();
}

}  // namespace descent::web
