// SPDX-License-Identifier: MIT
// Trainer: the doctor's part. After each new point of the curves the run is examined. What is tried for it, and the
// rate finder, are trials on a copy of the network: they take their turn beside training for a stated share of the
// time, and all of it while nothing trains. Nothing of it touches the run: its bits are the same without.
#include <algorithm>
#include <utility>

#include "engine/parallel/clock.h"
#include "engine/training/doctor/advice.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr double kSearchSlice = 0.004;  // seconds, while nothing trains
constexpr double kShare = 0.03;         // of training's time,
constexpr double kTroubledShare = 0.5;  // and where training is of no use as it is
constexpr double kMostCredit = 0.1;     // seconds

}  // namespace

void Trainer::Impl::check_up() {
  if (guess_print != data_print) {
    guess = guessing(split->train);
    guess_print = data_print;
  }
  const std::int64_t laid_out = schedule_steps();
  const auto scheduled = [&](std::int64_t k) {
    return schedule.scale(std::clamp<std::int64_t>(k, 1, laid_out), laid_out);
  };
  const std::int64_t here = schedule_step();
  constexpr double kHeldBack = 0.1;  // of the learning rate, as for a race's runs
  const bool held_back = scheduled(here) < kHeldBack || scheduled(here - step + settled + 1) < kHeldBack;
  Diagnosis found = examine({.curves = curves,
                             .guess = guess,
                             .settled = settled,
                             .batch_size = config.batch_size,
                             .laid_out = laid_out,
                             .learning_rate = learning_rate(),
                             .held_back = held_back});
  if (found.kind == Trouble::chance || found.kind == Trouble::no_progress) {
    const std::int64_t window = curves.interval() * static_cast<std::int64_t>(kWindow);
    if (diagnosis.relus.empty() || step - probed_step >= window) {
      found.relus = probe_relus(*network, split->train, layout, *pool);
      probed_step = step;
    } else {
      found.relus = diagnosis.relus;
    }
    if (found.kind == Trouble::chance &&
        std::any_of(found.relus.begin(), found.relus.end(), [](const DeadUnits& layer) { return layer.all(); }))
      found.kind = Trouble::dead_relus;
  }
  diagnosis = std::move(found);
}

void Trainer::Impl::settings_changed() {
  settled = step;
  if (state != TrainerState::diverged) diagnosis = {};
}

// The configuration without that on which the trials do not depend.
TrainerConfig Trainer::Impl::searched() const {
  TrainerConfig key = config;
  key.hyperparameters[0] = 0;
  key.schedule.clear();
  key.schedule_parameters.clear();
  key.epochs = key.threads = 0;
  return key;
}

bool Trainer::Impl::rates_fit() const {
  return search_print == data_print && search_layout == layout && search_key == searched();
}

bool Trainer::Impl::wants_search() const {
  if (!split || !(wish.rates || (assists && wants_rate(diagnosis)))) return false;
  return !rates_fit() || search != nullptr || rate_to_try(diagnosis, config, rates) > 0;
}

void Trainer::Impl::begin_search() {
  const bool fits = rates_fit();
  if (!fits) {
    search_key = searched();
    search_print = data_print;
    search_layout = layout;
    rates = {};
  }
  search_credit = 0;
  search = RateSearch::make(config, split, layout, *pool);
  if (search && fits) search->go_on_from(rates, rate_to_try(diagnosis, config, rates));
  if (!search && fits) rates.known = false;  // there was no memory for it
}

// Its memory is needed; it begins anew afterwards.
void Trainer::Impl::drop_search() {
  if (search) search_print = 0;
  search.reset();
}

// `trained`: seconds of the slice that training took.
void Trainer::Impl::go_on_searching(double trained) {
  if (!wants_search()) return;
  if (!search || !rates_fit()) begin_search();
  const double share = wants_rate(diagnosis) ? kTroubledShare : kShare;
  search_credit = active() ? std::min(search_credit + share * trained, kMostCredit) : kSearchSlice;
  double now = parallel::seconds_now();
  while (search && search_credit > 0) {
    const double before = now;
    search->advance(*pool);
    now = parallel::seconds_now();
    search_credit -= now - before;
    if (!search->done()) continue;
    rates = search->range();
    search.reset();
  }
}

void Trainer::Impl::publish_doctor(TrainerSnapshot& out) const {
  const bool fits = split && rates_fit();
  out.diagnosis = diagnosis;
  out.rates = fits ? rates : RateRange{};
  out.advice = advise(diagnosis, config, out.rates);
  out.searches = wants_search();
}

}  // namespace descent::training
