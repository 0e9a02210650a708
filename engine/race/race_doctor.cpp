// SPDX-License-Identifier: MIT
// The doctor's part in the race: when runs are looked at, what freezes them and what the visitor may do then; see
// doctor.h for what is found. Runs are frozen while playing only, at steps that are whole multiples of kCheckup: a run
// is frozen at the same step at any speed, and step() makes the steps that it is asked for.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/race/race_impl.h"

namespace descent::train {
namespace {

constexpr std::int64_t kCheckup = 10;

}  // namespace

core::Status Race::take_advice(int runner) {
  return impl_->refuse(impl_->follow_advice(runner));
}

core::Status Race::Impl::follow_advice(int runner) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  Lane& lane = lanes[static_cast<std::size_t>(runner)];
  const Diagnosis advice = diagnose(lane, surfaces::local_model(*surface, lane.runner.point()));
  if (!advice.offers())
    return core::Error{"there is no advice for runner " + std::to_string(runner) + ": " +
                       (advice.sentence.empty() ? "nothing is wrong with it" : "nothing that was tried helps")};
  const std::int64_t present = steps();
  lane.runner.back_to(advice.proposed_step);
  lane.generations.rewritten_from(lane.runner.losses().size(), next_generation++);
  if (advice.offers_push())
    lane.runner.push(advice.proposed_push);
  else if (core::Status status = lane.runner.set_hyperparameter(0, advice.proposed_learning_rate); !status.ok())
    return status;
  while (lane.runner.steps() < present && lane.runner.can_step()) lane.runner.step();
  config.runners[static_cast<std::size_t>(runner)] = lane.runner.config();
  lane.let_run = false;
  lane.watched_from = advice.proposed_step + kCircle;
  tuning = {};
  return {};
}

const Diagnosis& Race::Impl::diagnose(Lane& lane, const surfaces::LocalModel& head) const {
  const Runner& run = lane.runner;
  if (lane.examined_step == run.steps() && lane.examined_generation == lane.generations.identity() &&
      lane.examined_status == run.status())
    return lane.diagnosis;
  const bool same = lane.examined_generation == lane.generations.identity() && lane.examined_status == run.status();
  const std::int64_t before = lane.examined_step;
  lane.examined_step = run.steps();
  lane.examined_generation = lane.generations.identity();
  lane.examined_status = run.status();
  Diagnosis found = examine(*surface, scale, run, head);
  // A trouble that began before the last look is the same one, with what was tried for it.
  const Diagnosis& known = lane.diagnosis;
  if (same && found.kind == known.kind && found.lasting == known.lasting && found.since_step <= before) return known;
  propose(*surface, scale, run, found);
  lane.diagnosis = std::move(found);
  return lane.diagnosis;
}

core::Status Race::let_run(int runner) {
  return impl_->refuse(impl_->unfreeze(runner));
}

core::Status Race::Impl::unfreeze(int runner) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  Lane& lane = lanes[static_cast<std::size_t>(runner)];
  if (lane.runner.status() != RunStatus::frozen)
    return core::Error{"runner " + std::to_string(runner) + " is not frozen: it is " +
                       std::string(to_string(lane.runner.status()))};
  let_go(lane);
  lane.let_run = true;
  return {};
}

void Race::Impl::let_go(Lane& lane) const {
  const std::int64_t present = steps();
  lane.runner.thaw();
  while (lane.runner.steps() < present && lane.runner.can_step()) lane.runner.step();
}

void Race::set_freezing(bool on) {
  impl_->message.clear();
  impl_->change_freezing(on);
}

void Race::Impl::change_freezing(bool on) {
  config.freeze = on;
  if (on) return;
  for (Lane& lane : lanes)
    if (lane.runner.is_frozen()) let_go(lane);
}

void Race::Impl::play_step() {
  step_all();
  if (!config.freeze) return;
  for (Lane& lane : lanes) check_up(lane);
}

// Along the record nothing is judged anew.
void Race::Impl::check_up(Lane& lane) const {
  Runner& run = lane.runner;
  const std::int64_t step = run.steps();
  if (step % kCheckup != 0 || step < lane.watched_from || lane.let_run) return;
  if (!run.can_step() || step != run.recorded()) return;
  const Diagnosis found = examine(*surface, scale, run, surfaces::local_model(*surface, run.point()));
  if (found.lasting) run.freeze("frozen at step " + grouped(step) + ": " + found.sentence);
}

}  // namespace descent::train
