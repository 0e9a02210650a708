// SPDX-License-Identifier: MIT
#include "web/model/words/status_line.h"

#include <cmath>
#include <utility>

#include "engine/core/number_text.h"
#include "engine/race/runner_names.h"
#include "web/model/words/number_format.h"
#include "web/model/words/sampling_words.h"

namespace descent::web {
namespace {

std::string surface_name(const surfaces::SurfaceChoice& choice) {
  return choice.is_expression() ? "f = " + choice.expression : display_name(choice.surface);
}

StatusLine race_line(const race::RaceSnapshot& race) {
  const std::string name = surface_name(race.config.surface_choice());
  StatusLine line{name + (race.playing ? " playing" : ""), {}};
  line.text = "Surfaces: " + name + ", step " + std::to_string(race.step) + (race.playing ? ", playing." : ".");
  for (std::size_t i = 0; i < race.runners.size(); ++i) {
    const race::RunnerSnapshot& runner = race.runners[i];
    std::string ended;
    if (runner.diagnosis.kind != race::DiagnosisKind::none)
      ended = " " + runner.diagnosis.sentence;
    else if (runner.status == race::RunStatus::diverged || runner.status == race::RunStatus::converged)
      ended = " " + std::string(to_string(runner.status));
    line.state += "; " + runner.config.optimizer + (ended.empty() ? "" : " ended");
    line.text += " " + race::runner_name(race, i).full() + ended;
    if (!runner.losses.empty()) line.text += ": f = " + display_number(runner.losses.back());
    line.text += ".";
  }
  return line;
}

StatusLine sampler_line(const sampling::SamplerSnapshot& sampled) {
  const sampling::SamplerConfig& config = sampled.config;
  const std::string name = surface_name(config.surface);
  const std::string doing = sampled.playing ? " running on " : " at rest on ";
  StatusLine line{
      name + doing + std::string(to_string(sampled.status)) + (config.temperature > 0 ? "" : " cold") + sampled.message,
      {}};
  line.text = "Sampling: " + core::grouped(config.chains) + (config.chains == 1 ? " chain" : " chains") + doing + name +
              ", temperature " + display_number(config.temperature) + ", step " + core::grouped(sampled.step) + ".";
  const bool counted = config.temperature > 0 && sampled.samples > 0;
  if (counted)
    line.text += " KL " + display_number(sampled.kl, 3) + " nats after " +
                 core::grouped(static_cast<std::int64_t>(sampled.samples)) + " samples.";
  for (const SamplingLine& words : sampling_lines(sampled))
    if (words.warning || words.name == "effective" || (!counted && words.name != "acceptance"))
      line.text += " " + words.text;
  return line;
}

StatusLine trainer_line(const training::TrainerSnapshot& trainer) {
  std::string text = "Network: " + std::string(to_string(trainer.state));
  if (trainer.state == training::TrainerState::empty) return {"empty", text + ", no data set yet."};
  text += ", step " + std::to_string(trainer.step) + " of " + std::to_string(trainer.target_step) + ".";
  if (trainer.train.known) text += " Training loss " + display_number(trainer.train.loss, 3) + ".";
  if (trainer.test.known) text += " Test accuracy " + display_number(100 * trainer.test.accuracy) + " %.";
  if (!trainer.message.empty()) text += " " + trainer.message;
  return {std::string(to_string(trainer.state)) + trainer.message, std::move(text)};
}

}  // namespace

StatusLine status_line(Workspace workspace, bool sampling, const race::RaceSnapshot& race,
                       const training::TrainerSnapshot& trainer, const sampling::SamplerSnapshot& sampled) {
  if (workspace == Workspace::network) return trainer_line(trainer);
  return sampling ? sampler_line(sampled) : race_line(race);
}

bool Announcer::due(double now, const StatusLine& line) {
  if (line.text == said_.text) return false;
  if (now - said_at_ < (line.state == said_.state ? kRarely : kSoon)) return false;
  said_ = line;
  said_at_ = now;
  return true;
}

void Announcer::interrupted(double now) {
  said_.text.clear();
  said_at_ = now;
}

}  // namespace descent::web
