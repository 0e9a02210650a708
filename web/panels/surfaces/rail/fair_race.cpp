// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/fair_race.h"
#include "engine/core/rng.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/survey/tuning.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/rail/fold_line.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using core::grouped;
using race::RaceConfig;
using widgets::kGrid;

constexpr core::ParamSpec kNoise{
    .name = "gradient_noise",
    .minimum = 0,
    .maximum = race::kMaxNoise,
    .doc =
        "Standard deviation σ of Gaussian noise on each component of the gradient; 0 is no noise. The noise stands "
        "for mini-batches and is the same for all optimizers at equal steps. The race starts again.",
    .slider_follows = true};
constexpr std::int64_t kSeeds = 10000;  // the dice choose among so many: short enough to be read aloud

std::string settings_summary(const RaceConfig& race) {
  const std::string budget = race.budget > 0 ? core::fill("budget {}", grouped(race.budget)) : "no budget";
  const std::string noise = display_number(race.noise, 3);
  return race.freeze ? core::fill("{} · noise {}", budget, noise)
                     : core::fill("{} · noise {} · no freezing", budget, noise);
}

bool draw_budget(RaceConfig& race) {
  const bool changed = widgets::whole_field(
      "gradient budget", race.budget, 0, race::kMaxBudget,
      "How many gradients each optimizer may ask for, line searches included; 0 is no limit. A step costs some "
      "optimizers more gradients than others, so a race over gradients is fairer than one over steps. The race "
      "starts again.");
  widgets::note(race.budget > 0 ? core::fill("Every run stops after {} gradients.", grouped(race.budget))
                                : "0: no limit, runs end by themselves.");
  return changed;
}

bool draw_seed(RaceConfig& race) {
  auto seed = static_cast<std::int64_t>(race.seed);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - widgets::control_height() - kGrid);
  bool changed =
      widgets::whole_field("noise seed", seed, 0, static_cast<std::int64_t>(core::kMaxSeed),
                           "Equal seeds give equal noise, bit for bit, to every optimizer. The race starts again.");
  ImGui::SameLine(0, kGrid);
  if (widgets::icon_button("New noise", widgets::Icon::dice,
                           "Takes another seed: the race starts again under other noise. See whether the same "
                           "optimizer wins.")) {
    seed = (seed % kSeeds * 7919 + 104729) % kSeeds;  // runs through many before one comes again
    changed = true;
  }
  if (changed) race.seed = static_cast<std::uint64_t>(seed);
  return changed;
}

// A switch that acts on the race as it goes on.
void draw_freezing(PanelContext& context) {
  bool freeze = context.ui.race.freeze;
  if (widgets::toggle("freeze runs in trouble", freeze,
                      "While the race plays, it stops a run that swings, stalls on a plateau or stays at a saddle, "
                      "and the run's card says why. Off: the card only names the trouble, and frozen runs go on."))
    context.commands.set_freezing(freeze);
}

// The gradients that all runs together ask for, at most: those that end early ask for fewer.
std::int64_t tuning_cost(const RaceConfig& race) {
  return survey::kTuningRates * survey::tuning_budget(race) * static_cast<std::int64_t>(race.runners.size());
}

void draw_progress(PanelContext& context) {
  const survey::TuningProgress& tuning = context.surveys.tuning;
  const double done = tuning.total > 0 ? static_cast<double>(tuning.completed) / static_cast<double>(tuning.total) : 0;
  const float cancel = widgets::text_width("Cancel") + 3 * kGrid;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + (widgets::control_height() - widgets::kProgressHeight) / 2));
  ImGui::SetNextItemWidth(room - cancel - kGrid);
  widgets::progress_bar(done, core::fill("tuning {} %", static_cast<int>(100 * done)));
  ImGui::SetCursorScreenPos(ImVec2(at.x + room - cancel, at.y));
  ImGui::SetNextItemWidth(cancel);
  if (widgets::button("Cancel", widgets::Icon::none, "Stop tuning; the learning rates stay as they are."))
    context.commands.cancel_tuning();
}

