// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/rates_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "web/bridge/bridge.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/survey_controls.h"
#include "web/panels/surfaces/tabs/rates_figure.h"
#include "web/state/strip_tabs.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::kGrid;
using widgets::palette;

constexpr float kColumnsWidth = 640;  // from here on controls and best rates stand beside the figure
constexpr float kControls = 152;
constexpr float kBest = 216;

class RatesTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  static void draw_measure(PanelContext& context);
  static void draw_steps(PanelContext& context);
  static void draw_download(const PanelContext& context);
  static void draw_controls(PanelContext& context);
  static void draw_row(PanelContext& context);
  static void draw_best(PanelContext& context);
  static void draw_best_rate(PanelContext& context, int runner, const survey::RateCurve& curve);

  RatesFigure figure_;
};

void RatesTab::draw_measure(PanelContext& context) {
  constexpr std::array<std::string_view, 2> kNames{"Loss", "Steps"};
  constexpr std::array<std::string_view, 2> kTips{
      "The loss that each run ends with.",
      "How many steps each run takes for 99.9 % of the way down to the minimum's loss."};
  int measure = context.ui.survey.count_steps ? 1 : 0;
  if (widgets::segments("measure", kNames, measure, kTips)) context.ui.survey.count_steps = measure == 1;
}

void RatesTab::draw_steps(PanelContext& context) {
  draw_survey_steps(context, context.surveys.sweep.config.steps,
                    "as many as the slowest optimizer needs at its best rate, 5,000 at most");
}

void RatesTab::draw_download(const PanelContext& context) {
  const survey::RateSweepSnapshot& sweep = context.surveys.sweep;
  if (widgets::icon_button("Rates CSV", widgets::Icon::download,
                           "Download the sweep as a table (CSV): a row for each optimizer and learning rate.",
                           sweep.completed > 0))
    context.commands.download_sweep(sweep);
  ImGui::SameLine(0, kGrid);
  if (widgets::icon_button("Rates PNG", widgets::Icon::picture, "Download the figure as a PNG, at twice the size.",
                           sweep.completed > 0))
    bridge::save_picture(kRatesTab);
}

void RatesTab::draw_controls(PanelContext& context) {
  ImGui::PushItemWidth(kControls);
  draw_measure(context);
  draw_steps(context);
  ImGui::PopItemWidth();
  draw_download(context);
}

void RatesTab::draw_row(PanelContext& context) {
  constexpr float kLeastSteps = 72;
  draw_measure(context);
  const float buttons = 2 * (widgets::control_height() + kGrid);
  const float room = context.width - ImGui::GetItemRectSize().x - kGrid - buttons;
  if (room >= kLeastSteps) {
    ImGui::SameLine(0, kGrid);
    ImGui::SetNextItemWidth(std::min(128.0F, room));
    draw_steps(context);
  }
  if (room < -kGrid) return;
  ImGui::SameLine(0, kGrid);
  draw_download(context);
}

// Draws marker, name and best rate; pressing takes it over.
void RatesTab::draw_best_rate(PanelContext& context, int runner, const survey::RateCurve& curve) {
  const race::RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  const survey::RateSweepSnapshot& sweep = context.surveys.sweep;
  const bool found = curve.best >= 0;
  const double rate = found ? rounded_number(sweep.rates[static_cast<std::size_t>(curve.best)]) : 0;
  const race::RunnerName name = name_of(context, runner);
  ImGui::PushID(runner);
  ImGui::BeginDisabled(!found);
  const float height = widgets::touch_metrics() ? 36.0F : 24.0F;
  const auto item =
      widgets::submit_item(name.item + " best rate", ImVec2(ImGui::GetContentRegionAvail().x, height), "button", rate);
  ImGui::EndDisabled();
  if (found)
    widgets::tooltip(core::fill("Ends at f = {} after {} steps, the lowest of all rates tried. Click to use it.",
                                short_number_text(curve.losses[static_cast<std::size_t>(curve.best)]),
                                sweep.config.steps));
  if (item.pressed) context.commands.set_hyperparameter(runner, 0, rate);
  if (item.pressed) context.ui.selected_runner = runner;
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (item.hovered && found) list->AddRectFilled(item.box.Min, item.box.Max, palette().raised, widgets::kCorner);
    const float middle = item.box.GetCenter().y;
    widgets::draw_marker(list, widgets::runner_marker(config.slot), ImVec2(item.box.Min.x + 10, middle), 4.5F,
                         widgets::runner_color(config.slot), palette().background);
    const std::string text = found ? display_number(rate, 3) : "all diverged";
    const float left = item.box.Max.x - 6 - widgets::text_width(text);
    const float begin = item.box.Min.x + 22, end = left - kGrid;
    widgets::draw_text(list, ImVec2(begin, middle), end + 1, palette().text, fit_name(name, end - begin));
    widgets::draw_text(list, ImVec2(left, middle), item.box.Max.x, found ? palette().text : palette().danger, text);
    widgets::draw_focus_ring(item);
  }
  ImGui::PopID();
}

void RatesTab::draw_best(PanelContext& context) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::PushStyleColor(ImGuiCol_Text, palette().text_faint);
  ImGui::SetCursorPosX(6);
  ImGui::TextUnformatted("best rate");
  ImGui::PopStyleColor();
  for (int i = 0; i < static_cast<int>(context.ui.race.runners.size()); ++i) {
    const race::RunnerConfig bare = without_rate(context.ui.race.runners[static_cast<std::size_t>(i)]);
    for (const survey::RateCurve& curve : context.surveys.sweep.curves)
      if (curve.config == bare) draw_best_rate(context, i, curve);
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
}

void RatesTab::draw(PanelContext& context) {
  if (context.named || context.width < kColumnsWidth) {
    draw_row(context);
    figure_.draw(context, !context.named);
    return;
  }
  ImGui::BeginGroup();
  draw_controls(context);
  ImGui::EndGroup();
  ImGui::SameLine(0, 2 * kGrid);
  const float width = ImGui::GetContentRegionAvail().x - kBest - 2 * kGrid;
  ImGui::BeginChild("figure", ImVec2(width, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  figure_.draw(context, false);
  ImGui::EndChild();
  ImGui::SameLine(0, 2 * kGrid);
  ImGui::BeginChild("best", ImVec2(0, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  draw_best(context);
  ImGui::EndChild();
}

bool figure_complete(const PanelContext& context) {
  return context.snapshots.settled<survey::Surveyor>() && survey_complete(context.surveys.sweep);
}

std::string figure_subtitle(const PanelContext&) {
  return "Sweep of learning rates";
}

// The figure is as large as the region, which is `size`.
void draw_figure(PanelContext& context, ImVec2) {
  RatesFigure().draw(context, true);
}

}  // namespace

const TabFigure kRatesTabFigure{figure_complete, figure_subtitle, draw_figure};

std::unique_ptr<Panel> make_rates_tab() {
  return std::make_unique<RatesTab>();
}

}  // namespace descent::web
