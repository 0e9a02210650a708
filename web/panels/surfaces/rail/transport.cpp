// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/transport.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/scrubber.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

struct Speed {
  double steps_per_second;
  std::string_view label;
  std::string_view brief;  // the label on small screens
};
constexpr std::array kSpeeds{Speed{2, "2 steps/s", "2/s"},           Speed{10, "10 steps/s", "10/s"},
                             Speed{30, "30 steps/s", "30/s"},        Speed{60, "60 steps/s", "60/s"},
                             Speed{200, "200 steps/s", "200/s"},     Speed{1000, "1,000 steps/s", "1,000/s"},
                             Speed{5000, "5,000 steps/s", "5,000/s"}};

bool finished(const race::RaceSnapshot& race) {
  for (const race::RunnerSnapshot& runner : race.runners)
    if (runner.status == race::RunStatus::ready || runner.status == race::RunStatus::running) return false;
  return true;
}

// The sentence that says why nothing can run, where nothing can.
std::string_view why_finished(const race::RaceSnapshot& race) {
  return race.runners.empty() ? "Add an optimizer first: there is none to run."
                              : "Every run has ended, its card says how. Reset, go back, or change something to go on.";
}

// The offered speed nearest to the configured one, on a log scale.
int nearest_speed(double steps_per_second) {
  int best = 0;
  const auto distance = [&](int i) {
    return std::abs(std::log(kSpeeds[static_cast<std::size_t>(i)].steps_per_second / steps_per_second));
  };
  for (int i = 1; i < static_cast<int>(kSpeeds.size()); ++i)
    if (distance(i) < distance(best)) best = i;
  return best;
}

// Marks where the chosen run's hyper-parameters were changed, and where its trouble began.
std::vector<widgets::ScrubMark> marks_of(const PanelContext& context) {
  std::vector<widgets::ScrubMark> marks;
  const auto chosen = static_cast<std::size_t>(std::max(context.ui.selected_runner, 0));
  if (chosen >= context.race.runners.size()) return marks;
  const race::RunnerSnapshot& runner = context.race.runners[chosen];
  for (const race::SettingsChange& change : runner.changes)
    if (change.step > 0) marks.push_back({change.step, widgets::runner_color(runner.config.slot)});
  if (runner.diagnosis.kind != race::DiagnosisKind::none)
    marks.push_back({runner.diagnosis.since_step, widgets::palette().danger});
  return marks;
}

class SurfacesTransportPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void draw_time(PanelContext& context);
  static void draw_scrubber(PanelContext& context, float width);
  void draw_branch(PanelContext& context);
  static void draw_step(PanelContext& context);
  static void draw_buttons(PanelContext& context, float play_width);
  static void draw_speed(PanelContext& context);

  std::optional<int> branch_to_choose_;  // its index, until the race has it
};

constexpr float kStepWidth = 104;
constexpr float kSpeedWidth = 148, kBriefSpeed = 88;
constexpr float kPlayWidth = 96, kNarrowPlay = 76;
constexpr float kOneRow = 604;    // from this width of a foot on, one row holds everything
constexpr float kWideRow = 700;   // and the speed in words
constexpr float kTightRow = 400;  // on a low screen a row without step and branch

// The present step as a number; another one can be typed.
void SurfacesTransportPanel::draw_step(PanelContext& context) {
  double step = static_cast<double>(context.race.step);
  ImGui::SetNextItemWidth(kStepWidth);
  if (!widgets::number_field("step", step, "The step that the page shows. Click to type another step of the record."))
    return;
  const std::int64_t recorded = context.race.recorded;
  if (step != std::floor(step) || step < 0 || step > static_cast<double>(recorded))
    return toast(core::fill("The record goes from step 0 to step {}.", recorded), true);
  context.commands.seek(static_cast<std::int64_t>(step));
}

void SurfacesTransportPanel::draw_branch(PanelContext& context) {
  const std::vector<race::RunnerSnapshot>& runners = context.race.runners;
  if (branch_to_choose_ && *branch_to_choose_ < static_cast<int>(context.ui.race.runners.size())) {
    context.ui.selected_runner = *std::exchange(branch_to_choose_, {});
    toast(core::fill("{}: change it on its card, then play.", name_of(context, context.ui.selected_runner).full()));
  }
  const int parent = context.ui.selected_runner;
  const bool exists = parent >= 0 && parent < static_cast<int>(runners.size());
  const std::string title = exists ? shown_name(context, static_cast<std::size_t>(parent)).full() : std::string();
  if (!widgets::icon_button("Branch", widgets::Icon::branch,
                            exists ? core::fill("Adds a run that shares the path of {} up to this step. Change a "
                                                "setting on its card and press play: both runs go on. Click another "
                                                "card to share that run's path.",
                                                title)
                                   : "Add an optimizer to branch from its path.",
                            exists))
    return;
  const std::size_t losses = runners[static_cast<std::size_t>(parent)].losses.size();
  const auto step = static_cast<std::int64_t>(losses) - 1;
  branch_to_choose_ = static_cast<int>(runners.size());
  context.commands.branch(parent, step);
}

