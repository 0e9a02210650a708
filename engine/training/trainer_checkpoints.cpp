// SPDX-License-Identifier: MIT
// Trainer: back along the run to one of its checkpoints (run_checkpoints.h), another run from there, and the runs that
// are kept to be compared (kept_runs.h).
#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_text.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {

bool Trainer::Impl::keep_checkpoint() {
  const std::vector<optim::StateSpan<float>> memory = optimizer->state();
  const std::span<const float> weights = std::as_const(*network).parameters();
  std::size_t values = weights.size();
  for (const auto& span : memory) values += span.values.size();
  const std::int64_t bytes = RunCheckpoint::bytes_with(values, curves);
  if (!checkpoints.make_room(bytes) || !core::room_for(2 * static_cast<std::uint64_t>(bytes))) {
    checkpoints.skip(step);
    return false;
  }
  const bool measured = !curves.train().empty();
  auto kept = std::make_shared<RunCheckpoint>(
      RunCheckpoint{.step = step,
                    .epoch = epochs_done(),
                    .loss = measured ? curves.train().back().loss : std::numeric_limits<double>::quiet_NaN(),
                    .config = config,
                    .state = active() ? TrainerState::paused : state,
                    .whole_epochs = batcher->epoch(),
                    .position = batcher->position(),
                    .parameters = weights.size(),
                    .values = {},
                    .record = record(),
                    .diagnosis = diagnosis,
                    .settled = settled,
                    .probed_step = probed_step});
  kept->values.reserve(values);
  kept->values.insert(kept->values.end(), weights.begin(), weights.end());
  for (const auto& span : memory) kept->values.insert(kept->values.end(), span.values.begin(), span.values.end());
  checkpoints.add(std::move(kept));
  return true;
}

// The checkpoint at or before the step. Where the run stands becomes one first, so that it can be come back to.
core::Result<RunCheckpoints::Pointer> Trainer::Impl::checkpoint_at(std::int64_t wanted) {
  const std::int64_t end = std::max(step, checkpoints.end());
  if (step == 0 && checkpoints.empty())
    return core::Error{"the run has no checkpoints yet: they are kept while it trains"};
  if (wanted < 0 || wanted > end)
    return core::Error{core::fill("step is {}; the run goes from 0 to {}", core::grouped(wanted), core::grouped(end))};
  if (active()) stop(TrainerState::paused);
  if (split && step > checkpoints.end() && !keep_checkpoint())
    return core::Error{core::fill("there is no memory for checkpoints of this run: all of them may take {} MB",
                                  kCheckpointBytes / 1'000'000)};
  if (RunCheckpoints::Pointer found = checkpoints.before(wanted)) return found;
  if (checkpoints.empty()) return core::Error{"the run has no checkpoints: its data set is not loaded"};
  return core::Error{
      core::fill("step is {}; the first checkpoint is at step {}", wanted, core::grouped(checkpoints.all()[0]->step))};
}

// Network, seed and data are those of the checkpoint already.
void Trainer::Impl::stand_at(const RunCheckpoint& kept, bool with_memory) {
  std::copy(kept.weights().begin(), kept.weights().end(), network->parameters().begin());
  const float* stored = kept.memory().data();
  for (const auto& span : optimizer->state()) {
    if (!with_memory) break;
    std::copy(stored, stored + span.values.size(), span.values.begin());
    stored += span.values.size();
  }
  update.resize(network->parameters().size());
  batch_study = {};
  throughput.clear();
  batcher->seek(kept.whole_epochs, kept.position);
  step = kept.step;
  take_record(kept.record);
  diagnosis = kept.diagnosis;
  settled = kept.settled;
  probed_step = kept.probed_step;
  state = step > 0 ? kept.state : TrainerState::ready;
}

core::Status Trainer::Impl::seek(std::int64_t wanted) {
  auto found = checkpoint_at(wanted);
  if (!found.ok()) return found.error();
  const RunCheckpoints::Pointer kept = std::move(found).value();
  TrainerConfig there = kept->config;
  there.threads = config.threads;
  if (core::Status s = accept(std::move(there)); !s.ok()) return s;
  stand_at(*kept, true);
  return {};
}

