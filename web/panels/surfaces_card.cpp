// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_card.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/optim/optimizer.h"
#include "web/panels/surfaces_diagnosis.h"
#include "web/panels/surfaces_edit.h"
#include "web/panels/surfaces_fair.h"
#include "web/panels/surfaces_fold.h"
#include "web/panels/surfaces_schedule.h"
#include "web/panels/surfaces_text.h"
#include "web/ui_items.h"
#include "web/widgets/controls.h"
#include "web/widgets/format.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using train::Race;
using train::RunnerSnapshot;
using train::RunStatus;
using widgets::kGrid;
using widgets::palette;

// The snapshot of this runner, once the race has taken over the configuration that is shown.
const RunnerSnapshot* snapshot_of(const PanelContext& context, int runner) {
  const auto i = static_cast<std::size_t>(runner);
  if (i >= context.race.runners.size()) return nullptr;
  const RunnerSnapshot& snapshot = context.race.runners[i];
  return snapshot.config.optimizer == context.ui.race.runners[i].optimizer ? &snapshot : nullptr;
}

struct Badge {
  std::string_view text;
  ImU32 color = 0;
};
std::optional<Badge> badge(const RunnerSnapshot* snapshot) {
  if (snapshot == nullptr) return {};
  if (snapshot->status != RunStatus::diverged && snapshot->diagnosis.kind != train::DiagnosisKind::none)
    return Badge{state_word(*snapshot), palette().warning};
  switch (snapshot->status) {
    case RunStatus::converged:
      return Badge{"converged", palette().success};
    case RunStatus::diverged:
      return Badge{"diverged", palette().danger};
    case RunStatus::stopped:
      return Badge{"stopped", palette().warning};
    case RunStatus::frozen:
      return Badge{"frozen", palette().warning};
    case RunStatus::ready:
    case RunStatus::running:
      break;
  }
  return {};
}

void draw_badge(const Badge& badge, ImVec2 right_middle) {
  widgets::push_font(widgets::Font::small);
  const float left = std::floor(right_middle.x - widgets::text_width(badge.text));
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(left, right_middle.y), right_middle.x + 1, badge.color,
                     badge.text);
  widgets::pop_font();
}

// Marker, name, badge, remove. True when the remove button was pressed.
bool draw_title(PanelContext& context, int runner, const optim::OptimizerInfo& info, const RunnerSnapshot* snapshot) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = widgets::control_height();
  const float remove = height;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool selected = context.ui.selected_runner == runner;
  const auto item = widgets::submit_item(std::string(info.name) + " card", ImVec2(width - remove, height), "button",
                                         selected ? 1 : 0, info.title);
  widgets::tooltip(std::string(info.summary) + "\n" + std::string(info.formula) +
                   "\nClick to see the curvature at its head.");
  if (item.pressed) context.ui.selected_runner = runner;
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const int slot = context.ui.race.runners[static_cast<std::size_t>(runner)].slot;
    const float middle = std::floor(item.box.GetCenter().y);
    const ImVec2 center(at.x + 9, middle);
    if (selected) list->AddCircle(center, 9.5F, widgets::with_alpha(palette().text, 0.65F), 24, 1.5F);
    widgets::draw_marker(list, widgets::runner_marker(slot), center, 5.5F, widgets::runner_color(slot), palette().rail);
    widgets::push_font(widgets::Font::strong);
    widgets::draw_text(list, ImVec2(at.x + 26, middle), item.box.Max.x, palette().text, info.title);
    widgets::pop_font();
    if (const auto shown = badge(snapshot)) draw_badge(*shown, ImVec2(item.box.Max.x - 6, middle));
    widgets::draw_focus_ring(item);
  }
  ImGui::SameLine(0, 0);
  return widgets::icon_button("Remove " + std::string(info.title), widgets::Icon::close,
                              "Take this optimizer out of the race; the others start again with it gone.");
}

// Of a branch: where it left the run it comes from.
void draw_origin(const train::RunnerConfig& config) {
  if (config.branch_of < 0) return;
  const std::int64_t step = config.earlier.empty() ? 0 : config.earlier.back().until;
  widgets::note("Branched at step " + std::to_string(step) + ".");
}

