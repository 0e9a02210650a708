// SPDX-License-Identifier: MIT
// Trainer: what a configuration may be, what of it changes live and what starts the run anew.
#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

// `batch` is the larger of the batches that training and evaluation make.
core::Error memory_error(int batch_size, int batch, std::int64_t bytes) {
  const std::string images = core::counted(static_cast<std::uint64_t>(batch), "image");
  const std::int64_t megabytes = bytes / 1000000;
  if (batch == batch_size)
    return core::Error{core::fill(
        "network: batches of {} in training take another {} MB; the browser gives the page no memory for as much",
        images, megabytes)};
  return core::Error{core::fill(
      "network: batches of {} in evaluation ({} in training) take another {} MB; the browser gives the page no memory "
      "for as much",
      images, batch_size, megabytes)};
}

}  // namespace

core::Status Trainer::Impl::check_numbers(const TrainerConfig& wanted) const {
  if (core::Status s = core::check_whole("batch_size", wanted.batch_size, 1, nn::kMaxBatch); !s.ok()) return s;
  if (core::Status s = core::check_whole("epochs", wanted.epochs, 1, kMaxEpochs); !s.ok()) return s;
  if (core::Status s = core::check_seed(wanted.seed); !s.ok()) return s;
  return core::check_whole("threads", wanted.threads, 0, kMaxThreads);
}

core::Status Trainer::Impl::check_data(const nn::Network<float>& candidate, const data::DataSplit& data) const {
  for (const data::Dataset* part : {&data.train, &data.test})
    if (candidate.input_size() != static_cast<std::int64_t>(part->image_size()))
      return core::Error{core::fill("network: it takes {} numbers an image; those of {} are {}x{}",
                                    candidate.input_size(), data.name, part->height, part->width)};
  if (candidate.classes() == static_cast<int>(data.class_labels.size())) return {};
  return core::Error{core::fill("network: the last layer has {}; the data set ({}) has {} classes",
                                core::counted(static_cast<std::uint64_t>(candidate.classes()), "output"), data.name,
                                data.class_labels.size())};
}

core::Result<RunParts> Trainer::Impl::make_parts(TrainerConfig wanted, const data::DataSplit* data, bool anew) const {
  if (core::Status s = check_numbers(wanted); !s.ok()) return s.error();
  if (const optim::CatalogEntry* entry = optim::find_optimizer(wanted.optimizer);
      entry != nullptr && wanted.hyperparameters.empty())
    wanted.hyperparameters = core::default_values(entry->info->parameters);
  auto made_schedule = optim::Schedule::make(wanted.schedule, wanted.schedule_parameters);
  if (!made_schedule.ok()) return made_schedule.error();
  wanted.schedule_parameters.assign(made_schedule->values().begin(), made_schedule->values().end());
  auto made_optimizer = optim::make_optimizer<float>(wanted.optimizer, wanted.hyperparameters);
  if (!made_optimizer.ok()) return made_optimizer.error();
  RunParts parts{std::move(wanted), std::nullopt, std::move(made_optimizer).value(), std::move(made_schedule).value()};
  const bool same = network && parts.config.network == config.network && parts.config.optimizer == config.optimizer &&
                    parts.config.seed == config.seed;
  if (same && !anew) {
    if (core::Status s = check_memory(parts); !s.ok()) return s.error();
    return parts;
  }
  auto made_network = nn::Network<float>::build(parts.config.network);
  if (!made_network.ok()) return made_network.error();
  if (data != nullptr)
    if (core::Status s = check_data(*made_network, *data); !s.ok()) return s.error();
  parts.network.emplace(std::move(made_network).value());
  if (core::Status s = check_memory(parts); !s.ok()) return s.error();
  return parts;
}

// The bytes that are still to be taken. A present network makes room for a new one; a network that stays only needs
// what it does not have yet.
std::int64_t Trainer::Impl::bytes_for(const RunParts& parts) const {
  const nn::Network<float>& wanted = parts.network ? *parts.network : *network;
  const int batch = std::max(parts.config.batch_size, kEvaluationChunk);
  const int threads =
      parts.config.threads == 0 ? std::min(parallel::hardware_threads(), kMaxThreads) : parts.config.threads;
  std::int64_t bytes = wanted.memory_for(batch, threads) +
                       static_cast<std::int64_t>(sizeof(float)) * std::int64_t{batch} * wanted.input_size();
  if (parts.network) {
    parts.optimizer->reset(1);
    std::size_t states = 1;  // the parameters of the step before
    for (const auto& span : parts.optimizer->state()) states += span.values.size();
    bytes += static_cast<std::int64_t>(sizeof(float) * states * std::as_const(wanted).parameters().size());
    bytes -= wanted.memory_bytes();
  }
  if (network) bytes -= network->memory_bytes();
  return bytes;
}

// A run that is put aside is there as long as nothing else needs its memory, and so are checkpoints.
core::Status Trainer::Impl::check_memory(const RunParts& parts) const {
  std::int64_t kept = checkpoints.bytes();
  if (earlier) kept += earlier->network->memory_bytes() + earlier->checkpoints.bytes();
  const std::int64_t bytes = std::max<std::int64_t>(0, bytes_for(parts) - kept);
  if (core::room_for(static_cast<std::uint64_t>(bytes))) return {};
  return memory_error(parts.config.batch_size, std::max(parts.config.batch_size, kEvaluationChunk), bytes);
}