void draw_tune(PanelContext& context) {
  const RaceConfig& race = context.ui.race;
  if (context.surveys.tuning.busy) return draw_progress(context);
  if (widgets::button(
          "Tune learning rates", widgets::Icon::none,
          race.runners.empty()
              ? "Add an optimizer first: there is no rate to tune."
              : "Finds the best learning rate of each optimizer: it tries many rates under the same budget, start "
                "and noise, and takes the one that ends lowest. The race starts again with these rates; you can go "
                "back.",
          !race.runners.empty()))
    context.commands.tune();
  if (race.runners.empty()) return;
  widgets::note(
      core::fill("Tries {} rates from {} to {} for each optimizer, every run with {} gradients: at most {} in all.",
                 survey::kTuningRates, display_number(survey::kTuningMin), display_number(survey::kTuningMax),
                 grouped(survey::tuning_budget(race)), grouped(tuning_cost(race))));
}

void draw_undo(PanelContext& context) {
  if (widgets::button("Undo tuning", widgets::Icon::none,
                      "Every optimizer gets back the learning rate it had before, and the race starts again."))
    context.commands.undo_tuning();
}

void draw_report(PanelContext& context) {
  const race::TuningReport& report = context.race.tuning;
  if (report.rates.empty() || report.suited) return;
  const std::string text = core::fill("Tuned: {} gradients spent, {} a run. The cards show the rates.",
                                      grouped(report.evaluations), grouped(report.budget));
  widgets::note(text);
  annotate_item("tuning report", "text", static_cast<double>(report.evaluations), text);
  draw_undo(context);
}

std::string tuned_rate_text(const race::TunedRate& rate, std::int64_t budget) {
  if (!std::isfinite(rate.learning_rate)) return core::fill("Not tuned: all {} rates diverged.", rate.runs);
  const std::string loss = short_number_text(rate.loss), former = display_number(rate.former_rate, 3);
  if (!rate.at_edge)
    return core::fill("Tuned: f = {} after {} gradients; the rate was {}.", loss, grouped(budget), former);
  return core::fill("Tuned: f = {} after {} gradients; the rate was {}. It is at the end of the range tried.", loss,
                    grouped(budget), former);
}

}  // namespace

void draw_fair_race(PanelContext& context, FairRaceState& state) {
  RaceConfig race = context.ui.race;
  const bool folded = !state.unfolded;
  draw_fold_line("Fair race", "Fair race", settings_summary(race),
                 "These settings are the same for all optimizers: a budget of gradients, noise on the gradients, "
                 "the length of schedules, and whether runs in trouble freeze. Tuning finds the best learning rate "
                 "of each optimizer.",
                 state.unfolded);
  if (!state.unfolded) return;
  bool changed = draw_budget(race);
  changed |= widgets::param_slider("", kNoise, race.noise);
  changed |= draw_seed(race);
  changed |=
      widgets::whole_field("schedule length", race.schedule_steps, 1, race::kMaxDescentSteps,
                           "How many steps a schedule of the learning rate covers; after those the rate stays at "
                           "its last value. The race starts again.");
  if (changed) context.commands.configure_race(std::move(race));
  draw_freezing(context);
  ImGui::Dummy(ImVec2(0, kGrid / 2));
  draw_tune(context);
  draw_report(context);
  // News at the rail's end come into sight.
  const bool reported = !context.race.tuning.rates.empty() && !context.race.tuning.suited;
  if (folded || (reported && !state.reported)) ImGui::SetScrollHereY(1);
  state.reported = reported;
}

void draw_suited_rates(PanelContext& context) {
  const race::TuningReport& report = context.race.tuning;
  if (report.rates.empty() || !report.suited || report.evaluations == 0) return;
  const std::string text =
      core::fill("Learning rates tuned for this surface with {} gradients.", grouped(report.evaluations));
  widgets::note(text);
  annotate_item("suited rates", "text", static_cast<double>(report.evaluations), text);
  draw_undo(context);
  ImGui::Dummy(ImVec2(0, kGrid / 2));
  widgets::separator();
}

void draw_tuned_rate(const PanelContext& context, int runner) {
  if (context.race.tuning.suited) return;
  const auto i = static_cast<std::size_t>(runner);
  const std::vector<race::TunedRate>& rates = context.race.tuning.rates;
  if (i >= rates.size() || i >= context.ui.race.runners.size() || rates[i].slot != context.ui.race.runners[i].slot)
    return;
  const race::TunedRate& rate = rates[i];
  const std::string text = tuned_rate_text(rate, context.race.tuning.budget);
  widgets::note(text);
  annotate_item("tuned rate", "text", rate.learning_rate, text);
}

}  // namespace descent::web
