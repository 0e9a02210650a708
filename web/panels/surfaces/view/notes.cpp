// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/notes.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "engine/words/race_words.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/run_trouble.h"
#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kPad = 10;
constexpr float kMargin = 8;
constexpr float kBannerWidth = 640;
// Widths of pictures in which a longer sentence would take two lines, or have no room at all.
constexpr float kNarrow = 340, kNarrowest = 240;

ImU32 pill_color() {
  return widgets::with_alpha(palette().rail, 0.90F);
}

// A sentence in a box with its upper edge at `top`, centred; wrapped, or in low pictures cut after a line. `beside` is
// kept free at its right.
LabelBox draw_sentence(const ViewFrame& frame, std::string_view label, const std::string& sentence, float top,
                       ImU32 stripe, const race::RunnerSnapshot* runner, float beside = 0) {
  const float room = std::min(kBannerWidth, frame.scene.rect.width - 2 * kMargin - beside);
  const float marker = runner != nullptr ? 20.0F : 0.0F;
  widgets::push_font(widgets::Font::small);
  const float width_left = room - 2 * kPad - marker;
  const std::string text =
      frame.one_line() ? widgets::cut_text(sentence, "", width_left) : wrap_words(sentence, width_left);
  const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size());
  const float width = size.x + 2 * kPad + marker;
  const ImVec2 low(std::floor(frame.scene.rect.x + (frame.scene.rect.width - width - beside) / 2), std::floor(top));
  const ImVec2 high(low.x + width, low.y + size.y + 14);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, high, pill_color(), widgets::kCorner);
  if (stripe != 0) list->AddRect(low, high, widgets::with_alpha(stripe, 0.7F), widgets::kCorner, 0, 1.2F);
  if (runner != nullptr)
    widgets::draw_marker(list, widgets::runner_marker(runner->config.slot),
                         ImVec2(low.x + kPad + 6, low.y + 7 + ImGui::GetTextLineHeight() / 2), 5,
                         widgets::runner_color(runner->config.slot), palette().rail);
  list->AddText(ImVec2(low.x + kPad + marker, low.y + 7), palette().text, text.data(), text.data() + text.size());
  widgets::pop_font();
  ImGui::SetCursorScreenPos(low);
  ImGui::Dummy(ImVec2(width, high.y - low.y));
  annotate_item(label, "text", {}, sentence);
  return label_box(low, high);
}

// Says whose basins they are, and how far they have been computed.
LabelBox draw_basins_hint(const PanelContext& context, const ViewFrame& frame, float top) {
  const auto chosen = static_cast<std::size_t>(std::max(context.ui.selected_runner, 0));
  if (chosen >= context.race.runners.size())
    return draw_sentence(frame, "hint", "Add an optimizer to see its basins.", top, 0, nullptr);
  const race::RunnerSnapshot& runner = context.race.runners[chosen];
  const survey::BasinSnapshot& map = context.surveys.basins;
  const std::string name = shown_name(context, chosen).full();
  const std::int64_t steps = context.ui.survey.steps > 0 ? context.ui.survey.steps : map.config.steps;
  std::string text = frame.one_line() ? core::fill("{}, {} steps", name, steps)
                                      : core::fill("{}, {} steps from every start", name, steps);
  if (map.completed < map.total || map.total == 0)
    text = core::fill("{}: {} %", text, 100 * map.completed / std::max<std::size_t>(map.total, 1));
  return draw_sentence(frame, "hint", text, top, 0, &runner);
}

// The order in which trouble is said: what has ended first, then what is frozen, then what still moves.
int urgency(const race::RunnerSnapshot& runner) {
  if (runner.status == race::RunStatus::diverged) return 0;
  return runner.status == race::RunStatus::frozen ? 1 : 2;
}

// The indices of the runs in trouble, the most urgent first.
std::vector<std::size_t> troubled_runs(const race::RaceSnapshot& race) {
  std::vector<std::size_t> troubled;
  for (std::size_t i = 0; i < race.runners.size(); ++i)
    if (race.runners[i].diagnosis.kind != race::DiagnosisKind::none) troubled.push_back(i);
  std::stable_sort(troubled.begin(), troubled.end(), [&race](std::size_t a, std::size_t b) {
    return urgency(race.runners[a]) < urgency(race.runners[b]);
  });
  return troubled;
}

// Small pictures say what is wrong and since when; the numbers are on the card. Low and narrow pictures and the block
// of the 3-D view leave room for one line. Where the cards are hidden their numbers are what a class is asked for.
std::string trouble_text(const PanelContext& context, const ViewFrame& frame, const race::RunnerSnapshot& runner) {
  const bool cards = !context.ui.hidden.has(Part::rail);
  if (cards && !frame.compact) return trouble_sentence(runner);
  const bool short_of_room = frame.one_line() || frame.scene.rect.width < kNarrow || frame.scene.camera.three_d;
  return cards && !short_of_room ? core::fill("{}; its card says why.", trouble_in_brief(runner))
                                 : core::fill("{}.", trouble_in_brief(runner));
}

