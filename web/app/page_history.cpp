// SPDX-License-Identifier: MIT
// Undo and Redo: the app watches for changes, tells of those that somebody may miss, and goes back and forth.
#include <imgui_internal.h>

#include <cstdlib>
#include <utility>

#include "engine/core/fill.h"
#include "web/app/app.h"
#include "web/bridge/bridge.h"
#include "web/browser/browser.h"
#include "web/state/redraw.h"
#include "web/state/toast.h"

namespace descent::web {
namespace {

constexpr double kByHand = 2;  // seconds after a hand's doing within which a change is the person's

// A control is held, or the pointer is down.
bool holds() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.ActiveId != 0 || ImGui::IsAnyMouseDown();
}

}  // namespace

PageRuns App::runs() const {
  const training::TrainerSnapshot& trainer = snapshots_.of<training::Trainer>();
  return {race().run, trainer.run, trainer.layout, trainer.dataset, trainer.branched ? trainer.branched->step : -1};
}

void App::follow_history(double now, bool by_hand) {
  if (by_hand) last_by_hand_ = now;
  if (const int keys = std::exchange(ui_.history.wish, 0) + browser::take_step_key(); keys != 0) step_history(keys);
  if (bridge::awaits_link() || !snapshots_.settled<race::Race>() || !snapshots_.settled<training::Trainer>()) return;
  const auto change = history_.observe(ui_, runs(), holds(), now);
  show_history();
  // The run that Undo would go back to is not to be lost when the race begins anew.
  if (!history_.waits() && held_race_ != race().run) {
    held_race_ = race().run;
    host_.race().post([run = held_race_](race::Race& race) { race.hold(run); });
  }
  const bool replays = race().playing && change && change->name == "Race reset";
  // A message that came of the same input says more; an older one gives way.
  const bool told = !ui_.toast.empty() && toast_at_ >= last_by_hand_;
  if (change && change->tell && !replays && !told && now - last_by_hand_ < kByHand) toast_with_step(change->name, -1);
}

void App::show_history() {
  const auto show = [](std::string& shown, const PageChange* change) {
    const std::string_view name = change != nullptr ? std::string_view(change->name) : std::string_view();
    if (shown == name) return;
    shown = name;
    request_redraw();
  };
  show(ui_.history.undo, history_.undoable());
  show(ui_.history.redo, history_.redoable());
}

void App::step_history(int steps) {
  for (int i = 0; i < std::abs(steps); ++i) {
    const auto step = steps < 0 ? history_.undo(ui_, runs()) : history_.redo(ui_, runs());
    if (!step) return toast(steps < 0 ? "There is nothing to undo." : "There is nothing to do again.");
    const bool race = step->from.runs.race != step->to.runs.race || !(ui_.race == step->to.shared.race);
    const PageRuns &from = step->from.runs, &to = step->to.runs;
    const bool training =
        from.training != to.training || from.layout != to.layout || !(ui_.trainer == step->to.shared.trainer);
    show_page(step->to, step->from, ui_);
    ui_.workspace = step->workspace;
    if (race)
      host_.race().post(
          [run = to.race, config = ui_.race](race::Race& core) { static_cast<void>(core.go_to(run, config)); });
    if (training)
      host_.trainer().post([runs = to, config = ui_.trainer](training::Trainer& trainer) {
        static_cast<void>(trainer.go_to(runs.training, config, runs.layout));
      });
    toast_with_step(core::fill("{}: {}", steps < 0 ? "Undone" : "Done again", step->change.name),
                    -steps / std::abs(steps));
  }
  show_history();
  request_redraw(0.2);
}

}  // namespace descent::web
