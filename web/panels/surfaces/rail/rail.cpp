// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/rail.h"

#include <imgui.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/panels/surfaces/rail/fair_race.h"
#include "web/panels/surfaces/rail/fold_line.h"
#include "web/panels/surfaces/rail/formula_field.h"
#include "web/panels/surfaces/rail/optimizer_card.h"
#include "web/panels/surfaces/rail/pickers.h"
#include "web/state/race_defaults.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::kGrid;

void gap(float height) {
  ImGui::Dummy(ImVec2(0, height));
}

// Says where the surface is not smooth, and what stands for its derivatives there.
void draw_kinks(const surfaces::SurfaceInfo& info) {
  if (info.smooth) return;
  widgets::note(core::fill("Not smooth: {}", info.kinks));
  annotate_item("kinks", "text", {}, info.kinks);
}

void draw_formula_notes(const surfaces::SurfaceInfo& info) {
  if (!info.reading.empty()) {
    const std::string text = core::fill("Read as f = {}", info.reading);
    widgets::note(text);
    annotate_item("formula reading", "text", {}, text);
  }
  widgets::note(info.lesson);
  annotate_item("formula note", "text", {}, info.lesson);
  draw_kinks(info);
}

// Says how many minima are marked in the picture, where a search found them.
void draw_found_minima(const race::RaceSnapshot& race) {
  if (!race.minima_found) return;
  const std::string found = race.minima.size() == 1 ? "1 minimum" : core::fill("{} minima", race.minima.size());
  const std::string text = race.more_minima
                               ? core::fill("The search found {}, and there are more; the lowest are marked.", found)
                               : core::fill("The search found {}; narrow ones may be missed.", found);
  widgets::note(text);
  annotate_item("minima", "text", {}, text);
}

class SurfacesRailPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void draw_surface_choice(PanelContext& context);
  void draw_surface(PanelContext& context);
  static void draw_surface_text(const surfaces::SurfaceInfo& info);
  void draw_parameters(PanelContext& context, const surfaces::SurfaceInfo& info);
  void draw_formula(PanelContext& context);
  static void draw_start(PanelContext& context);
  void draw_optimizers(PanelContext& context);

  std::size_t cards_ = 0;  // drawn last time
  // Cards are unfolded or not by slot, so that a card keeps its state when others come and go.
  std::vector<bool> unfolded_;
  bool parameters_unfolded_ = false;
  FairRaceState fair_race_;
  SurfacePicker surface_picker_;
  FormulaField formula_;
  ExamplePicker example_picker_;
  // Words and values of the last formula that the race has taken over: shown while the next one is under way.
  std::shared_ptr<const surfaces::SurfaceInfo> formula_info_;
  std::vector<double> formula_values_;
};

void SurfacesRailPanel::draw_surface_choice(PanelContext& context) {
  const std::optional<std::string_view> chosen = surface_picker_.draw(context);
  if (!chosen) return;
  if (*chosen == surfaces::kExpressionName) return formula_.begin(context);
  context.commands.set_surface(*chosen);
}

void SurfacesRailPanel::draw_surface_text(const surfaces::SurfaceInfo& info) {
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(info.formula.data(), info.formula.data() + info.formula.size());
  annotate_item("formula", "text", {}, info.formula);
  ImGui::PopTextWrapPos();
  widgets::tooltip(info.reference);
  widgets::note(info.lesson);
  draw_kinks(info);
}

// Draws the field in place of the formula's text; parameters are sliders at once, and may wait a frame for the race.
void SurfacesRailPanel::draw_formula(PanelContext& context) {
  formula_.draw(context);
  if (const FormulaExample* example = example_picker_.draw(context)) formula_.take(context, *example);
  const bool settled = shown_surface(context.ui.race, context.race) != nullptr;
  if (settled) {
    formula_info_ = context.race.surface_info;
    formula_values_ = context.ui.race.parameters;
  }
  if (formula_info_ == nullptr) return;
  draw_formula_notes(*formula_info_);
  if (settled) draw_found_minima(context.race);
  gap(kGrid / 2);
  bool changed = false;
  const std::size_t count = std::min(formula_values_.size(), formula_info_->parameters.size());
  for (std::size_t i = 0; i < count; ++i)
    changed |= widgets::param_slider("formula", formula_info_->parameters[i], formula_values_[i]);
  if (changed && settled) context.commands.set_surface_parameters(formula_values_);
}

