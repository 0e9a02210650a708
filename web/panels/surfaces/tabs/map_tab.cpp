// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/map_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"
#include "web/bridge/bridge.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/survey_controls.h"
#include "web/panels/surfaces/tabs/map_figure.h"
#include "web/state/race_defaults.h"
#include "web/state/strip_tabs.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::kGrid;
using widgets::palette;

constexpr float kColumnsWidth = 640;  // from here on controls stand beside the figure
constexpr float kControls = 200;
constexpr float kNotes = 184;  // legend at the right

class MapTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  static void draw_axis(PanelContext& context, std::span<const survey::AxisChoice> choices, bool across, float width);
  static void draw_download(const PanelContext& context);
  static void draw_picture(const PanelContext& context);
  void draw_legend(PanelContext& context, std::span<const survey::AxisChoice> choices);
  void draw_best(PanelContext& context, std::span<const survey::AxisChoice> choices);

  MapFigure figure_;
};

const race::RunnerConfig* selected_runner(const PanelContext& context) {
  const auto i = static_cast<std::size_t>(std::max(context.ui.selected_runner, 0));
  return i < context.ui.race.runners.size() ? &context.ui.race.runners[i] : nullptr;
}

// The menu of one axis; choosing what the other one shows swaps them.
void MapTab::draw_axis(PanelContext& context, std::span<const survey::AxisChoice> choices, bool across, float width) {
  const auto [x, y] = map_axes(choices, context.ui.survey);
  std::vector<std::string> titles;
  for (const survey::AxisChoice& choice : choices)
    titles.push_back(across ? core::fill("→ {}", display_name(choice.name))
                            : core::fill("↑ {}", display_name(choice.name)));
  const std::vector<std::string_view> entries(titles.begin(), titles.end());
  const int before = across ? x : y, other = across ? y : x;
  int chosen = before;
  ImGui::SetNextItemWidth(width);
  if (!widgets::combo(across ? "##map across" : "##map upwards", chosen, entries,
                      across ? "What changes from left to right: a hyper-parameter, the start, the surface."
                             : "What changes from below to above: a hyper-parameter, the start, the surface."))
    return;
  const auto name = [&](int index) { return choices[static_cast<std::size_t>(index)].name; };
  SurveySettings& survey = context.ui.survey;
  (across ? survey.across : survey.upwards) = name(chosen);
  (across ? survey.upwards : survey.across) = name(other == chosen ? before : other);
}

void MapTab::draw_download(const PanelContext& context) {
  const survey::HeatMapSnapshot& map = context.surveys.heat_map;
  if (widgets::icon_button("Map CSV", widgets::Icon::download,
                           "Download the map as a table (CSV): a row for each pair of values.", map.completed > 0))
    context.commands.download_heat_map(map);
}

void MapTab::draw_picture(const PanelContext& context) {
  if (widgets::icon_button("Map PNG", widgets::Icon::picture, "Download the figure as a PNG, at twice the size.",
                           context.surveys.heat_map.completed > 0))
    bridge::save_picture(kMapTab);
}

// A button that takes the best pair over.
void MapTab::draw_best(PanelContext& context, std::span<const survey::AxisChoice> choices) {
  const survey::HeatMapSnapshot& map = context.surveys.heat_map;
  if (map.best < 0) return;
  const auto best = static_cast<std::size_t>(map.best);
  const double x = rounded_number(map.x[best % map.x.size()]), y = rounded_number(map.y[best / map.x.size()]);
  ImGui::SetNextItemWidth(kNotes);
  if (widgets::button(
          core::fill("Best: {}, {}", display_number(x, 3), display_number(y, 3)), widgets::Icon::none,
          core::fill("The pair with the lowest loss, f = {}. Press to use it.", short_number_text(map.losses[best])))) {
    for (const survey::AxisChoice& choice : choices) {
      if (choice.name == map.config.x.name) context.commands.set_axis(context.ui.selected_runner, choice, x);
      if (choice.name == map.config.y.name) context.commands.set_axis(context.ui.selected_runner, choice, y);
    }
  }
}

