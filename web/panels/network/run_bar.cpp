// SPDX-License-Identifier: MIT
#include "web/panels/network/run_bar.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/training/kept_runs.h"
#include "engine/training/run_checkpoints.h"
#include "engine/words/kept_run_words.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/scrubber.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using training::KeptRun;
using widgets::kGrid;

constexpr float kLeastCurves = 150;  // below that height they have it all, or the open list has
constexpr float kWordsFrom = 560;    // the width from which on buttons have words
constexpr std::size_t kNewest = 6;   // runs are shown unless a person says something else
constexpr std::size_t kMostMarks = 40;

float row_height() {
  return widgets::control_height() + ImGui::GetStyle().ItemSpacing.y;
}

float list_height(const PanelContext& context) {
  if (!context.ui.runs_open || context.trainer.kept_runs.empty()) return 0;
  const float room = context.height - row_height() - kGrid;
  const float wanted =
      row_height() * static_cast<float>(context.trainer.kept_runs.size()) + 2 * ImGui::GetTextLineHeight();
  const float beside = std::min(wanted, room / 2);
  return room - beside < kLeastCurves ? room : beside;
}

std::string checkpoint_help(const training::TrainerSnapshot& trainer) {
  if (trainer.run_end == 0) return "No step has been made: there is nothing to go back to.";
  if (trainer.checkpoints.empty())
    return "This network is too large for checkpoints, or the page's memory has no room for them.";
  return core::fill(
      "Drag to a checkpoint of the run: weights, the optimizer's memory, settings and curves as they were then. {}, {} of "
      "{} MB. Keys: ← →.",
      core::counted(trainer.checkpoints.size(), "checkpoint"), (trainer.checkpoint_bytes + 500'000) / 1'000'000,
      training::kCheckpointBytes / 1'000'000);
}

std::string accuracy_of(const KeptRun& run) {
  if (run.test_curve.empty()) return core::fill("{} steps", core::grouped(run.step));
  return core::fill("{} steps, test {} %", core::grouped(run.step),
                    core::display_number(100 * run.test_curve.back().accuracy));
}

}  // namespace

bool run_shown(const PanelContext& context, std::uint64_t id) {
  for (const auto& [chosen, shown] : context.ui.chosen_runs)
    if (chosen == id) return shown;
  const auto& runs = context.trainer.kept_runs;
  for (std::size_t i = runs.size() - std::min(runs.size(), kNewest); i < runs.size(); ++i)
    if (runs[i]->id == id) return true;
  return false;
}

ImU32 run_color(std::uint64_t id) {
  return widgets::with_alpha(widgets::runner_color(2 + static_cast<int>(id % 6)), 0.6f);
}

float RunBar::height(const PanelContext& context) {
  const float bar = row_height() + kGrid;
  return context.height < bar + kLeastCurves ? 0 : bar + list_height(context);
}

void RunBar::draw_scrubber(PanelContext& context, float width) {
  const training::TrainerSnapshot& trainer = context.trainer;
  std::vector<std::int64_t> stops;
  std::vector<widgets::ScrubMark> marks;
  for (const training::CheckpointPoint& point : trainer.checkpoints) {
    stops.push_back(point.step);
    marks.push_back({point.step, widgets::palette().text_faint});
  }
  if (marks.size() > kMostMarks) marks.clear();
  if (!stops.empty() && stops.back() < trainer.run_end) stops.push_back(trainer.run_end);
  if (sought_ == trainer.step || sought_message_ != trainer.message_number) sought_ = -1;
  std::int64_t step = sought_ >= 0 ? sought_ : trainer.step;
  ImGui::SetNextItemWidth(width);
  if (!widgets::scrubber("checkpoints", step, stops.empty() ? 0 : trainer.run_end, marks, checkpoint_help(trainer),
                         stops))
    return;
  sought_ = step;
  sought_message_ = trainer.message_number;
  context.commands.seek_network(step);
}

// The list says what it keeps to: what is older and not pinned makes room.
void RunBar::draw_list(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const float side = widgets::control_height();
  for (auto run = trainer.kept_runs.rbegin(); run != trainer.kept_runs.rend(); ++run) {
    const KeptRun& kept = **run;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::GetWindowDrawList()->AddLine(ImVec2(corner.x, corner.y + side / 2),
                                        ImVec2(corner.x + 14, corner.y + side / 2), run_color(kept.id), 2);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 14 + kGrid);
    const std::string name = words::title(kept, trainer);
    const std::string text = core::fill("{} · {}", name, accuracy_of(kept));
    const float room = width - 14 - kGrid - 38 - 2 * (side + kGrid);
    bool shown = run_shown(context, kept.id);
    if (widgets::toggle(core::fill("Show run {}", kept.id), shown, core::fill("{}. Shows its curves.", text),
                        widgets::cut_text(text, "", room))) {
      std::erase_if(context.ui.chosen_runs, [&](const auto& chosen) { return chosen.first == kept.id; });
      context.ui.chosen_runs.emplace_back(kept.id, shown);
    }
    ImGui::SameLine(width - 2 * side - kGrid / 2);
    bool pinned = kept.pinned;
    if (widgets::icon_toggle(core::fill("Pin run {}", kept.id), widgets::Icon::pin, pinned,
                             "A pinned run makes no room for newer ones."))
      context.commands.pin_run(kept.id, pinned);
    ImGui::SameLine(0, kGrid / 2);
    if (widgets::icon_button(core::fill("Remove run {}", kept.id), widgets::Icon::close, "Forgets this run's curves."))
      context.commands.remove_run(kept.id);
  }
  std::string room = core::fill("Configuration and curves, {} of {} MB; the oldest that are not pinned make room.",
                                core::display_number(static_cast<double>(trainer.kept_run_bytes) / 1e6, 2),
                                training::kKeptRunBytes / 1'000'000);
  if (trainer.gone_runs > 0)
    room += core::fill(" {} did.", core::counted(static_cast<std::uint64_t>(trainer.gone_runs), "run"));
  widgets::note(room);
}

void RunBar::draw(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const bool words = context.width >= kWordsFrom;
  const std::string runs = core::fill("Runs ({})", trainer.kept_runs.size() + 1);
  const float side = widgets::control_height();
  const float branch = words ? widgets::text_width("Branch from here") + 48 : side;
  const bool lists = !trainer.kept_runs.empty();
  const float others = branch + kGrid + (lists ? widgets::text_width(runs) + 38 + kGrid : 0);
  const float list = list_height(context);
  draw_scrubber(context, context.width - others);
  ImGui::SameLine(0, kGrid);
  const bool can = !trainer.checkpoints.empty();
  constexpr std::string_view kBranch = "Branch from here",
                             kHelp =
                                 "Begins another run with these weights and curves; this one is kept beside it. Change "
                                 "a setting, then press Train.";
  ImGui::SetNextItemWidth(branch);
  if (words ? widgets::button(kBranch, widgets::Icon::branch, kHelp, can)
            : widgets::icon_button(kBranch, widgets::Icon::branch, kHelp, can))
    context.commands.branch_network();
  if (!lists) return;
  ImGui::SameLine(0, kGrid);
  widgets::toggle("Runs", context.ui.runs_open, "Lists the runs of this visit: show, pin or remove them.", runs);
  if (list <= 0) return;
  ImGui::BeginChild("runs", ImVec2(context.width, list), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  draw_list(context);
  ImGui::EndChild();
}

}  // namespace descent::web