core::Status Trainer::Impl::accept(TrainerConfig wanted) {
  if (!(wanted.network == config.network) || wanted.optimizer != config.optimizer ||
      wanted.batch_size != config.batch_size)
    drop_search();
  auto parts = make_parts(std::move(wanted), split.get(), false);
  if (!parts.ok()) return parts.error();
  if (parts->network)
    replace_run(std::move(parts).value());
  else
    adopt(std::move(parts).value());
  return {};
}

// The same data, with another network.
void Trainer::Impl::replace_run(RunParts parts) {
  if (worth_keeping()) {
    const std::shared_ptr<const data::DataSplit> data = split;
    const data::Layout turned = layout;
    const std::int64_t print = data_print;
    const TrainerState before = state;
    if (active()) state = TrainerState::paused;
    leave_run();
    split = data;
    layout = turned;
    data_print = print;
    state = before;  // its stop is reported where the new run stands ready
  }
  adopt(std::move(parts));
}

void Trainer::Impl::begin_anew(std::uint64_t seed) {
  if (worth_keeping()) {
    TrainerConfig wanted = config;
    wanted.seed = seed;
    if (auto parts = make_parts(std::move(wanted), split.get(), true); parts.ok())
      return replace_run(std::move(parts).value());
  }
  if (worth_keeping()) {  // there was no memory for two
    keep_run();
    number = ++runs;
  }
  if (std::exchange(config.seed, seed) != seed) ++config_version;
  start_anew();
}

void Trainer::Impl::adopt(RunParts parts) {
  const std::int64_t bytes = std::max<std::int64_t>(0, bytes_for(parts));
  if (!core::room_for(static_cast<std::uint64_t>(bytes))) {
    earlier.reset();
    checkpoints.clear();
  }
  schedule = std::move(parts.schedule);
  if (!parts.network) return apply_live(parts.config);
  const bool other_threads = !pool || parts.config.threads != config.threads;
  config = std::move(parts.config);
  ++config_version;
  network = std::move(parts.network);
  twin = {};
  optimizer = std::move(parts.optimizer);
  if (other_threads) make_pool();
  start_anew();
}

void Trainer::Impl::apply_live(const TrainerConfig& wanted) {
  if (wanted == config) return;
  const bool to_the_end = target.by_epochs && target.epoch == config.epochs;
  const bool other_threads = wanted.threads != config.threads;
  const bool other_steps = wanted.hyperparameters != config.hyperparameters || wanted.schedule != config.schedule ||
                           wanted.schedule_parameters != config.schedule_parameters ||
                           wanted.batch_size != config.batch_size;
  mark_changes(wanted);
  config = wanted;
  if (other_steps) settings_changed();
  ++config_version;
  optimizer->configure(config.hyperparameters);
  if (to_the_end) target.epoch = config.epochs;
  if (other_threads) make_pool();
  plan();
}

// The curves have to be read with these changes. Epochs count where a schedule is laid out for them; threads change
// nothing.
void Trainer::Impl::mark_changes(const TrainerConfig& wanted) {
  const auto mark = [this](std::int64_t setting, double from, double to) {
    if (from != to) curves.add_change({step, epochs_done(), setting, from, to});
  };
  for (std::size_t i = 0; i < wanted.hyperparameters.size(); ++i)
    mark(static_cast<std::int64_t>(i), config.hyperparameters[i], wanted.hyperparameters[i]);
  mark(CurveChange::kBatchSize, config.batch_size, wanted.batch_size);
  const auto index = [](const std::string& name) {
    return static_cast<double>(optim::find_schedule(name) - optim::schedule_catalog().data());
  };
  mark(CurveChange::kSchedule, index(config.schedule), index(wanted.schedule));
  if (config.schedule == wanted.schedule && config.schedule_parameters != wanted.schedule_parameters)
    curves.add_change({step, epochs_done(), CurveChange::kScheduleParameters, 0, 0});
  if (wanted.schedule != optim::kConstantSchedule) mark(CurveChange::kEpochs, config.epochs, wanted.epochs);
}

// The old threads end first: a page has a limited number of them in stock.
void Trainer::Impl::make_pool() {
  pool.reset();
  pool = std::make_unique<parallel::ThreadPool>(
      config.threads == 0 ? std::min(parallel::hardware_threads(), kMaxThreads) : config.threads);
}

void Trainer::Impl::plan() {
  const int largest = std::max(config.batch_size, kEvaluationChunk);
  network->plan(largest);
  images.resize(static_cast<std::size_t>(network->input_size()) * static_cast<std::size_t>(largest));
  labels.resize(static_cast<std::size_t>(largest));
  in_order.resize(kEvaluationChunk);
  newest_batch.reserve(static_cast<std::size_t>(largest));
}

void Trainer::Impl::start_anew() {
  network->initialize(config.seed);
  const std::size_t parameters = network->parameters().size();
  optimizer->reset(parameters);
  update.resize(parameters);
  batch_study = {};
  plan();
  batcher.reset();
  if (split) batcher.emplace(split->train.size(), config.seed);
  step = optimizer_since = 0;
  branched.reset();
  pinned = false;
  restored.reset();
  clear_history();
  target = {true, config.epochs, 0};
  stop(split ? TrainerState::ready : TrainerState::empty);
}

void Trainer::Impl::clear_history() {
  tested_step = -1;
  evaluation = {};
  epoch_mean.clear();
  test = {};
  curves.clear();
  throughput.clear();
  seconds = 0;
  evaluation_seconds = 0;
  diagnosis = {};
  settled = 0;
  checkpoints.clear();
  matrices.history.clear();
  matrices.ranks.reset();
  if (study) study->run.reset();
  everything_changed();
}

}  // namespace descent::training
