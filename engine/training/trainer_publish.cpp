// SPDX-License-Identifier: MIT
// Trainer: the snapshot. All but what the lenses look at (trainer_views.cpp) is cheap and copied each time, curves only
// where they grew.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/parallel/generations.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {
constexpr std::int64_t kPreviewImages = 8;
}  // namespace

double Trainer::Impl::seconds_left() const {
  const double rate = throughput.images_per_second();
  if (!active() || rate <= 0) return std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(batcher->count());
  const double epochs = target.by_epochs ? std::max(0.0, static_cast<double>(target.epoch) - epochs_done())
                                         : static_cast<double>(std::max<std::int64_t>(0, target.step - step)) *
                                               static_cast<double>(config.batch_size) / count;
  return epochs * count / rate + std::ceil(epochs) * evaluation_seconds;
}

void Trainer::Impl::publish_data(TrainerSnapshot& out) const {
  out.dataset = split ? split->name : std::string();
  out.catalog_name = split ? split->catalog_name : std::string();
  out.train_count = split ? split->train.size() : 0;
  out.test_count = split ? split->test.size() : 0;
  out.class_labels = class_labels();
  out.layout = layout;
  out.earlier = run_with_other_data();
  if (out.preview_version == preview_version) return;
  out.preview_version = preview_version;
  const auto count = static_cast<std::size_t>(std::min(kPreviewImages, out.train_count));
  const std::size_t size = split ? split->train.image_size() : 0;
  out.preview.resize(count * size);
  out.preview_classes.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    data::read_image(split->train, layout, static_cast<std::int64_t>(i),
                     std::span(out.preview).subspan(i * size, size));
    out.preview_classes[i] = split->train.labels[i];
  }
}

void Trainer::Impl::publish(TrainerSnapshot& out) const {
  publish_doctor(out);
  out.config = config;
  out.config_version = config_version;
  out.run = number;
  out.state = state;
  publish_data(out);
  out.epoch = batcher ? batcher->epoch() : 0;
  out.step = step;
  out.steps_per_epoch = batcher ? batcher->steps_per_epoch(config.batch_size) : 0;
  out.target_step = target_step();
  out.learning_rate = learning_rate();
  out.schedule_step = schedule_step();
  out.schedule_steps = schedule_steps();
  out.images_per_second = throughput.images_per_second();
  out.seconds = seconds;
  out.seconds_left = seconds_left();
  out.train = epoch_mean.metrics();
  out.test = test;
  out.newest = newest;
  out.learned = step > 0 || worth_keeping();
  const std::uint64_t generation = number << 32 | curves.generation();
  const std::size_t common = out.curve_generation == generation ? parallel::kAll : 0;
  parallel::catch_up(curves.train(), out.train_curve, common);
  parallel::catch_up(curves.test(), out.test_curve, common);
  if (out.curve_changes != curves.changes()) out.curve_changes = curves.changes();
  out.curve_generation = generation;
  publish_checkpoints(out);
  out.message = notice.text();
  out.message_number = notice.number();
  out.message_is_remark = message_is_remark;
  out.threads = pool->threads();
  out.parameter_count = static_cast<std::int64_t>(std::as_const(*network).parameters().size());
  out.memory_bytes = network->memory_bytes();
  if (out.inspection.version != inspection.version) out.inspection = inspection;
  if (out.matrices.version != matrices.version)
    out.matrices = matrices;
  else
    out.matrices.ranks = matrices.ranks;
  out.answers = answers;
}

}  // namespace descent::training
