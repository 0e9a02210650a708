// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/run_trouble.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include "engine/core/fill.h"
#include "engine/words/run_words.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using race::Diagnosis;
using race::DiagnosisKind;
using widgets::kGrid;
using widgets::palette;

constexpr float kStripe = 3;
constexpr float kButtonPadding = 24;

// Breaks the sentence between words; what it says stands in the item.
void draw_sentence(const std::string& sentence) {
  widgets::push_font(widgets::Font::small);
  const std::string text = wrap_words(sentence, ImGui::GetContentRegionAvail().x);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  annotate_item("diagnosis", "text", {}, sentence);
  widgets::pop_font();
}

std::string advice_sentence(const Diagnosis& diagnosis, bool back) {
  const std::int64_t step = diagnosis.proposed_step;
  if (!diagnosis.offers_push())
    return back ? core::fill("Goes back to step {} and on from there with this learning rate.", step)
                : "Goes on from here with this learning rate.";
  const std::string x = short_number_text(diagnosis.proposed_push[0]);
  const std::string y = short_number_text(diagnosis.proposed_push[1]);
  return back
             ? core::fill("Goes back to step {} and on from there, moved by ({}, {}) before the next step.", step, x, y)
             : core::fill("Goes on from here, moved by ({}, {}) before the next step.", x, y);
}

std::string trial_text(const Diagnosis& diagnosis, bool back) {
  return core::fill("{} In a trial, {} steps ended at f = {}.", advice_sentence(diagnosis, back), diagnosis.trial_steps,
                    short_number_text(diagnosis.trial_loss));
}

std::string advice_label(const Diagnosis& diagnosis) {
  const surfaces::Point& push = diagnosis.proposed_push;
  if (diagnosis.offers_push()) return core::fill("Push by {}", display_number(std::hypot(push[0], push[1]), 3));
  return core::fill("Try rate {}", display_number(diagnosis.proposed_learning_rate, 3));
}

// Buttons that stand side by side as long as they fit.
class ButtonRow {
 public:
  bool add(const std::string& label, std::string_view tooltip) {
    const float width = widgets::text_width(label) + kButtonPadding;
    if (begun_ && ImGui::GetItemRectMax().x + kGrid + width <= right_) ImGui::SameLine(0, kGrid);
    begun_ = true;
    return widgets::button(label, widgets::Icon::none, tooltip);
  }

 private:
  bool begun_ = false;
  float right_ = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
};

// The step that the way out of the trouble begins at, where that is behind the run.
std::optional<std::int64_t> way_back(const race::RunnerSnapshot& snapshot) {
  const Diagnosis& diagnosis = snapshot.diagnosis;
  const std::int64_t here = static_cast<std::int64_t>(snapshot.losses.size()) - 1;
  const std::int64_t before = std::max<std::int64_t>(diagnosis.since_step - 1, 0);
  const std::int64_t target = diagnosis.offers() ? diagnosis.proposed_step : before;
  return target < here ? std::optional(target) : std::nullopt;
}

constexpr std::string_view kBackHelp =
    "Shows the race at the last step before the trouble. Nothing is forgotten; the scrubber leads back here.";

void draw_buttons(PanelContext& context, int runner, const race::RunnerSnapshot& snapshot) {
  const Diagnosis& diagnosis = snapshot.diagnosis;
  const bool advice = diagnosis.offers();
  const std::optional<std::int64_t> back = way_back(snapshot);
  ButtonRow row;
  if (back && row.add(core::fill("Back to step {}", *back), kBackHelp)) context.commands.seek(*back);
  if (advice && row.add(advice_label(diagnosis), trial_text(diagnosis, back.has_value())))
    context.commands.take_advice(runner, diagnosis.offers_push());
  if (snapshot.status == race::RunStatus::frozen &&
      row.add("Let it run",
              "Lets this run go on as it is. The page freezes it again only after you change the run or reset the "
              "race."))
    context.commands.let_run(runner);
}