void draw_reason(const RunnerSnapshot* snapshot) {
  if (snapshot == nullptr || snapshot->reason.empty()) return;
  widgets::push_font(widgets::Font::small);
  const std::string text = wrap_words(snapshot->reason + ".", ImGui::GetContentRegionAvail().x);
  widgets::pop_font();
  widgets::note(text);
}

// The setting that would be best on the local quadratic, for the parameters it speaks of. help: kept for the notch.
std::optional<widgets::SliderNotch> best_setting(const core::ParamSpec& spec, int index, const RunnerSnapshot& snapshot,
                                                 std::string& help) {
  const optim::QuadraticOptimum& best = snapshot.stability.optimum;
  const bool momentum = spec.name == "momentum" && best.momentum >= 0;
  if (!best.known || (index != 0 && !momentum)) return {};
  const double value = momentum ? best.momentum : best.learning_rate;
  help = "Best on the quadratic that fits here (the notch): " + widgets::display_number(value, 3) + "; " +
         std::string(best.formula) + ". Each step then ";
  // Next to 1, what is left says nothing.
  help += best.factor < 0.999 ? "leaves " + widgets::display_number(best.factor, 3) + " of the error."
                              : "takes away " + widgets::display_number(1 - best.factor, 2) + " of the error.";
  return widgets::SliderNotch{value, help};
}

void draw_hyperparameter(PanelContext& context, int runner, int index, const core::ParamSpec& spec,
                         const RunnerSnapshot* snapshot) {
  double& value =
      context.ui.race.runners[static_cast<std::size_t>(runner)].hyperparameters[static_cast<std::size_t>(index)];
  std::optional<widgets::SliderZone> zone;
  std::string caption;
  if (index == 0 && snapshot != nullptr && std::isfinite(snapshot->stable_learning_rate)) {
    const std::string number = widgets::display_number(snapshot->stable_learning_rate, 3);
    const std::string formula = tight_formula(snapshot->stability_formula);
    // An adaptive method's formula is long: where it is cut off, the number has been read.
    caption = snapshot->stability.approximate ? number + " ≈ " + formula : formula + " = " + number;
    // Newton's methods: the number stands in it.
    if (formula.find("λ") == std::string::npos) caption = snapshot->stability_formula;
    zone = widgets::SliderZone{snapshot->stable_learning_rate, caption};
  }
  std::string help;
  const auto notch = snapshot != nullptr ? best_setting(spec, index, *snapshot, help) : std::nullopt;
  if (!widgets::param_slider(runner_name(context, runner), spec, value, zone, notch)) return;
  context.host.race().post(
      [runner, index, value](Race& race) { static_cast<void>(race.set_hyperparameter(runner, index, value)); });
}

}  // namespace

CardRequest draw_optimizer_card(PanelContext& context, int runner, bool& unfolded) {
  train::RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  if (entry == nullptr) return CardRequest::none;
  const optim::OptimizerInfo& info = *entry->info;
  if (config.hyperparameters.size() != info.parameters.size())
    config.hyperparameters = core::default_values(info.parameters);

  const RunnerSnapshot* snapshot = snapshot_of(context, runner);
  ImGui::PushID(runner);
  const bool remove = draw_title(context, runner, info, snapshot);
  draw_origin(config);
  if (snapshot != nullptr && snapshot->diagnosis.kind != train::DiagnosisKind::none)
    draw_diagnosis(context, runner, *snapshot);
  else
    draw_reason(snapshot);
  draw_hyperparameter(context, runner, 0, info.parameters[0], snapshot);
  draw_tuned_rate(context, runner);
  if (unfolded)
    for (int i = 1; i < static_cast<int>(info.parameters.size()); ++i)
      draw_hyperparameter(context, runner, i, info.parameters[static_cast<std::size_t>(i)], snapshot);
  const std::string owner = runner_name(context, runner);
  draw_schedule(context, runner, owner, unfolded);
  draw_fold(owner, info.parameters, config.hyperparameters, 1, unfolded, schedule_in_brief(config));
  ImGui::PopID();
  return remove ? CardRequest::remove : CardRequest::none;
}

}  // namespace descent::web
