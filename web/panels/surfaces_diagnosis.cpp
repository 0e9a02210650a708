// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_diagnosis.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "web/panels/surfaces_text.h"
#include "web/ui_items.h"
#include "web/widgets/controls.h"
#include "web/widgets/format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using train::Diagnosis;
using train::DiagnosisKind;
using train::Race;
using widgets::kGrid;
using widgets::palette;

constexpr float kStripe = 3;
constexpr float kButtonPadding = 24;

ImU32 color_of(DiagnosisKind kind) {
  return kind == DiagnosisKind::diverged ? palette().danger : palette().warning;
}

// Breaks the sentence between words; what it says stands in the item.
void draw_sentence(const std::string& sentence) {
  widgets::push_font(widgets::Font::small);
  const std::string text = wrap_words(sentence, ImGui::GetContentRegionAvail().x);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  annotate_item("diagnosis", "text", {}, sentence);
  widgets::pop_font();
}

std::string trial_text(const Diagnosis& diagnosis, bool back) {
  return std::string(back ? "Goes back to step " + std::to_string(diagnosis.proposed_step) + " and on from there"
                          : "Goes on from here") +
         " with this learning rate. Tried out beforehand: " + std::to_string(diagnosis.trial_steps) +
         " steps with it end at f = " + brief(diagnosis.trial_loss) + ".";
}

void draw_buttons(PanelContext& context, int runner, const train::RunnerSnapshot& snapshot) {
  const Diagnosis& diagnosis = snapshot.diagnosis;
  const std::int64_t here = static_cast<std::int64_t>(snapshot.losses.size()) - 1;
  const bool advice = diagnosis.proposed_learning_rate > 0;
  const std::int64_t before = std::max<std::int64_t>(diagnosis.since_step - 1, 0);
  const std::int64_t target = advice ? diagnosis.proposed_step : before;
  const bool back = target < here;
  if (back && widgets::button("Back to step " + std::to_string(target), widgets::Icon::none,
                              "Shows the race at the last step before the trouble. Nothing is forgotten; the scrubber "
                              "leads back here."))
    context.host.race().post([target](Race& race) { static_cast<void>(race.seek(target)); });
  if (!advice) return;
  const std::string label = "Try rate " + widgets::display_number(diagnosis.proposed_learning_rate, 3);
  const float left = ImGui::GetContentRegionAvail().x - ImGui::GetItemRectSize().x - kGrid;
  if (back && widgets::text_width(label) + kButtonPadding <= left) ImGui::SameLine(0, kGrid);
  if (widgets::button(label, widgets::Icon::none, trial_text(diagnosis, back)))
    context.host.race().post([runner](Race& race) { static_cast<void>(race.take_advice(runner)); });
}

}  // namespace

std::string_view state_word(const train::RunnerSnapshot& runner) {
  return runner.diagnosis.kind == DiagnosisKind::none ? train::to_string(runner.status)
                                                      : train::to_string(runner.diagnosis.kind);
}

void draw_diagnosis(PanelContext& context, int runner, const train::RunnerSnapshot& snapshot) {
  const Diagnosis& diagnosis = snapshot.diagnosis;
  if (diagnosis.kind == DiagnosisKind::none) return;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::Indent(kStripe + kGrid);
  draw_sentence(diagnosis.sentence + ".");
  draw_buttons(context, runner, snapshot);
  ImGui::Unindent(kStripe + kGrid);
  const float bottom = ImGui::GetItemRectMax().y;
  ImGui::GetWindowDrawList()->AddRectFilled(corner, ImVec2(corner.x + kStripe, bottom), color_of(diagnosis.kind), 1.5F);
}

}  // namespace descent::web
