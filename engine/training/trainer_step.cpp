// SPDX-License-Identifier: MIT
// Trainer: a training step (gather a batch, loss and gradients, update), the evaluation of the test set in chunks, and
// where a run stops. A step allocates nothing, but for checkpoints.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/parallel/clock.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr int kGatherImages = 16;  // images a task

}  // namespace

core::Status Trainer::Impl::begin(Target wanted) {
  if (state == TrainerState::empty) return core::Error{"there is no data set to train on; load one first"};
  if (state == TrainerState::diverged)
    return core::Error{"the run has diverged; reset it (with a smaller learning rate) or restore weights first"};
  // Where later checkpoints follow, another run goes on; without memory for both, this one without them.
  if (checkpoints.end() > step && checkpoints.before(step) && checkpoints.before(step)->step == step)
    static_cast<void>(branch(step, TrainerConfig(config)));
  target = wanted;
  state = evaluation.active ? TrainerState::evaluating : TrainerState::training;
  return {};
}

bool Trainer::Impl::target_reached() const {
  return target.by_epochs ? batcher->epoch() >= target.epoch : step >= target.step;
}

double Trainer::Impl::epochs_done() const {
  if (!batcher) return 0;
  return static_cast<double>(batcher->epoch()) +
         static_cast<double>(batcher->position()) / static_cast<double>(batcher->count());
}

std::int64_t Trainer::Impl::target_step() const {
  if (!batcher || !target.by_epochs) return target.step;
  const std::int64_t epochs = target.epoch - batcher->epoch();
  if (epochs <= 0) return step;
  const std::int64_t left = batcher->count() - batcher->position();
  return step + (left - 1) / config.batch_size + 1 + (epochs - 1) * batcher->steps_per_epoch(config.batch_size);
}

std::int64_t Trainer::Impl::schedule_steps() const {
  return batcher ? config.epochs * batcher->steps_per_epoch(config.batch_size) : 1;
}

std::int64_t Trainer::Impl::schedule_step() const {
  if (!batcher) return 1;
  const std::int64_t an_epoch = batcher->steps_per_epoch(config.batch_size);
  const std::int64_t done = batcher->epoch() * an_epoch + batcher->position() * an_epoch / batcher->count();
  return done % schedule_steps() + 1;
}

double Trainer::Impl::learning_rate() const {
  return config.hyperparameters[0] * schedule.scale(schedule_step(), schedule_steps());
}

void Trainer::Impl::gather_batch(const data::Dataset& dataset, std::span<const std::uint32_t> indices) {
  const std::size_t size = dataset.image_size();
  const int tasks = static_cast<int>((indices.size() + kGatherImages - 1) / kGatherImages);
  pool->run(tasks, [&](int task, int) {
    const std::size_t first = static_cast<std::size_t>(task) * kGatherImages;
    const std::size_t count = std::min<std::size_t>(kGatherImages, indices.size() - first);
    data::gather(dataset, layout, indices.subspan(first, count), std::span(images).subspan(first * size, count * size),
                 std::span(labels).subspan(first, count));
  });
}

void Trainer::Impl::train_one_step() {
  const double begin = parallel::seconds_now();
  checkpoints.forget_after(step);
  if (checkpoints.due(step)) keep_checkpoint();
  if (batcher->position() == 0) epoch_mean.clear();
  const optim::StepContext context{step + 1 - optimizer_since, learning_rate(), nullptr};
  const data::Batcher::Batch batch = batcher->next(config.batch_size);
  const std::size_t n = batch.indices.size();
  gather_batch(split->train, batch.indices);
  const nn::BatchLoss result = network->loss_and_gradients(
      std::span<const float>(images).first(n * static_cast<std::size_t>(network->input_size())),
      std::span<const std::uint16_t>(labels).first(n), static_cast<std::uint64_t>(step), *pool);
  if (!std::isfinite(result.loss)) {
    batcher->seek(batch.epoch, batch.position);
    return diverge("the loss is not a finite number");
  }
  if (!update.apply(*optimizer, network->parameters(), network->gradients(), context, *pool)) {
    batcher->seek(batch.epoch, batch.position);
    return diverge("a weight is not a finite number after the update");
  }
  newest_batch.assign(batch.indices.begin(), batch.indices.end());
  ++step;
  step_loss = result.loss;
  throughput.add(static_cast<std::int64_t>(n), parallel::seconds_now() - begin);
  finish_step(result, batch);
}

void Trainer::Impl::finish_step(const nn::BatchLoss& result, const data::Batcher::Batch& batch) {
  const auto n = static_cast<std::int64_t>(batch.indices.size());
  epoch_mean.add(result.loss, result.correct, n);
  curves.add_step(step, epochs_done(), result.loss, result.correct, n);
  if (!curves.train().empty() && curves.train().back().step == step && step > 1) check_up();
  const bool worth_testing = step - std::max<std::int64_t>(tested_step, 0) >= kStepsWorthTesting;
  if (batch.last_of_epoch || (target_reached() && worth_testing)) {
    evaluation = {.active = split->test.size() > 0, .position = 0, .mean = {}, .seconds = 0};
    if (evaluation.active) state = TrainerState::evaluating;
  }
  if (state == TrainerState::training) go_on_or_finish();
}

void Trainer::Impl::diverge(const std::string& what) {
  update.take_back(network->parameters());
  notice.say(core::fill("diverged at step {}: {} ({}, learning rate {}); the weights of the last finite step are kept",
                        core::grouped(step + 1), what, config.optimizer, core::short_number(learning_rate())));
  message_is_remark = false;
  diagnosis = {
      .kind = Trouble::diverged, .since_step = step + 1, .facts = RunDiverged{learning_rate(), step_loss}, .relus = {}};
  stop(TrainerState::diverged);
}

void Trainer::Impl::evaluate_one_chunk() {
  const double begin = parallel::seconds_now();
  const data::Dataset& dataset = split->test;
  const std::int64_t count = std::min<std::int64_t>(kEvaluationChunk, dataset.size() - evaluation.position);
  const auto n = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < n; ++i)
    in_order[i] = static_cast<std::uint32_t>(evaluation.position) + static_cast<std::uint32_t>(i);
  gather_batch(dataset, std::span<const std::uint32_t>(in_order).first(n));
  const nn::BatchLoss result =
      network->evaluate(std::span<const float>(images).first(n * static_cast<std::size_t>(network->input_size())),
                        std::span<const std::uint16_t>(labels).first(n), {}, *pool);
  evaluation.mean.add(result.loss, result.correct, count);
  evaluation.position += count;
  evaluation.seconds += parallel::seconds_now() - begin;
  if (evaluation.position < dataset.size()) return;
  evaluation.active = false;
  evaluation_seconds = evaluation.seconds;
  test = evaluation.mean.metrics();
  tested_step = step;
  curves.add_test(step, epochs_done(), test);
  check_up();
  state = TrainerState::training;
  go_on_or_finish();
}

void Trainer::Impl::go_on_or_finish() {
  if (target_reached()) stop(TrainerState::finished);
}

void Trainer::Impl::stop(TrainerState stopped) {
  const bool was_active = active();
  state = stopped;
  views_stale = true;
  if (was_active && on_stop) on_stop(*owner);
}

}  // namespace descent::training
