// SPDX-License-Identifier: MIT
#include "web/panels/network/trouble.h"

#include <imgui.h>

#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "engine/words/training_words.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using training::Trouble;
using widgets::kGrid;

constexpr float kStripe = 3, kButtonPadding = 24;
constexpr float kLeastSentence = 240;  // beside the buttons; else they stand below

float button_width(std::string_view label) {
  return widgets::text_width(label) + kButtonPadding;
}

bool sized_button(const std::string& label, std::string_view tooltip, bool primary) {
  ImGui::SetNextItemWidth(button_width(label));
  const bool pressed = widgets::button(label, widgets::Icon::none, tooltip, true, primary);
  ImGui::SameLine(0, kGrid / 2);
  return pressed;
}

// The run begins anew with what is offered; the present one stays one Undo away.
void take(PanelContext& context, const training::Advice& advice) {
  training::TrainerConfig config = context.trainer.config;
  if (advice.learning_rate > 0)
    config.hyperparameters[0] = advice.learning_rate;
  else
    config.epochs = static_cast<int>(advice.epochs);
  context.commands.train_anew(std::move(config));
}

void draw_text(const std::string& sentence, std::string_view label, float width) {
  const std::string text = widgets::wrap_words(sentence, width);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  annotate_item(label, "text", {}, sentence);
}

}  // namespace

void NetworkTrouble::draw_buttons(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  if (const std::string offer = words::offer(offered_); !offer.empty()) {
    const std::string tooltip =
        core::fill("{} Training begins anew; Undo brings this run back.", words::trial_text(trainer));
    if (sized_button(offer, tooltip, true)) take(context, offered_);
  }
  if (sized_button(why_ ? "Less" : "Why", "The numbers behind this.", false)) why_ = !why_;
  if (!widgets::icon_button("Close note", widgets::Icon::close, "Closes this note until something else is wrong."))
    return;
  closed_ = trainer.diagnosis.kind;
  closed_run_ = trainer.run;
}

void NetworkTrouble::draw(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left) && !ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    said_ = words::statement(trainer);
    offered_ = trainer.advice;
  }
  if (said_.empty()) closed_ = Trouble::none;
  if (said_.empty() || (closed_ == trainer.diagnosis.kind && closed_run_ == trainer.run)) return;
  const std::string offer = words::offer(offered_);
  const float buttons = (offer.empty() ? 0 : button_width(offer) + kGrid / 2) + button_width(why_ ? "Less" : "Why") +
                        kGrid / 2 + widgets::control_height();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = context.width - kStripe - kGrid;
  const bool beside = width - buttons - kGrid >= kLeastSentence;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + kStripe + kGrid);
  ImGui::BeginGroup();
  if (beside) ImGui::AlignTextToFramePadding();
  draw_text(core::fill("{}.", said_.what), "network diagnosis", beside ? width - buttons - kGrid : width);
  if (beside) ImGui::SameLine(width - buttons);
  draw_buttons(context);
  if (why_) {
    widgets::push_font(widgets::Font::small);
    draw_text(core::fill("Because {}. {}", said_.reasons, words::trial_text(trainer)), "network diagnosis reasons",
              width);
    widgets::pop_font();
  }
  ImGui::EndGroup();
  const bool ended = trainer.diagnosis.kind == Trouble::diverged;
  const ImU32 color = ended ? widgets::palette().danger : widgets::palette().warning;
  ImGui::GetWindowDrawList()->AddRectFilled(corner, ImVec2(corner.x + kStripe, ImGui::GetItemRectMax().y), color, 1.5f);
  ImGui::Dummy(ImVec2(0, kGrid / 2));
}

}  // namespace descent::web
