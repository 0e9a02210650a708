// SPDX-License-Identifier: MIT
// Trainer's commands, see trainer.h and trainer_impl.h.
#include "engine/training/trainer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/parallel/clock.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr double kPublishInterval = 0.1;  // each picture of a run costs time that training could use

}  // namespace

std::string_view to_string(TrainerState state) {
  switch (state) {
    case TrainerState::empty:
      return "empty";
    case TrainerState::ready:
      return "ready";
    case TrainerState::training:
      return "training";
    case TrainerState::evaluating:
      return "evaluating";
    case TrainerState::paused:
      return "paused";
    case TrainerState::finished:
      return "finished";
    case TrainerState::diverged:
      return "diverged";
  }
  return "";
}

Trainer::Trainer() : impl_(std::make_unique<Impl>()) {
  impl_->owner = this;
  const core::Status status = impl_->accept({});
  DESCENT_ASSERT(status.ok());
}
Trainer::~Trainer() = default;

core::Status Trainer::configure(const TrainerConfig& config) {
  return impl_->refuse(impl_->accept(config));
}

core::Status Trainer::set_hyperparameter(int index, double value) {
  const auto specs = impl_->optimizer->info().parameters;
  if (core::Status status = core::check_hyperparameter(impl_->config.optimizer, specs, index); !status.ok())
    return impl_->refuse(std::move(status));
  TrainerConfig wanted = impl_->config;
  wanted.hyperparameters[static_cast<std::size_t>(index)] = value;
  return configure(wanted);
}

core::Status Trainer::set_batch_size(int batch_size) {
  TrainerConfig wanted = impl_->config;
  wanted.batch_size = batch_size;
  return configure(wanted);
}

core::Status Trainer::load(std::shared_ptr<const data::DataSplit> split) {
  return load(std::move(split), impl_->config);
}

core::Status Trainer::load(std::shared_ptr<const data::DataSplit> split, const TrainerConfig& config) {
  return impl_->refuse(impl_->accept_data(std::move(split), config));
}

core::Status Trainer::set_layout(data::Layout layout) {
  return impl_->refuse(impl_->accept_layout(layout));
}

core::Status Trainer::undo_load() {
  return impl_->refuse(impl_->go_back());
}

core::Status Trainer::go_to(std::uint64_t run, const TrainerConfig& config, data::Layout layout) {
  return impl_->refuse(impl_->go_to(run, config, layout));
}

core::Status Trainer::train() {
  const std::int64_t done = impl_->batcher ? impl_->batcher->epoch() : 0;
  return train_epochs(done < impl_->config.epochs ? impl_->config.epochs - done : impl_->config.epochs);
}

core::Status Trainer::train_epochs(std::int64_t epochs) {
  core::Status status = core::check_whole("epochs", epochs, 1, kMaxEpochs);
  if (status.ok()) status = impl_->begin({true, (impl_->batcher ? impl_->batcher->epoch() : 0) + epochs, 0});
  return impl_->refuse(std::move(status));
}

core::Status Trainer::train_steps(std::int64_t steps) {
  core::Status status = core::check_whole("steps", steps, 1, kMaxTrainSteps);
  if (status.ok()) status = impl_->begin({false, 0, impl_->step + steps});
  return impl_->refuse(std::move(status));
}

void Trainer::pause() {
  if (impl_->active()) return impl_->stop(TrainerState::paused);
  if (impl_->on_stop) impl_->on_stop(*this);
}

void Trainer::reset() {
  impl_->notice.clear();
  impl_->begin_anew(impl_->config.seed);
}

void Trainer::set_on_stop(std::function<void(const Trainer&)> on_stop) {
  impl_->on_stop = std::move(on_stop);
}

core::Result<std::vector<float>> Trainer::predict(std::span<const float> images) {
  return impl_->predict(images);
}

core::Result<std::vector<std::uint8_t>> Trainer::gradients(std::span<const float> images,
                                                           std::span<const std::int32_t> labels) {
  return impl_->gradients(images, labels);
}

std::vector<std::uint8_t> Trainer::save(std::string_view config_json, bool with_optimizer) const {
  return impl_->save(config_json, with_optimizer, false);
}

std::vector<std::uint8_t> Trainer::save_run(std::string_view config_json) const {
  return impl_->save(config_json, true, true);
}

core::Status Trainer::restore(std::span<const std::uint8_t> bytes, std::string_view name, bool tells) {
  core::Status status = impl_->restore(bytes, name);
  return status.ok() || !tells ? status : impl_->refuse(std::move(status));
}

const TrainerConfig& Trainer::config() const {
  return impl_->config;
}

TrainerConfig Trainer::fitted(TrainerConfig config) const {
  if (impl_->split)
    config.network = nn::with_outputs(std::move(config.network), static_cast<int>(impl_->split->class_labels.size()));
  return config;
}

std::vector<std::int32_t> Trainer::class_labels() const {
  return impl_->class_labels();
}

TrainerState Trainer::state() const {
  return impl_->state;
}

void Trainer::assist(bool on) {
  impl_->assists = on;
}

void Trainer::look(LensWish wish) {
  if (impl_->wish == wish) return;
  impl_->wish = std::move(wish);
  impl_->wish_stale = true;
}

bool Trainer::busy() const {
  return impl_->active() || impl_->study.has_value() || !impl_->studies.empty() || impl_->answering.has_value() ||
         impl_->wants_answers() || impl_->batch_due >= 0 || impl_->wants_search() || impl_->wants_posterior();
}

void Trainer::advance(double slice) {
  impl_->go_on_with_batch();
  const double begin = parallel::seconds_now();
  double now = begin;
  for (bool first = true; impl_->active() && (first || now - begin < slice); first = false) {
    const double before = now;
    if (impl_->state == TrainerState::training)
      impl_->train_one_step();
    else
      impl_->evaluate_one_chunk();
    now = parallel::seconds_now();
    impl_->seconds += now - before;
  }
  impl_->go_on_studying();
  impl_->go_on_answering();
  impl_->go_on_with_posterior();
  impl_->go_on_with_studies();
  impl_->go_on_searching(now - begin);
}

void Trainer::publish(Snapshot& snapshot) {
  impl_->refresh_views(parallel::seconds_now());
  impl_->show_study();
  impl_->show_answers();
  impl_->show_posterior(snapshot.posterior);
  impl_->publish(snapshot);
}

double Trainer::publish_interval() const {
  return kPublishInterval;
}

}  // namespace descent::training
