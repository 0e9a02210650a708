// SPDX-License-Identifier: MIT
// What a person who cannot see the canvas needs of the picture: where the run stands and how it ended.
#include "web/status_line.h"

#include "web/widgets/format.h"

namespace descent::web {
namespace {

using widgets::display_name;
using widgets::display_number;

std::string race_line(const train::RaceSnapshot& race) {
  const bool typed = race.config.surface_choice().is_expression();
  std::string text = "Surfaces: " + (typed ? "f = " + race.config.expression : display_name(race.config.surface)) +
                     ", step " + std::to_string(race.step) + (race.playing ? ", playing." : ".");
  for (const train::RunnerSnapshot& runner : race.runners) {
    text += " " + display_name(runner.config.optimizer);
    if (runner.diagnosis.kind != train::DiagnosisKind::none)
      text += " " + runner.diagnosis.sentence;
    else if (runner.status == train::RunStatus::diverged || runner.status == train::RunStatus::converged)
      text += " " + std::string(train::to_string(runner.status));
    if (!runner.losses.empty()) text += ": f = " + display_number(runner.losses.back());
    text += ".";
  }
  return text;
}

std::string trainer_line(const train::TrainerSnapshot& trainer) {
  std::string text = "Network: " + std::string(train::to_string(trainer.state));
  if (trainer.state == train::TrainerState::empty) return text + ", no data set yet.";
  text += ", step " + std::to_string(trainer.step) + " of " + std::to_string(trainer.target_step) + ".";
  if (trainer.train.known) text += " Training loss " + display_number(trainer.train.loss, 3) + ".";
  if (trainer.test.known) text += " Test accuracy " + display_number(100 * trainer.test.accuracy) + " %.";
  if (!trainer.message.empty()) text += " " + trainer.message;
  return text;
}

}  // namespace

std::string status_line(Workspace workspace, const train::RaceSnapshot& race, const train::TrainerSnapshot& trainer) {
  return workspace == Workspace::surfaces ? race_line(race) : trainer_line(trainer);
}

}  // namespace descent::web
