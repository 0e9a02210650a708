// SPDX-License-Identifier: MIT
#include "web/workers/sampling_driver.h"

#include <utility>

#include "engine/sampling/automatic_settings.h"
#include "web/state/strip_tabs.h"

namespace descent::web {

SamplingDriver::Wish SamplingDriver::wish_of(const UiState& ui, const race::RaceConfig& race) {
  const SamplingSettings& settings = ui.sampling;
  Wish wish;
  static_cast<sampling::ChainSettings&>(wish.config) = settings;
  if (settings.automatic) wish.config.temperature = wish.config.learning_rate = 0;
  wish.config.surface = race.surface_choice();
  wish.config.start = race.start;
  wish.automatic = settings.automatic;
  wish.runs = ui.sampling_runs;
  return wish;
}

// carry_out() runs on the sampler's thread. The chains begin anew only if something of theirs has changed.
void SamplingDriver::carry_out(sampling::Sampler& sampler, Wish wish) {
  if (wish.automatic) {
    if (const auto surface = surfaces::make_surface(wish.config.surface); surface.ok()) {
      const sampling::SamplingFit fit = sampling::fit_sampling(**surface, wish.config.start, wish.config.method);
      wish.config.temperature = fit.temperature;
      wish.config.learning_rate = fit.learning_rate;
    }
  }
  if (!(sampler.config() == wish.config)) {
    sampler.pause();
    if (!sampler.configure(wish.config).ok()) return;  // the snapshot says why
  }
  wish.runs ? sampler.play() : sampler.pause();
}

void SamplingDriver::follow(UiState& ui, Host& host, bool at_once) {
  if (!shows_sampling(ui)) {
    if (asked_) host.sampler().post([](sampling::Sampler& sampler) { sampler.pause(); });
    asked_.reset();
    return;
  }
  auto& worker = host.sampler();
  const sampling::SamplerSnapshot& found = host.snapshots().of<sampling::Sampler>();
  if (asked_ && asked_->automatic && ui.sampling.automatic && worker.settled()) {
    ui.sampling.temperature = found.config.temperature;
    ui.sampling.learning_rate = found.config.learning_rate;
  }
  Wish wish = wish_of(ui, host.snapshots().of<race::Race>().config);
  if (asked_ == wish || (!at_once && asked_ && !worker.settled())) return;
  const bool same = asked_ && asked_->config == wish.config && asked_->automatic == wish.automatic;
  asked_ = wish;
  if (same)
    worker.post([runs = wish.runs](sampling::Sampler& sampler) { runs ? sampler.play() : sampler.pause(); });
  else
    worker.post([wish = std::move(wish)](sampling::Sampler& sampler) { carry_out(sampler, wish); });
}

}  // namespace descent::web
