// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/optimizer_card.h"

#include <imgui.h>

#include <cmath>
#include <optional>
#include <string>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"
#include "engine/words/run_words.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/run_trouble.h"
#include "web/panels/surfaces/rail/card_schedule.h"
#include "web/panels/surfaces/rail/fair_race.h"
#include "web/panels/surfaces/rail/fold_line.h"
#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using race::RunnerSnapshot;
using widgets::kGrid;
using widgets::palette;

// The snapshot of this runner, once the race has taken over the configuration that is shown.
const RunnerSnapshot* snapshot_of(const PanelContext& context, int runner) {
  const auto i = static_cast<std::size_t>(runner);
  if (i >= context.race.runners.size()) return nullptr;
  const RunnerSnapshot& snapshot = context.race.runners[i];
  return snapshot.config.optimizer == context.ui.race.runners[i].optimizer ? &snapshot : nullptr;
}

// The state of a run in a word, at the right, where there is room for it; the sentence below the title says it too.
void draw_badge(const RunnerSnapshot* snapshot, float left, ImVec2 right_middle) {
  if (snapshot == nullptr || state_color(*snapshot) == palette().text_muted) return;
  const std::string_view text = state_word(*snapshot);
  widgets::push_font(widgets::Font::small);
  const float begin = std::floor(right_middle.x - widgets::text_width(text));
  if (begin >= left)
    widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(begin, right_middle.y), right_middle.x + 1,
                       state_color(*snapshot), text);
  widgets::pop_font();
}

// Draws marker, name, badge and remove button, and below a branch's name where it left. True when the remove button
// was pressed.
bool draw_title(PanelContext& context, int runner, const optim::OptimizerInfo& info, const RunnerSnapshot* snapshot) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = widgets::control_height();
  const float remove = height;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool selected = context.ui.selected_runner == runner;
  const race::RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  const bool branch = config.branch_of >= 0;
  race::RunnerName name = name_of(context, runner);
  const std::string full = name.full();
  const auto item =
      widgets::submit_item(name.item + " card", ImVec2(width - remove, height), "button", selected ? 1 : 0, full);
  widgets::tooltip(core::fill("{}\n{}\nClick to see the curvature at its head.", info.summary, info.formula));
  if (item.pressed) context.ui.selected_runner = runner;
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const int slot = config.slot;
    const float middle = std::floor(item.box.GetCenter().y);
    const ImVec2 center(at.x + 9, middle);
    if (selected) list->AddCircle(center, 9.5F, widgets::with_alpha(palette().text, 0.65F), 24, 1.5F);
    widgets::draw_marker(list, widgets::runner_marker(slot), center, 5.5F, widgets::runner_color(slot), palette().rail);
    if (branch) name.short_origin.clear();
    const float left = at.x + 26, right = item.box.Max.x - 6;
    widgets::push_font(widgets::Font::strong);
    const float end = left + widgets::draw_text(list, ImVec2(left, middle), right + 1, palette().text,
                                                widgets::cut_text(name.title, name.short_origin, right - left));
    widgets::pop_font();
    draw_badge(snapshot, end + 4, ImVec2(item.box.Max.x - 3, middle));
    widgets::draw_focus_ring(item);
  }
  ImGui::SameLine(0, 0);
  const bool removed = widgets::icon_button(core::fill("Remove {}", full), widgets::Icon::close,
                                            "Removes this optimizer from the race; the others start again.");
  if (branch) widgets::note(name.origin.substr(1));
  return removed;
}

void draw_reason(const RunnerSnapshot* snapshot) {
  if (snapshot == nullptr || !(snapshot->end.ended() || snapshot->arrival.arrived())) return;
  widgets::push_font(widgets::Font::small);
  const std::string reason = core::fill("{}.", words::statement(*snapshot).text());
  const std::string text = wrap_words(reason, ImGui::GetContentRegionAvail().x);
  widgets::pop_font();
  widgets::note(text);
}