void SurfacesRailPanel::draw_surface(PanelContext& context) {
  if (context.ui.race.surface == surfaces::kExpressionName) return draw_formula(context);
  const surfaces::SurfaceInfo* info = shown_surface(context.ui.race, context.race);
  if (info == nullptr) return;
  draw_surface_text(*info);
  gap(kGrid / 2);
  draw_parameters(context, *info);
}

void SurfacesRailPanel::draw_parameters(PanelContext& context, const surfaces::SurfaceInfo& info) {
  std::vector<double> values = context.ui.race.parameters;
  if (values.size() != info.parameters.size()) values = core::default_values(info.parameters);
  // A single parameter is what the surface is about; several are details.
  const bool folds = values.size() > 1;
  bool changed = false;
  for (std::size_t i = 0; i < values.size() && (!folds || parameters_unfolded_); ++i)
    changed |= widgets::param_slider(info.name, info.parameters[i], values[i]);
  if (folds) draw_fold(std::string(info.name), info.parameters, values, 0, parameters_unfolded_);
  if (changed) context.commands.set_surface_parameters(std::move(values));
}

void SurfacesRailPanel::draw_start(PanelContext& context) {
  surfaces::Point start = context.ui.race.start;
  const float width = (ImGui::GetContentRegionAvail().x - kGrid) / 2;
  ImGui::SetNextItemWidth(width);
  bool changed =
      widgets::number_field("start x", start[0], "Where all optimizers begin. Drag the ring in the picture, or type.");
  ImGui::SameLine(0, kGrid);
  ImGui::SetNextItemWidth(width);
  changed |=
      widgets::number_field("start y", start[1], "Where all optimizers begin. Drag the ring in the picture, or type.");
  if (!changed) return;
  context.commands.set_start(start);
  if (context.ui.race.start != start) toast("The start stays between −1,000,000 and 1,000,000 in x and y.");
}

void SurfacesRailPanel::draw_optimizers(PanelContext& context) {
  const std::vector<race::RunnerConfig>& runners = context.ui.race.runners;
  int removed = -1;
  // A new branch comes into sight: it is there to be changed.
  const bool branched = runners.size() == cards_ + 1 && runners.back().branch_of >= 0;
  cards_ = runners.size();
  for (int i = 0; i < static_cast<int>(runners.size()); ++i) {
    const auto slot = static_cast<std::size_t>(std::max(runners[static_cast<std::size_t>(i)].slot, 0));
    if (slot >= unfolded_.size()) unfolded_.resize(slot + 1, false);
    bool unfolded = unfolded_[slot];
    if (draw_optimizer_card(context, i, unfolded) == CardRequest::remove) removed = i;
    unfolded_[slot] = unfolded;
    gap(kGrid / 2);
    if (branched && i + 1 == static_cast<int>(runners.size())) ImGui::SetScrollHereY(1);
    widgets::separator();
  }
  if (removed >= 0) context.commands.remove_runner(removed);
}

void SurfacesRailPanel::draw(PanelContext& context) {
  draw_surface_choice(context);
  draw_surface(context);
  draw_start(context);
  gap(kGrid / 2);
  widgets::separator();
  draw_suited_rates(context);
  draw_optimizers(context);
  if (const auto added = draw_optimizer_picker()) context.commands.add_runner(*added);
  gap(kGrid / 2);
  draw_fair_race(context, fair_race_);
}

}  // namespace

std::unique_ptr<Panel> make_surfaces_rail() {
  return std::make_unique<SurfacesRailPanel>();
}

}  // namespace descent::web
