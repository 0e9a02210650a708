// SPDX-License-Identifier: MIT
// Trainer: what goes through the network outside training (predictions, gradients of given images) and weights as
// files.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/training/checkpoint.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {

core::Status Trainer::Impl::check_images(std::span<const float> given, std::string_view name) const {
  const auto size = static_cast<std::size_t>(network->input_size());
  if (given.empty() || given.size() % size != 0)
    return core::Error{core::fill("{}: {} numbers given; an image has {}, so there must be a positive multiple of that",
                                  name, core::grouped(static_cast<std::int64_t>(given.size())), size)};
  const auto wrong = std::find_if(given.begin(), given.end(), [](float v) { return !(v >= 0 && v <= 1); });
  if (wrong == given.end()) return {};
  const auto at = static_cast<std::size_t>(wrong - given.begin());
  return core::range_error(core::fill("{}: pixel {} of image {}", name, at % size, at / size),
                           core::format_number(static_cast<double>(*wrong)), 0, 1);
}

core::Result<std::vector<float>> Trainer::Impl::predict(std::span<const float> given) {
  if (core::Status status = check_images(given); !status.ok()) return status.error();
  const auto size = static_cast<std::size_t>(network->input_size());
  const auto classes = static_cast<std::size_t>(network->classes());
  const std::size_t count = given.size() / size;
  std::vector<float> result(count * classes);
  for (std::size_t first = 0; first < count; first += kEvaluationChunk) {
    const std::size_t n = std::min<std::size_t>(kEvaluationChunk, count - first);
    network->evaluate(given.subspan(first * size, n * size), {},
                      std::span(result).subspan(first * classes, n * classes), *pool);
  }
  return result;
}

core::Result<std::vector<std::uint8_t>> Trainer::Impl::gradients(std::span<const float> given,
                                                                 std::span<const std::int32_t> truth) {
  if (core::Status status = check_images(given); !status.ok()) return status.error();
  const auto size = static_cast<std::size_t>(network->input_size());
  const std::size_t count = given.size() / size;
  if (truth.size() != count)
    return core::Error{core::fill("labels: {} given for {}", truth.size(), core::counted(count, "image"))};
  const auto classes = classes_of(truth);
  if (!classes.ok()) return classes.error();
  const std::span<const std::uint16_t> labels_of_all(*classes);
  // Larger sets are done in parts as large as the plan, so that no call asks for more memory than training does.
  const auto part = static_cast<std::size_t>(std::max(config.batch_size, kEvaluationChunk));
  std::vector<double> sum(network->parameters().size(), 0.0);
  const std::span<float> newest_step = network->gradients();
  const std::vector<float> kept(newest_step.begin(), newest_step.end());  // StepFigures go on speaking of it
  double loss = 0;
  for (std::size_t first = 0; first < count; first += part) {
    const std::size_t n = std::min(part, count - first);
    const nn::BatchLoss result =
        network->loss_and_gradients(given.subspan(first * size, n * size), labels_of_all.subspan(first, n),
                                    static_cast<std::uint64_t>(step), *pool);
    const double share = static_cast<double>(n) / static_cast<double>(count);
    loss += share * result.loss;
    const std::span<const float> arena = network->gradients();
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += share * static_cast<double>(arena[i]);
  }
  std::copy(kept.begin(), kept.end(), newest_step.begin());
  std::vector<float> mean(sum.size());
  std::transform(sum.begin(), sum.end(), mean.begin(), [](double v) { return static_cast<float>(v); });
  return write_gradients(*network, mean, loss);
}

std::vector<std::uint8_t> Trainer::Impl::save(std::string_view config_json, bool with_optimizer,
                                              bool with_record) const {
  // Copies of everything, and the file; a page without as much room loses only the copy.
  std::uint64_t values = network->parameters().size();
  for (const auto& span : optimizer->state()) values += span.values.size();
  if (with_record && !core::room_for(2 * sizeof(float) * values)) return {};
  RunPosition run;
  run.step = step;
  run.seed = config.seed;
  run.optimizer_since = optimizer_since;
  if (batcher) {
    run.epoch = batcher->epoch();
    run.position = batcher->position();
    run.train_count = batcher->count();
  } else if (restored) {
    run = *restored;
  }
  // The optimizer's memory of a diverged run is of no use to anyone.
  const bool whole = with_optimizer && state != TrainerState::diverged;
  return write_checkpoint(*network, whole ? optimizer.get() : nullptr, run, split ? split->name : "",
                          std::string(config_json), class_labels(),
                          with_record ? record().numbers() : std::vector<double>());
}