void MapTab::draw_legend(PanelContext& context, std::span<const survey::AxisChoice> choices) {
  const race::RunnerConfig& runner = *selected_runner(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = ImGui::GetTextLineHeight();
  ImDrawList* list = ImGui::GetWindowDrawList();
  widgets::draw_marker(list, widgets::runner_marker(runner.slot), ImVec2(at.x + 6, at.y + line / 2), 5,
                       widgets::runner_color(runner.slot), palette().background);
  widgets::push_font(widgets::Font::strong);
  widgets::draw_text(list, ImVec2(at.x + 20, at.y + line / 2), at.x + kNotes + 1, palette().text,
                     fit_name(name_of(context, context.ui.selected_runner), kNotes - 20));
  widgets::pop_font();
  ImGui::Dummy(ImVec2(kNotes, line + 2));
  widgets::note(figure_.caption());
  const ImVec2 swatch = ImGui::GetCursorScreenPos();
  widgets::push_font(widgets::Font::small);
  list->AddRectFilled(ImVec2(swatch.x, swatch.y + 2), ImVec2(swatch.x + 14, swatch.y + 14),
                      diverged_color(context.ui.theme), 2);
  widgets::draw_text(list, ImVec2(swatch.x + 21, swatch.y + 8), swatch.x + kNotes, palette().text_muted, "diverged");
  widgets::pop_font();
  ImGui::Dummy(ImVec2(kNotes, 16));
  draw_best(context, choices);
}

void MapTab::draw(PanelContext& context) {
  const race::RunnerConfig* runner = selected_runner(context);
  if (runner == nullptr) return widgets::note("Add an optimizer to see what its hyper-parameters do.");
  const optim::CatalogEntry* optimizer = optim::find_optimizer(runner->optimizer);
  const surfaces::SurfaceInfo* surface = shown_surface(context.ui.race, context.race);
  if (optimizer == nullptr || surface == nullptr) return;  // a new formula is being read
  const std::vector<survey::AxisChoice> choices = map_choices(*optimizer->info, *surface);
  const bool columns = context.width >= kColumnsWidth;
  ImGui::BeginGroup();
  const float half = (context.width - kGrid) / 2;
  draw_axis(context, choices, true, columns ? kControls : half);
  if (!columns) ImGui::SameLine(0, kGrid);
  draw_axis(context, choices, false, columns ? kControls : half);
  if (columns) {
    ImGui::SetNextItemWidth(kControls);
    draw_survey_steps(context, kMapSteps, core::fill("{}", kMapSteps));
    draw_download(context);
    ImGui::SameLine(0, kGrid);
    draw_picture(context);
  }
  ImGui::EndGroup();
  if (columns) ImGui::SameLine(0, 2 * kGrid);
  const float beside = columns ? kNotes + 3 * kGrid : widgets::control_height() + kGrid;
  const float width = ImGui::GetContentRegionAvail().x - beside;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  figure_.draw(context, ImVec2(width, ImGui::GetContentRegionAvail().y));
  const float left = columns ? std::min(width, figure_.width()) + 3 * kGrid : width + kGrid;
  ImGui::SetCursorScreenPos(ImVec2(corner.x + left, corner.y));
  ImGui::BeginGroup();
  if (columns) {
    draw_legend(context, choices);
  } else {
    draw_download(context);
    draw_picture(context);
  }
  ImGui::EndGroup();
}

bool figure_complete(const PanelContext& context) {
  return context.snapshots.settled<survey::Surveyor>() && survey_complete(context.surveys.heat_map);
}

std::string figure_subtitle(const PanelContext& context) {
  const survey::HeatMapConfig& map = context.surveys.heat_map.config;
  const std::string name = selected_runner(context) != nullptr ? name_of(context, context.ui.selected_runner).full()
                                                               : race::optimizer_title(map.runner.optimizer);
  return core::fill("{}, f after {} steps", name, map.steps);
}

void draw_figure(PanelContext& context, ImVec2 size) {
  MapFigure().draw(context, size);
}

}  // namespace

const TabFigure kMapTabFigure{figure_complete, figure_subtitle, draw_figure};

std::unique_ptr<Panel> make_map_tab() {
  return std::make_unique<MapTab>();
}

}  // namespace descent::web
