// SPDX-License-Identifier: MIT
// The doctor's part in the race: when runs are looked at, what freezes them and what the visitor may do then; see
// doctor.h for what is found. Runs are frozen while playing only, at steps that are whole multiples of kCheckup: a run
// is frozen at the same step at any speed, and step() makes the steps that it is asked for.
#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "engine/race/race_impl.h"

namespace descent::race {
namespace {

constexpr std::int64_t kCheckup = 10;

}  // namespace

core::Status Race::take_advice(int runner) {
  return impl_->refuse(impl_->follow_advice(runner));
}

core::Status Race::Impl::follow_advice(int runner) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  RaceEntry& entry = entries[static_cast<std::size_t>(runner)];
  const Diagnosis advice = diagnose(entry, surfaces::local_model(*surface, entry.runner.point()));
  if (!advice.offers())
    return core::Error{core::fill("there is no advice for runner {}: {}", runner,
                                  advice.kind == DiagnosisKind::none || advice.at_goal
                                      ? "nothing is wrong with it"
                                      : "nothing that was tried helps")};
  const std::int64_t present = steps();
  entry.runner.back_to(advice.proposed_step);
  entry.generations.rewritten_from(entry.runner.losses().size(), next_generation++);
  if (advice.offers_push())
    entry.runner.push(advice.proposed_push);
  else if (core::Status status = entry.runner.set_hyperparameter(0, advice.proposed_learning_rate); !status.ok())
    return status;
  while (entry.runner.steps() < present && entry.runner.can_step()) entry.runner.step();
  config.runners[static_cast<std::size_t>(runner)] = entry.runner.config();
  entry.let_run = false;
  entry.watched_from = advice.proposed_step + kCircle;
  tuning = {};
  return {};
}

const Diagnosis& Race::Impl::diagnose(RaceEntry& entry, const surfaces::LocalModel& head) const {
  const Runner& run = entry.runner;
  if (entry.examined_step == run.steps() && entry.examined_generation == entry.generations.identity() &&
      entry.examined_status == run.status())
    return entry.diagnosis;
  const bool same = entry.examined_generation == entry.generations.identity() && entry.examined_status == run.status();
  const std::int64_t before = entry.examined_step;
  entry.examined_step = run.steps();
  entry.examined_generation = entry.generations.identity();
  entry.examined_status = run.status();
  Diagnosis found = examine_run(entry, head);
  // A trouble that began before the last look is the same one, with what was tried for it.
  const Diagnosis& known = entry.diagnosis;
  if (same && found.kind == known.kind && found.lasting == known.lasting && found.at_goal == known.at_goal &&
      found.since_step <= before)
    return known;
  if (!found.at_goal) propose(*surface, scale, run, found);
  entry.diagnosis = found;
  return entry.diagnosis;
}

core::Status Race::let_run(int runner) {
  return impl_->refuse(impl_->unfreeze(runner));
}

core::Status Race::Impl::unfreeze(int runner) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  RaceEntry& entry = entries[static_cast<std::size_t>(runner)];
  if (entry.runner.status() != RunStatus::frozen)
    return core::Error{core::fill("runner {} is not frozen: it is {}", runner, to_string(entry.runner.status()))};
  let_go(entry);
  entry.let_run = true;
  return {};
}

void Race::Impl::let_go(RaceEntry& entry) const {
  const std::int64_t present = steps();
  entry.runner.thaw();
  while (entry.runner.steps() < present && entry.runner.can_step()) entry.runner.step();
}

void Race::set_freezing(bool on) {
  impl_->notice.clear();
  impl_->change_freezing(on);
}

void Race::Impl::change_freezing(bool on) {
  config.freeze = on;
  if (on) return;
  for (RaceEntry& entry : entries)
    if (entry.runner.is_frozen()) let_go(entry);
}

void Race::Impl::play_step() {
  step_all();
  if (!config.freeze) return;
  for (RaceEntry& entry : entries) check_up(entry);
}

// A run that goes along its record is not judged anew.
void Race::Impl::check_up(RaceEntry& entry) const {
  Runner& run = entry.runner;
  const std::int64_t step = run.steps();
  if (step % kCheckup != 0 || step < entry.watched_from || entry.let_run) return;
  if (!run.can_step() || step != run.recorded()) return;
  const Diagnosis found = examine_run(entry, surfaces::local_model(*surface, run.point()));
  if (found.lasting && !found.at_goal) run.freeze(found);
}

}  // namespace descent::race