// The setting that would be best on the local quadratic, for the parameters it speaks of. `help` keeps the text that
// the notch points to.
std::optional<widgets::SliderNotch> best_setting(const core::ParamSpec& spec, int index, const RunnerSnapshot& snapshot,
                                                 std::string& help) {
  const optim::QuadraticOptimum& best = snapshot.stability.optimum;
  const bool momentum = spec.name == "momentum" && best.momentum >= 0;
  if (!best.known || (index != 0 && !momentum)) return {};
  const double value = momentum ? best.momentum : best.learning_rate;
  const std::string setting = display_number(value, 3);
  // A factor next to 1 says nothing as what is left of the error, but what is taken away still does.
  help = best.factor < 0.999 ? core::fill(
                                   "Best on the quadratic that fits here (the notch): {}; {}. "
                                   "Each step then leaves {} of the error.",
                                   setting, best.formula, display_number(best.factor, 3))
                             : core::fill(
                                   "Best on the quadratic that fits here (the notch): {}; {}. "
                                   "Each step then takes away {} of the error.",
                                   setting, best.formula, display_number(1 - best.factor, 2));
  return widgets::SliderNotch{value, help};
}

struct ZoneWords {
  double bound = 0;
  std::string caption, brief, help;
  [[nodiscard]] std::optional<widgets::SliderZone> zone() const {
    return widgets::SliderZone{bound, caption, brief, help};
  }
};

// The words under the slider. The number of an approximate bound comes first, and stays where the bound's formula,
// which is long, does not fit.
ZoneWords zone_words(const optim::StabilityBound& bound) {
  const std::string number = display_number(bound.learning_rate, 3);
  const std::string formula = tight_formula(bound.formula);
  ZoneWords words{bound.learning_rate, core::fill("{} = {}", formula, number), number, {}};
  if (bound.approximate) words.caption = core::fill("{} ≈ {}", number, formula);
  if (bound.approximate) words.brief = core::fill("≈ {}", number);
  if (bound.constant) words.caption = bound.formula;
  words.help =
      bound.preconditioner.empty()
          ? core::fill("Unstable above {}: on the quadratic that fits here, steps at larger rates grow and grow.",
                       words.caption)
          : core::fill(
                "Unstable above {}, with {} held fixed: "
                "on the quadratic that fits here, steps at larger rates grow and grow.",
                words.caption, bound.preconditioner);
  return words;
}

void draw_hyperparameter(PanelContext& context, int runner, int index, const core::ParamSpec& spec,
                         const RunnerSnapshot* snapshot) {
  double value =
      context.ui.race.runners[static_cast<std::size_t>(runner)].hyperparameters[static_cast<std::size_t>(index)];
  std::optional<ZoneWords> zone;
  if (index == 0 && snapshot != nullptr && std::isfinite(snapshot->stable_learning_rate))
    zone = zone_words(snapshot->stability);
  std::string help;
  const auto notch = snapshot != nullptr ? best_setting(spec, index, *snapshot, help) : std::nullopt;
  if (!widgets::param_slider(name_of(context, runner).item, spec, value, zone ? zone->zone() : std::nullopt, notch))
    return;
  context.commands.set_hyperparameter(runner, index, value);
}

}  // namespace

CardRequest draw_optimizer_card(PanelContext& context, int runner, bool& unfolded) {
  race::RunnerConfig& config = context.ui.race.runners[static_cast<std::size_t>(runner)];
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  if (entry == nullptr) return CardRequest::none;
  const optim::OptimizerInfo& info = *entry->info;
  if (config.hyperparameters.size() != info.parameters.size())
    config.hyperparameters = core::default_values(info.parameters);

  const RunnerSnapshot* snapshot = snapshot_of(context, runner);
  ImGui::PushID(runner);
  const bool remove = draw_title(context, runner, info, snapshot);
  if (snapshot != nullptr && snapshot->diagnosis.kind != race::DiagnosisKind::none)
    draw_diagnosis(context, runner, *snapshot);
  else
    draw_reason(snapshot);
  draw_hyperparameter(context, runner, 0, info.parameters[0], snapshot);
  draw_tuned_rate(context, runner);
  if (unfolded)
    for (int i = 1; i < static_cast<int>(info.parameters.size()); ++i)
      draw_hyperparameter(context, runner, i, info.parameters[static_cast<std::size_t>(i)], snapshot);
  const std::string owner = name_of(context, runner).item;
  draw_schedule(context, runner, owner, unfolded);
  draw_fold(owner, info.parameters, config.hyperparameters, 1, unfolded, schedule_in_brief(config));
  ImGui::PopID();
  return remove ? CardRequest::remove : CardRequest::none;
}

}  // namespace descent::web
