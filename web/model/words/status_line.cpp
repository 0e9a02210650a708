// SPDX-License-Identifier: MIT
#include "web/model/words/status_line.h"

#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/race/runner_names.h"
#include "engine/words/race_words.h"
#include "engine/words/run_words.h"
#include "web/model/words/number_format.h"
#include "web/model/words/sampling_words.h"

namespace descent::web {
namespace {

std::string surface_name(const surfaces::SurfaceChoice& choice) {
  return choice.is_expression() ? core::fill("f = {}", choice.expression.text()) : display_name(choice.surface);
}

// The sentence comes after those that stand in `text` already.
void add_sentence(std::string& text, std::string_view sentence) {
  text.append(" ").append(sentence);
}

}  // namespace

StatusLine status_line(const race::RaceSnapshot& race, race::Naming naming) {
  const std::string name = surface_name(race.config.surface_choice());
  StatusLine line{name + (race.playing ? " playing" : ""), {}};
  line.text = race.playing ? core::fill("Surfaces: {}, step {}, playing.", name, race.step)
                           : core::fill("Surfaces: {}, step {}.", name, race.step);
  for (const std::string& said : {words::missing_minimum(race), words::outcome(race, naming)}) {
    if (said.empty()) continue;
    add_sentence(line.text, said);
    line.state += "; " + said;
  }
  for (std::size_t i = 0; i < race.runners.size(); ++i) {
    const race::RunnerSnapshot& runner = race.runners[i];
    const bool troubled = runner.diagnosis.kind != race::DiagnosisKind::none;
    const bool ended = runner.status == race::RunStatus::diverged || runner.status == race::RunStatus::converged;
    line.state += "; " + runner.config.optimizer + (troubled || ended ? " ended" : "");
    std::string run = race::runner_name(race, i, naming).full();
    if (troubled)
      run = core::fill("{} {}", run, words::statement(runner.diagnosis).text());
    else if (runner.arrival.arrived() || runner.end.ended())
      run = core::fill("{} {}", run, words::statement(runner).what);
    add_sentence(line.text, runner.losses.empty()
                                ? core::fill("{}.", run)
                                : core::fill("{}: f = {}.", run, display_number(runner.losses.back())));
  }
  return line;
}

StatusLine status_line(const sampling::SamplerSnapshot& sampled) {
  const sampling::SamplerConfig& config = sampled.config;
  const std::string name = surface_name(config.surface);
  StatusLine line{name + (sampled.playing ? " running " : " at rest ") + std::string(to_string(sampled.status)) +
                      (config.temperature > 0 ? "" : " cold") + sampled.message,
                  {}};
  const std::string chains =
      config.chains == 1 ? std::string("1 chain") : core::fill("{} chains", core::grouped(config.chains));
  const std::string temperature = display_number(config.temperature), step = core::grouped(sampled.step);
  line.text = sampled.playing
                  ? core::fill("Sampling: {} running on {}, temperature {}, step {}.", chains, name, temperature, step)
                  : core::fill("Sampling: {} at rest on {}, temperature {}, step {}.", chains, name, temperature, step);
  const bool counted = config.temperature > 0 && sampled.samples > 0;
  if (counted)
    add_sentence(line.text, core::fill("KL {} nats after {} samples.", display_number(sampled.kl, 3),
                                       core::grouped(static_cast<std::int64_t>(sampled.samples))));
  for (const SamplingLine& words : sampling_lines(sampled))
    if (words.warning || words.topic == SamplingTopic::effective ||
        (!counted && words.topic != SamplingTopic::acceptance))
      add_sentence(line.text, words.text);
  return line;
}

StatusLine status_line(const training::TrainerSnapshot& trainer) {
  const std::string state(to_string(trainer.state));
  if (trainer.state == training::TrainerState::empty)
    return {"empty", core::fill("Network: {}, no data set yet.", state)};
  std::string text = core::fill("Network: {}, step {} of {}.", state, trainer.step, trainer.target_step);
  if (trainer.train.known) add_sentence(text, core::fill("Training loss {}.", display_number(trainer.train.loss, 3)));
  if (trainer.test.known)
    add_sentence(text, core::fill("Test accuracy {} %.", display_number(100 * trainer.test.accuracy)));
  if (!trainer.message.empty()) add_sentence(text, trainer.message);
  return {state + trainer.message, std::move(text)};
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
