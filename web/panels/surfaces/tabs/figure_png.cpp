// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/figure_png.h"

#include <imgui.h>

#include <string>

#include "engine/optim/optimizer.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/tabs/map_figure.h"
#include "web/panels/surfaces/tabs/rates_figure.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using bridge::PictureOf;
using widgets::palette;

constexpr float kMargin = 16, kTitle = 58;

std::string subtitle(const PanelContext& context, PictureOf of) {
  if (of == PictureOf::map) {
    const survey::HeatMapConfig& map = context.explored.heat_map.config;
    const int runner = context.ui.selected_runner;
    const bool selected = runner >= 0 && runner < static_cast<int>(context.ui.race.runners.size());
    return (selected ? name_of(context, runner).full() : race::optimizer_title(map.runner.optimizer)) + ", f after " +
           std::to_string(map.steps) + " steps";
  }
  return "Sweep of learning rates";
}

void draw_title(const PanelContext& context, PictureOf of, float width) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float right = kMargin + width;
  widgets::push_font(widgets::Font::heading);
  widgets::draw_text(list, ImVec2(kMargin, kMargin + 12), right, palette().text,
                     std::string(context.race.surface_info->title));
  widgets::pop_font();
  const std::string what = subtitle(context, of);
  const float left = right - widgets::text_width(what);
  widgets::draw_text(list, ImVec2(kMargin, kMargin + 38), left - kMargin, palette().text_muted,
                     std::string(context.race.surface_info->formula));
  widgets::draw_text(list, ImVec2(left, kMargin + 38), right + 1, palette().text_muted, what);
}

}  // namespace

bool figure_complete(const PanelContext& context, PictureOf of) {
  const survey::ExplorerSnapshot& explored = context.explored;
  const auto complete = [](const auto& survey) { return survey.total > 0 && survey.completed == survey.total; };
  if (!context.host.explorer().settled()) return false;
  return of == PictureOf::map ? complete(explored.heat_map) : complete(explored.sweep);
}

void draw_figure_picture(PanelContext& context, PictureOf of) {
  const ImVec2 size(kFigurePicture.width - 2 * kMargin, kFigurePicture.height - 2 * kMargin - kTitle);
  draw_title(context, of, size.x);
  ImGui::SetCursorScreenPos(ImVec2(kMargin, kMargin + kTitle));
  ImGui::BeginChild("figure", size);
  if (of == PictureOf::map)
    MapFigure().draw(context, size);
  else
    RatesFigure().draw(context, true);
  ImGui::EndChild();
}

}  // namespace descent::web
