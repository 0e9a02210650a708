// SPDX-License-Identifier: MIT
// Trainer: data sets. A set that comes gives the network's last layer as many outputs as it has classes; the run that
// it ends is kept as a whole and may change places with the new one, so that nobody loses what was trained.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr std::int64_t kMostKept = 128'000'000;  // bytes of a run that is put aside

core::Status check_classes(const data::DataSplit& data) {
  const std::size_t classes = data.class_labels.size();
  if (classes < static_cast<std::size_t>(nn::kMinClasses))
    return core::Error{core::fill("all labels of the data set ({}) are the same; there must be at least {} classes",
                                  data.name, nn::kMinClasses)};
  if (classes <= static_cast<std::size_t>(nn::kMaxClasses)) return {};
  return core::Error{core::fill("the data set ({}) has {} classes; at most {} are possible", data.name,
                                core::grouped(static_cast<std::int64_t>(classes)), core::grouped(nn::kMaxClasses))};
}

// Labels that follow one another are a range; of others the sentence names how many there are, the first and the last.
core::Error unknown_label(std::string_view name, std::int32_t label, const std::vector<std::int32_t>& known) {
  const std::int64_t low = known.front(), high = known.back();
  const auto count = static_cast<std::int64_t>(known.size());
  if (high - low + 1 == count) return core::range_error(name, label, low, high);
  return core::Error{core::fill("{} is {}; it must be one of the data set's {} labels, from {} to {}", name, label,
                                core::grouped(count), low, high)};
}

// The place of a label among those of the data set, which ascend; -1: there is no such label.
int place_of(std::int32_t label, const std::vector<std::int32_t>& known) {
  const auto place = std::lower_bound(known.begin(), known.end(), label);
  return place == known.end() || *place != label ? -1 : static_cast<int>(place - known.begin());
}

}  // namespace

core::Status Trainer::Impl::accept_data(std::shared_ptr<const data::DataSplit> wanted, TrainerConfig next) {
  DESCENT_ASSERT(wanted != nullptr);
  drop_search();
  if (wanted->train.size() < 1) return core::Error{"the data set has no training images"};
  if (core::Status s = check_classes(*wanted); !s.ok()) return s;
  const auto outputs = static_cast<int>(wanted->class_labels.size());
  if (next.network == config.network) next.network = nn::with_outputs(std::move(next.network), outputs);
  const bool fits = next.network == config.network && next.optimizer == config.optimizer && next.seed == config.seed;
  const bool keep_weights = !split && restored && fits;
  auto parts = make_parts(std::move(next), wanted.get(), !keep_weights);
  if (!parts.ok()) return parts.error();
  if (keep_weights) {
    if (core::Status s = check_data(*network, *wanted); !s.ok()) return s;
    split = std::move(wanted);
    adopt(std::move(parts).value());
    // A run with a record knows its data; of others the size alone tells.
    const std::int64_t print = print_of(*split);
    const bool recorded = data_print != 0;
    const bool same_data = recorded ? data_print == print : restored->train_count == split->train.size();
    if (recorded && !same_data) forget_record();
    data_print = print;
    enter_restored_position(same_data);
  } else {
    if (split || restored || !fits) leave_run();
    split = std::move(wanted);
    data_print = print_of(*split);
    adopt(std::move(parts).value());
  }
  show_run();
  return {};
}

core::Status Trainer::Impl::accept_layout(data::Layout wanted) {
  if (!split) return core::Error{"there is no data set whose images could be turned; load one first"};
  if (wanted == layout) return {};
  auto parts = make_parts(config, split.get(), true);
  if (!parts.ok()) return parts.error();
  replace_run(std::move(parts).value());
  layout = wanted;
  show_run();
  return {};
}

// The run that undo_load() goes back to.
std::optional<EarlierRun> Trainer::Impl::run_with_other_data() const {
  if (!earlier || (earlier->split == split && earlier->layout == layout)) return {};
  return EarlierRun{earlier->split ? earlier->split->name : std::string(), earlier->network->classes(), earlier->step};
}

core::Status Trainer::Impl::go_back() {
  if (!run_with_other_data()) return core::Error{"there is no earlier data set to go back to"};
  change_places();
  return {};
}

core::Status Trainer::Impl::go_to(std::uint64_t run, TrainerConfig wanted, data::Layout wanted_layout) {
  const bool there = run == number || (earlier && earlier->number == run);
  if (there && run != number) change_places();
  if (split)
    if (core::Status s = accept_layout(wanted_layout); !s.ok()) return s;
  if (core::Status s = accept(owner->fitted(std::move(wanted))); !s.ok()) return s;
  if (there) return {};
  return core::Error{"the settings are back; the training from before is not kept any more"};
}

void Trainer::Impl::change_places() {
  if (active()) stop(TrainerState::paused);
  const int threads = config.threads;
  keep_run();
  std::swap(static_cast<TrainerRun&>(*this), *earlier);
  earlier->checkpoints.shrink(kCheckpointBytes / 4);
  kept_runs.remove(number);
  config.threads = threads;
  ++config_version;
  plan();
  show_run();
}

// The run goes aside, paused, and an empty one takes its place. One that took nobody's time does not push out an
// earlier one, and one that takes much memory is not kept.
void Trainer::Impl::leave_run() {
  if (active()) stop(TrainerState::paused);
  keep_run();
  TrainerRun empty{.number = ++runs, .config = config};
  if (!earlier || worth_keeping()) {
    earlier.reset();
    checkpoints.shrink(kCheckpointBytes / 4);
    if (held_bytes() <= kMostKept) earlier = std::make_unique<TrainerRun>(std::move(static_cast<TrainerRun&>(*this)));
  }
  static_cast<TrainerRun&>(*this) = std::move(empty);
}

// The bytes of the network and its data set, the larger parts of a run by far.
std::int64_t Trainer::Impl::held_bytes() const {
  const std::size_t pixels = split ? split->train.images.size() + split->test.images.size() : 0;
  return network->memory_bytes() + static_cast<std::int64_t>(pixels);
}

// The record of a restored run is about data that are not these.
void Trainer::Impl::forget_record() {
  clear_history();
  tested_step = step;
  layout = data::Layout::upright;
  restored_state = TrainerState::paused;
}

// Everything that is shown follows other data.
void Trainer::Impl::show_run() {
  everything_changed();
  ++preview_version;
}

std::vector<std::int32_t> Trainer::Impl::class_labels() const {
  if (split) return split->class_labels;
  std::vector<std::int32_t> known(static_cast<std::size_t>(network->classes()));
  std::iota(known.begin(), known.end(), 0);
  return known;
}

core::Result<std::vector<std::uint16_t>> Trainer::Impl::classes_of(std::span<const std::int32_t> truth) const {
  const std::vector<std::int32_t> known = class_labels();
  std::vector<std::uint16_t> classes;
  classes.reserve(truth.size());
  for (const std::int32_t label : truth) {
    const int place = place_of(label, known);
    if (place < 0) return unknown_label(core::fill("labels[{}]", classes.size()), label, known);
    classes.push_back(static_cast<std::uint16_t>(place));
  }
  return classes;
}

core::Result<std::uint16_t> Trainer::Impl::class_of(std::int32_t label) const {
  const std::vector<std::int32_t> known = class_labels();
  const int place = place_of(label, known);
  if (place < 0) return unknown_label("label", label, known);
  return static_cast<std::uint16_t>(place);
}

}  // namespace descent::training