RunRecord Trainer::Impl::record() const {
  const TrainerState stands = split ? state : restored_state;
  return {.data_print = data_print,
          .transposed = layout == data::Layout::transposed,
          .finished = stands == TrainerState::finished,
          .diverged = stands == TrainerState::diverged,
          .tested_step = tested_step,
          .target = target,
          .evaluation = evaluation,
          .epoch_mean = epoch_mean,
          .test = test,
          .seconds = seconds,
          .evaluation_seconds = evaluation_seconds,
          .step_loss = step_loss,
          .curves = curves};
}

core::Status Trainer::Impl::restore(std::span<const std::uint8_t> bytes, std::string_view name) {
  auto read = read_checkpoint(bytes, *network, *optimizer, name);
  if (!read.ok()) return read.error();
  const Checkpoint& checkpoint = *read;
  const bool diverged = checkpoint.record && checkpoint.record->diverged;
  const bool whole = checkpoint.has_optimizer || diverged;
  begin_anew(whole ? checkpoint.run.seed : config.seed);
  std::copy(checkpoint.parameters.begin(), checkpoint.parameters.end(), network->parameters().begin());
  notice.say(diverged ? "the run has diverged; the weights of the last finite step are kept" : checkpoint.note);
  message_is_remark = true;
  restored = RunPosition{};
  restored_state = TrainerState::paused;
  if (!split) data_print = 0;
  if (!whole) return {};
  const float* stored = checkpoint.optimizer_state.data();
  if (checkpoint.has_optimizer)
    for (const auto& span : optimizer->state()) {
      std::copy(stored, stored + span.values.size(), span.values.begin());
      stored += span.values.size();
    }
  step = tested_step = checkpoint.run.step;
  optimizer_since = std::min(step, checkpoint.run.optimizer_since);
  restored = checkpoint.run;
  bool same_data = split && restored->train_count == split->train.size();
  if (checkpoint.record) {
    if (split) same_data = checkpoint.record->data_print == data_print;
    if (!split || same_data) take_record(*checkpoint.record);
  }
  if (split) enter_restored_position(same_data);
  return {};
}

// All that there is of it without the data stands at once; the rest waits for them (accept_data).
void Trainer::Impl::take_record(const RunRecord& kept) {
  if (!split) data_print = kept.data_print;
  layout = kept.transposed ? data::Layout::transposed : data::Layout::upright;
  if (kept.finished) restored_state = TrainerState::finished;
  if (kept.diverged) restored_state = TrainerState::diverged;
  tested_step = kept.tested_step;
  target = kept.target;
  evaluation = kept.evaluation;
  epoch_mean = kept.epoch_mean;
  test = kept.test;
  seconds = kept.seconds;
  evaluation_seconds = kept.evaluation_seconds;
  step_loss = kept.step_loss;
  curves.take(kept.curves);
  show_run();
}

// The run goes to where the file's run stood, on the data set at hand; in another one only the epoch means anything.
void Trainer::Impl::enter_restored_position(bool same_data) {
  batcher.emplace(split->train.size(), config.seed);
  batcher->seek(restored->epoch, same_data ? std::min(restored->position, batcher->count() - 1) : 0);
  if (!same_data || data_print == 0) target = {true, std::max<std::int64_t>(config.epochs, batcher->epoch()), 0};
  if (evaluation.position > split->test.size()) evaluation = {};
  everything_changed();
  state = step > 0 ? restored_state : TrainerState::ready;
  settings_changed();
  if (state == TrainerState::diverged)
    diagnosis = {.kind = Trouble::diverged,
                 .since_step = step + 1,
                 .facts = RunDiverged{learning_rate(), step_loss},
                 .relus = {}};
}

}  // namespace descent::training