// Who has arrived first, and once the race is over and stands still, a button to see it again.
void draw_outcome(const PanelContext& context, const ViewFrame& frame, const std::string& text, float top,
                  std::vector<LabelBox>& notes) {
  constexpr float kGap = 6, kButtonPadding = 44;
  const race::RaceSnapshot& race = context.race;
  const auto* winner = race.first < 0 ? nullptr : &race.runners[static_cast<std::size_t>(race.first)];
  const bool replay = race.over && !race.playing;
  const float button = replay ? widgets::text_width("Replay") + kButtonPadding : 0;
  notes.push_back(draw_sentence(frame, "outcome", text, top, winner != nullptr ? palette().success : 0, winner,
                                replay ? button + kGap : 0));
  if (!replay) return;
  const LabelBox box = notes.back();
  const float height = widgets::control_height();
  const float middle = static_cast<float>(box.y0 + box.y1) / 2;
  const ImVec2 corner(static_cast<float>(box.x1) + kGap, std::max(std::floor(middle - height / 2), top));
  ImGui::SetCursorScreenPos(corner);
  ImGui::SetNextItemWidth(button);
  if (widgets::button("Replay", widgets::Icon::play, "Takes all optimizers back to the start and lets them race again.",
                      true, true)) {
    context.commands.reset_race();
    context.commands.play();
  }
  notes.back().y1 = std::max(notes.back().y1, static_cast<double>(corner.y + height));
  notes.back().x1 = static_cast<double>(corner.x + button);
}

// At the start this says that no run can move.
bool all_converged(const race::RaceSnapshot& race) {
  return std::all_of(race.runners.begin(), race.runners.end(),
                     [](const race::RunnerSnapshot& runner) { return runner.status == race::RunStatus::converged; });
}

std::string how_to_begin(const PanelContext& context, const ViewFrame& frame) {
  if (context.race.runners.empty()) return "Add an optimizer to begin.";
  const bool brief = frame.compact && frame.scene.camera.three_d;
  const bool ended = all_converged(context.race);
  const bool narrow = frame.scene.rect.width < kNarrow;
  if (frame.scene.rect.width < kNarrowest) return ended ? "The gradient is zero." : "Press play.";
  if (frame.one_line() || (narrow && !brief))
    return ended ? "Zero gradient: drag the ring." : "Press play, or drag the ring.";
  if (ended)
    return brief ? "The gradient is zero here. Drag the ring to start elsewhere."
                 : "The gradient is zero here: every run ends where it starts. Drag the ring to start elsewhere.";
  return brief ? "Press play. Drag the ring to start elsewhere."
               : "Press play to let them race. Drag the ring to start elsewhere.";
}

// Where there is room the hint has the button that it speaks of.
void draw_play(const PanelContext& context, const ViewFrame& frame, std::vector<LabelBox>& notes) {
  constexpr float kWidth = 148;
  if (frame.one_line() || frame.scene.camera.three_d || frame.scene.rect.width < kNarrow || context.race.playing)
    return;
  if (all_converged(context.race)) return;
  ImGui::SetCursorScreenPos(ImVec2(std::floor(frame.scene.rect.x + (frame.scene.rect.width - kWidth) / 2),
                                   static_cast<float>(notes.back().y1) + 6));
  ImGui::SetNextItemWidth(kWidth);
  if (widgets::button("Start the race", widgets::Icon::play,
                      "The optimizers run until each has ended; the space key does the same.", true, true))
    context.commands.play();
  notes.push_back(label_box(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()));
}

// The upper edge of the first sentence.
float first_top(const ViewFrame& frame) {
  constexpr float kLine = 30;
  return frame.one_note() ? frame.high().y - kMargin - kLine : frame.scene.rect.y + kMargin;
}

}  // namespace

bool has_banner(const PanelContext& context) {
  return shows_basins(context.ui) || context.race.step == 0 || !troubled_runs(context.race).empty() ||
         !words::outcome(context.race).empty();
}

void draw_banner(const PanelContext& context, const ViewFrame& frame, std::vector<LabelBox>& notes) {
  float top = first_top(frame);
  if (shows_basins(context.ui)) return notes.push_back(draw_basins_hint(context, frame, top));
  if (context.race.step == 0) {
    std::string text = how_to_begin(context, frame);
    if (const std::string missing = words::missing_minimum(context.race); !missing.empty() && !frame.one_line())
      text = core::fill("{} {}", missing, text);
    notes.push_back(draw_sentence(frame, "hint", text, top, 0, nullptr));
    return draw_play(context, frame, notes);
  }
  // In small pictures a race that is over says who arrived first alone.
  const std::string outcome = words::outcome(context.race, naming(context));
  const bool alone = frame.compact || frame.one_line();
  const bool said = !outcome.empty() &&
                    (!alone || (context.race.over && context.race.first >= 0) || troubled_runs(context.race).empty());
  if (said) {
    draw_outcome(context, frame, outcome, top, notes);
    if (alone) return;
    top = static_cast<float>(notes.back().y1) + 6;
  }
  // The picture says two at most, the cards say all of them.
  const std::vector<std::size_t> troubled = troubled_runs(context.race);
  const std::size_t most = frame.compact || said || troubled.size() > 2 ? 1 : 2;
  const std::size_t shown = std::min(troubled.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const race::RunnerSnapshot& runner = context.race.runners[troubled[i]];
    const race::RunnerName name = shown_name(context, troubled[i]);
    const std::string text =
        core::fill("{} {}", frame.one_line() ? name.brief() : name.full(), trouble_text(context, frame, runner));
    notes.push_back(draw_sentence(frame, state_word(runner), text, top, state_color(runner), &runner));
    top = static_cast<float>(notes.back().y1) + 6;
  }
  const std::size_t more = troubled.size() - shown;
  if (more == 0 || frame.one_line()) return;
  const std::string text = context.ui.hidden.has(Part::rail)
                               ? core::fill("{} more in trouble.", more)
                               : core::fill("{} more in trouble; the cards say why.", more);
  notes.push_back(
      draw_sentence(frame, "more in trouble", text, top, state_color(context.race.runners[troubled[shown]]), nullptr));
}

}  // namespace descent::web
