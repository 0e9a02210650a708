// SPDX-License-Identifier: MIT
// Trainer: what the page is shown. Filters and the inspected image are recomputed a few times a second while training
// and at once when something else changed; the rest of a snapshot is cheap and copied each time, curves only where they
// grew.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/parallel/generations.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr double kViewInterval = 0.25;  // seconds
constexpr std::int64_t kPreviewImages = 8;

// logits -> probabilities, with the largest subtracted against overflow.
std::vector<float> softmax(std::span<const float> logits) {
  std::vector<float> probabilities(logits.begin(), logits.end());
  const float largest = *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (float& p : probabilities) sum += p = std::exp(p - largest);
  for (float& p : probabilities) p /= sum;
  return probabilities;
}

double norm(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(sum);
}

}  // namespace

void Trainer::Impl::refresh_views(double now) {
  const bool due = views_step != step && (!active() || now - views_time >= kViewInterval);
  if (!views_stale && !due) return;
  refresh_figures();
  refresh_filters();
  refresh_inspection();
  views_stale = false;
  views_step = step;
  views_time = now;
}

void Trainer::Impl::refresh_figures() {
  const std::span<const float> weights = std::as_const(*network).parameters();
  newest = {.weight_norm = norm(weights)};
  if (!update.applied()) return;
  newest.known = true;
  newest.loss = step_loss;
  newest.gradient_norm = norm(network->gradients());
  double sum = 0;
  const std::span<const float> before = update.previous();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double step_taken = static_cast<double>(weights[i]) - static_cast<double>(before[i]);
    sum += step_taken * step_taken;
  }
  newest.step_norm = std::sqrt(sum);
}

void Trainer::Impl::refresh_filters() {
  filters.clear();
  filters_shape.clear();
  ++filters_version;
  const auto infos = network->parameter_infos();
  if (infos.empty() || infos[0].layer != 0 || infos[0].shape.size() != 4) return;
  filters.resize(static_cast<std::size_t>(infos[0].size));
  filters_shape = infos[0].shape;
  network->export_parameter(infos[0], std::as_const(*network).parameters(), filters);
}

core::Result<std::vector<float>> Trainer::Impl::wished_image() const {
  const auto size = static_cast<std::size_t>(network->input_size());
  if (wish.own_image()) {
    if (wish.image.size() == size) return wish.image;
    return core::Error{core::fill("an image has {} pixels here; {} were given", size, wish.image.size())};
  }
  if (!split) return core::Error{"there is no data set yet"};
  const std::int64_t count = split->test.size();
  if (wish.test_index < 0 || wish.test_index >= count)
    return core::Error{core::fill("there is no test image {}; the test set has {}, counted from 0", wish.test_index,
                                  core::grouped(count))};
  std::vector<float> image(split->test.image_size());
  data::read_image(split->test, layout, wish.test_index, image);
  return image;
}

void Trainer::Impl::refresh_inspection() {
  const std::uint64_t version = inspection.version + 1;
  core::Result<std::vector<float>> image = wished_image();
  inspection = {.version = version};
  if (!image.ok()) {
    inspection.refusal = image.message();
    return;
  }
  if (!wish.own_image()) {
    inspection.test_index = wish.test_index;
    inspection.label = split->test.labels[static_cast<std::size_t>(wish.test_index)];
  }
  inspection.image = std::move(image).value();
  nn::Trace<float> trace = network->trace(inspection.image);
  std::vector<std::vector<float>>& outputs = trace.outputs;
  inspection.probabilities = softmax(outputs.back());
  inspection.layers.resize(outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i)
    inspection.layers[i] = {network->spec().layers[i].type, network->output_shape(static_cast<int>(i)),
                            std::move(outputs[i])};
}

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
  out.train_count = split ? split->train.size() : 0;
  out.test_count = split ? split->test.size() : 0;
  out.class_labels = class_labels();
  out.layout = layout;
  out.earlier.reset();
  if (earlier)
    out.earlier =
        EarlierRun{earlier->split ? earlier->split->name : std::string(), earlier->network->classes(), earlier->step};
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
  out.config = config;
  out.config_version = config_version;
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
  out.learned = worth_keeping();
  const std::uint64_t generation = number << 32 | curves.generation();
  const std::size_t common = out.curve_generation == generation ? parallel::kAll : 0;
  parallel::catch_up(curves.train(), out.train_curve, common);
  parallel::catch_up(curves.test(), out.test_curve, common);
  out.curve_generation = generation;
  out.message = message;
  out.message_is_remark = message_is_remark;
  out.threads = pool->threads();
  out.parameter_count = static_cast<std::int64_t>(std::as_const(*network).parameters().size());
  out.memory_bytes = network->memory_bytes();
  if (out.filters_version != filters_version) {
    out.filters = filters;
    out.filters_shape = filters_shape;
    out.filters_version = filters_version;
  }
  if (out.inspection.version != inspection.version) out.inspection = inspection;
}

}  // namespace descent::training