void SurfacesTransportPanel::draw_scrubber(PanelContext& context, float width) {
  std::int64_t step = context.race.step;
  ImGui::SetNextItemWidth(width);
  const std::vector<widgets::ScrubMark> marks = marks_of(context);
  if (widgets::scrubber(
          "scrubber", step, context.race.recorded, marks,
          context.race.recorded == 0
              ? "No step has been made: there is nothing to go back to."
              : "Drag to any step of the race; every optimizer gets back the memory that it had there. Ticks mark "
                "where you changed the chosen run and where its trouble began. Keys: ← →."))
    context.commands.seek(step);
}

void SurfacesTransportPanel::draw_time(PanelContext& context) {
  const float others = widgets::control_height() + widgets::kGrid + (context.compact ? kStepWidth + widgets::kGrid : 0);
  draw_scrubber(context, ImGui::GetContentRegionAvail().x - others);
  ImGui::SameLine(0, widgets::kGrid);
  if (context.compact) {
    draw_step(context);
    ImGui::SameLine(0, widgets::kGrid);
  }
  draw_branch(context);
}

void SurfacesTransportPanel::draw_speed(PanelContext& context) {
  std::array<std::string_view, kSpeeds.size()> labels;
  for (std::size_t i = 0; i < kSpeeds.size(); ++i) labels[i] = kSpeeds[i].label;
  int selected = nearest_speed(context.ui.race.steps_per_second);
  if (!widgets::combo("##speed", selected, labels,
                      "How many steps the race makes in a second. The paths are the same at every speed.",
                      kSpeeds[static_cast<std::size_t>(selected)].brief))
    return;
  context.commands.set_speed(kSpeeds[static_cast<std::size_t>(selected)].steps_per_second);
}

void SurfacesTransportPanel::draw_buttons(PanelContext& context, float play_width) {
  const bool playing = context.race.playing;
  const bool done = finished(context.race);
  ImGui::SetNextItemWidth(play_width);
  if (widgets::button(playing ? "Pause" : "Play", playing ? widgets::Icon::pause : widgets::Icon::play,
                      playing ? "Stop here; everything stays. Key: space."
                      : done  ? why_finished(context.race)
                              : "Let all optimizers run from where they stand. Key: space.",
                      playing || !done, true))
    toggle_race(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Step back", widgets::Icon::back,
                           context.race.step > 0 ? "Takes every optimizer one step back, with its memory; the race "
                                                   "forgets nothing. Key: ←."
                                                 : "This is step 0: there is nothing before it.",
                           context.race.step > 0))
    step_race_back(context);
  ImGui::SameLine(0, widgets::kGrid / 2);
  if (widgets::icon_button("Step", widgets::Icon::step,
                           done ? why_finished(context.race) : "Every optimizer makes one step. Key: →.", !done))
    step_race(context);
  ImGui::SameLine(0, widgets::kGrid / 2);
  const bool begun = context.race.recorded > 0;
  if (widgets::icon_button("Reset", widgets::Icon::reset,
                           begun ? "Takes all optimizers back to the start and empties their memory. Key: R."
                                 : "No step has been made: all optimizers are at the start.",
                           begun))
    reset_race(context);
}

void SurfacesTransportPanel::draw(PanelContext& context) {
  const bool tight = context.low && context.width < kOneRow;
  if (context.compact && context.width >= (tight ? kTightRow : kOneRow)) {
    draw_buttons(context, tight ? kNarrowPlay : kPlayWidth);
    ImGui::SameLine(0, widgets::kGrid);
    ImGui::SetNextItemWidth(context.width < kWideRow ? kBriefSpeed : kSpeedWidth);
    draw_speed(context);
    ImGui::SameLine(0, tight ? widgets::kGrid : 2 * widgets::kGrid);
    return tight ? draw_scrubber(context, ImGui::GetContentRegionAvail().x) : draw_time(context);
  }
  draw_time(context);
  // On large screens the button takes what the others leave, and the speed stands below.
  const float others = 3 * widgets::control_height() + 2 * widgets::kGrid;
  const float small = context.width < 320 ? kNarrowPlay : kPlayWidth;
  draw_buttons(context, context.compact ? small : ImGui::GetContentRegionAvail().x - others);
  if (context.compact) {
    ImGui::SameLine(0, widgets::kGrid);
  } else {
    draw_step(context);
    ImGui::SameLine(0, widgets::kGrid);
  }
  draw_speed(context);
}

}  // namespace

void toggle_race(PanelContext& context) {
  context.race.playing ? context.commands.pause() : context.commands.play();
}

void step_race(PanelContext& context) {
  context.commands.step();
}

void step_race_back(PanelContext& context) {
  if (context.race.step > 0) context.commands.seek_back();
}

void reset_race(PanelContext& context) {
  context.commands.reset_race();
}

std::unique_ptr<Panel> make_surfaces_transport() {
  return std::make_unique<SurfacesTransportPanel>();
}

}  // namespace descent::web