bool falls(const race::RunnerSnapshot& runner) {
  const auto* report = std::get_if<race::DivergenceReport>(&runner.end.reason);
  return report != nullptr && report->bottomless && !report->left_domain;
}

// Rests in a minimum that is not the best one, or goes round it for good.
bool in_local_minimum(const race::RunnerSnapshot& runner) {
  const auto* rest = std::get_if<race::Converged>(&runner.end.reason);
  return rest != nullptr ? rest->above_best > 0
                         : runner.status == race::RunStatus::frozen && runner.diagnosis.around.lower_known();
}

}  // namespace

std::string_view state_word(const race::RunnerSnapshot& runner) {
  if (runner.diagnosis.kind == DiagnosisKind::left_domain) return "left domain";
  if (falls(runner)) return "falls for ever";
  if (in_local_minimum(runner)) return "local minimum";
  if (std::holds_alternative<race::ScheduleOver>(runner.end.reason)) return "schedule over";
  if (runner.arrival.arrived() && runner.status == race::RunStatus::running &&
      runner.diagnosis.kind == DiagnosisKind::none)
    return "arrived";
  if (runner.status == race::RunStatus::frozen) return to_string(runner.status);
  return runner.diagnosis.kind == DiagnosisKind::none ? to_string(runner.status) : to_string(runner.diagnosis.kind);
}

ImU32 state_color(const race::RunnerSnapshot& runner) {
  using race::RunStatus;
  if (falls(runner)) return palette().text_muted;
  if (runner.status == RunStatus::diverged) return palette().danger;
  if (runner.diagnosis.kind != DiagnosisKind::none || in_local_minimum(runner)) return palette().warning;
  if (runner.status == RunStatus::converged || runner.arrival.arrived()) return palette().success;
  const bool held = runner.status == RunStatus::stopped || runner.status == RunStatus::frozen;
  return held ? palette().warning : palette().text_muted;
}

std::string trouble_in_brief(const race::RunnerSnapshot& runner) {
  return words::statement(runner.diagnosis).what;
}

std::string trouble_sentence(const race::RunnerSnapshot& runner) {
  const std::string sentence = words::statement(runner.diagnosis).text();
  if (runner.status != race::RunStatus::frozen) return core::fill("{}.", sentence);
  return core::fill("{}. Frozen at step {}.", sentence, runner.losses.size() - 1);
}

std::optional<Remedy> remedy_of(const race::RunnerSnapshot& runner) {
  const std::optional<std::int64_t> back = way_back(runner);
  const Diagnosis& diagnosis = runner.diagnosis;
  if (diagnosis.offers()) return Remedy{advice_label(diagnosis), trial_text(diagnosis, back.has_value())};
  if (back) return Remedy{core::fill("Back to step {}", *back), std::string(kBackHelp)};
  return {};
}

void take_remedy(PanelContext& context, int runner, const race::RunnerSnapshot& snapshot) {
  if (snapshot.diagnosis.offers())
    context.commands.take_advice(runner, snapshot.diagnosis.offers_push());
  else if (const std::optional<std::int64_t> back = way_back(snapshot))
    context.commands.seek(*back);
}

void draw_diagnosis(PanelContext& context, int runner, const race::RunnerSnapshot& snapshot) {
  const Diagnosis& diagnosis = snapshot.diagnosis;
  if (diagnosis.kind == DiagnosisKind::none) return;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::Indent(kStripe + kGrid);
  draw_sentence(trouble_sentence(snapshot));
  draw_buttons(context, runner, snapshot);
  ImGui::Unindent(kStripe + kGrid);
  const float bottom = ImGui::GetItemRectMax().y;
  ImGui::GetWindowDrawList()->AddRectFilled(corner, ImVec2(corner.x + kStripe, bottom), state_color(snapshot), 1.5F);
}

}  // namespace descent::web