// The former run goes aside as it stands. Another optimizer begins with an empty memory, and where it does there is no
// way back along the path of the former.
core::Status Trainer::Impl::branch(std::int64_t wanted, const TrainerConfig& next) {
  if (!(next.network == config.network) || next.seed != config.seed)
    return core::Error{"a branch has the network and the seed of its run"};
  if (const auto checked = make_parts(next, split.get(), false); !checked.ok()) return checked.error();
  auto found = checkpoint_at(wanted);
  if (!found.ok()) return found.error();
  const RunCheckpoints::Pointer kept = std::move(found).value();
  const bool same = next.optimizer == kept->config.optimizer;
  auto first = make_parts(same ? kept->config : next, split.get(), true);
  if (!first.ok()) return first.error();
  RunCheckpoints shared = checkpoints;
  shared.forget_after(kept->step);
  const BranchPoint from{branched && !worth_keeping() ? branched->run : number, kept->step};
  const std::int64_t since = same ? optimizer_since : kept->step;
  first->config.threads = config.threads;
  replace_run(std::move(first).value());
  optimizer_since = since;
  branched = from;
  stand_at(*kept, same);
  if (same) {
    checkpoints = std::move(shared);
    if (core::Status s = accept(next); !s.ok()) return s;
  } else {
    settings_changed();
  }
  state = step > 0 ? TrainerState::paused : TrainerState::ready;
  const bool trained = batcher->epoch() >= config.epochs;
  target = {true, trained ? batcher->epoch() + config.epochs : config.epochs, 0};
  return {};
}

// The present run among those that are kept; of one that stands at an earlier checkpoint all of its curves.
void Trainer::Impl::keep_run() {
  const bool back = checkpoints.end() > step;
  const Curves& whole = back ? checkpoints.all().back()->record.curves : curves;
  if (whole.train().empty() || !worth_keeping()) return;
  const RunCheckpoint* last = back ? checkpoints.all().back().get() : nullptr;
  const TrainerState stands = last != nullptr ? last->state : state;
  KeptRun run{.id = number,
              .config = config,
              .dataset = split ? split->name : std::string(),
              .state = is_at_work(stands) ? TrainerState::paused : stands,
              .step = last != nullptr ? last->step : step,
              .train_curve = whole.train(),
              .test_curve = whole.test(),
              .changes = whole.changes(),
              .branched = branched,
              .pinned = pinned};
  if (last != nullptr) run.config = last->config;
  kept_runs.add(std::move(run));
}

core::Status Trainer::Impl::no_such_run(std::uint64_t id) const {
  return core::Error{core::fill("there is no run {}; network.runs() lists those that are kept", id)};
}

void Trainer::Impl::publish_checkpoints(TrainerSnapshot& out) const {
  out.checkpoints.clear();
  for (const RunCheckpoints::Pointer& kept : checkpoints.all())
    out.checkpoints.push_back({kept->step, kept->epoch, kept->loss});
  out.checkpoint_bytes = checkpoints.bytes();
  out.run_end = std::max(step, checkpoints.end());
  out.branched = branched;
  out.kept_runs = kept_runs.all();
  out.kept_run_bytes = kept_runs.bytes();
  out.gone_runs = kept_runs.gone();
  out.pinned = pinned;
}

core::Status Trainer::seek(std::int64_t step) {
  return impl_->refuse(impl_->seek(step));
}

const TrainerConfig& Trainer::config_at(std::int64_t step) const {
  const bool newest = impl_->step >= impl_->checkpoints.end() && step >= impl_->step;
  const RunCheckpoints::Pointer kept = impl_->checkpoints.before(step);
  return newest || !kept ? impl_->config : kept->config;
}

core::Status Trainer::branch(std::int64_t step, const TrainerConfig& config) {
  return impl_->refuse(impl_->branch(step, config));
}

core::Status Trainer::branch() {
  return impl_->refuse(impl_->branch(impl_->step, TrainerConfig(impl_->config)));
}

core::Status Trainer::keep_run(std::uint64_t id, bool on) {
  if (id == impl_->number) {
    impl_->pinned = on;
    return {};
  }
  if (impl_->earlier && id == impl_->earlier->number) impl_->earlier->pinned = on;
  return impl_->kept_runs.pin(id, on) ? core::Status() : impl_->no_such_run(id);
}

core::Status Trainer::remove_run(std::uint64_t id) {
  if (id == impl_->number)
    return core::Error{core::fill("run {} is the present one; it is kept when another begins", id)};
  return impl_->kept_runs.remove(id) ? core::Status() : impl_->no_such_run(id);
}

}  // namespace descent::training
