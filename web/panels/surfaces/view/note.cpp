// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/note.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/words/race_words.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/common/run_trouble.h"
#include "web/widgets/theme.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::palette;

// Says whose basins they are, and how far they have been computed.
Note basins_note(const PanelContext& context) {
  const auto chosen = static_cast<std::size_t>(std::max(context.ui.selected_runner, 0));
  if (chosen >= context.race.runners.size()) return {.label = "hint", .texts = {"Add an optimizer to see its basins."}};
  const survey::BasinSnapshot& map = context.surveys.basins;
  const std::int64_t steps = context.ui.survey.steps > 0 ? context.ui.survey.steps : map.config.steps;
  std::string far;
  if (map.completed < map.total || map.total == 0)
    far = core::fill(": {} %", 100 * map.completed / std::max<std::size_t>(map.total, 1));
  const std::string text = core::fill("{}, {} steps", shown_name(context, chosen).full(), steps);
  return {.label = "hint",
          .texts = {core::fill("{} from every start{}", text, far), text + far},
          .runner = &context.race.runners[chosen]};
}

// At the start this says that no run can move.
bool all_converged(const race::RaceSnapshot& race) {
  return std::all_of(race.runners.begin(), race.runners.end(),
                     [](const race::RunnerSnapshot& runner) { return runner.status == race::RunStatus::converged; });
}

Note beginning(const PanelContext& context) {
  Note note{.label = "hint", .key = "hint"};
  if (context.race.runners.empty())
    note.texts = {"Add an optimizer to begin."};
  else if (all_converged(context.race))
    note.texts = {"The gradient is zero here: every run ends where it starts. Drag the ring to start elsewhere.",
                  "The gradient is zero here. Drag the ring to start elsewhere.", "Zero gradient: drag the ring.",
                  "The gradient is zero."};
  else
    note.texts = {"Press play to let them race. Drag the ring to start elsewhere.",
                  "Press play. Drag the ring to start elsewhere.", "Press play, or drag the ring.", "Press play."};
  if (!context.race.runners.empty() && !all_converged(context.race) && !context.race.playing)
    note.act = Note::Act::play;
  if (const std::string missing = words::missing_minimum(context.race); !missing.empty()) {
    for (std::string& text : note.texts) text = core::fill("{} {}", missing, text);
    note.texts.push_back(missing);
  }
  return note;
}

// The order in which trouble is said: what has ended first, then what is frozen, then what still moves.
int urgency(const race::RunnerSnapshot& runner) {
  if (runner.status == race::RunStatus::diverged) return 0;
  return runner.status == race::RunStatus::frozen ? 1 : 2;
}

Note trouble_note(const PanelContext& context, std::size_t i) {
  const race::RunnerSnapshot& runner = context.race.runners[i];
  const race::RunnerName name = shown_name(context, i);
  const std::string what = trouble_in_brief(runner);
  return {.label = state_word(runner),
          .texts = {core::fill("{} {}.", name.full(), what), core::fill("{} {}.", name.brief(), what)},
          .key = core::fill("{} {} {}", runner.config.slot, state_word(runner), runner.diagnosis.since_step),
          .stripe = state_color(runner),
          .runner = &runner,
          .trouble = static_cast<int>(i)};
}

}  // namespace

std::vector<Note> notes_of(const PanelContext& context) {
  const race::RaceSnapshot& race = context.race;
  if (shows_basins(context.ui)) return {basins_note(context)};
  if (race.step == 0) return {beginning(context)};
  std::vector<Note> notes;
  for (std::size_t i = 0; i < race.runners.size(); ++i)
    if (race.runners[i].diagnosis.kind != race::DiagnosisKind::none) notes.push_back(trouble_note(context, i));
  std::stable_sort(notes.begin(), notes.end(),
                   [](const Note& a, const Note& b) { return urgency(*a.runner) < urgency(*b.runner); });
  const std::string outcome = words::outcome(race, naming(context));
  if (outcome.empty()) return notes;
  Note note{.label = "outcome", .texts = {outcome}, .key = core::fill("outcome {} {}", race.first, race.over ? 1 : 0)};
  if (race.first >= 0) {
    note.runner = &race.runners[static_cast<std::size_t>(race.first)];
    note.stripe = palette().success;
    note.reason = words::reason(race, naming(context));
  }
  if (race.over && !race.playing) note.act = Note::Act::replay;
  notes.insert(notes.begin(), std::move(note));
  return notes;
}

}  // namespace descent::web
