// SPDX-License-Identifier: MIT
// RunCheckpoints: the present run as it stood at its beginning and then every so many steps, kept while it trains. When
// the memory for them is full, the distance between two doubles and those in between go, so that they spread over the
// whole run however long it gets; the first and the newest are always there. When they are taken depends on the steps
// alone, not on time. Each has all that the run goes on from, bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/training/run_record.h"
#include "engine/training/trainer.h"

namespace descent::training {

// The checkpoints of the present run take at most so many bytes, those of a run that is put aside a quarter of it. Of
// a run with a checkpoint above a third of it there are none.
inline constexpr std::int64_t kCheckpointBytes = 48'000'000;
inline constexpr std::size_t kMostCheckpoints = 256;
// Steps between two, at first. Copying the reference network's weights and Adam's memory (2.7 MB) takes less than one
// of its steps.
inline constexpr std::int64_t kFirstCheckpointInterval = 100;

struct RunCheckpoint {
  std::int64_t step = 0;
  double epoch = 0;  // fractional
  double loss = 0;   // mean of the newest point of the training curve; NaN before there is one
  TrainerConfig config;
  TrainerState state = TrainerState::paused;
  std::int64_t whole_epochs = 0, position = 0;  // data::Batcher's
  std::size_t parameters = 0;
  std::vector<float> values;  // weights, then the optimizer's memory, span after span of Optimizer::state()
  RunRecord record;
  Diagnosis diagnosis;
  std::int64_t settled = 0, probed_step = 0;  // TrainerRun's

  // In the order of Network::parameters().
  [[nodiscard]] std::span<const float> weights() const { return std::span(values).first(parameters); }
  [[nodiscard]] std::span<const float> memory() const { return std::span(values).subspan(parameters); }
  [[nodiscard]] std::int64_t bytes() const { return bytes_with(values.size(), record.curves); }
  // The bytes that one with so many values takes, about.
  [[nodiscard]] static std::int64_t bytes_with(std::size_t values, const Curves& curves);
};

class RunCheckpoints {
 public:
  using Pointer = std::shared_ptr<const RunCheckpoint>;  // whoever looks at one longer than a moment holds it

  // Ascending steps.
  [[nodiscard]] std::span<const Pointer> all() const { return kept_; }
  [[nodiscard]] bool empty() const { return kept_.empty(); }
  [[nodiscard]] std::int64_t bytes() const;
  [[nodiscard]] std::int64_t interval() const { return interval_; }
  // The step of the newest; -1: there is none.
  [[nodiscard]] std::int64_t end() const { return kept_.empty() ? -1 : kept_.back()->step; }
  // The newest at or before the step; nullptr: there is none.
  [[nodiscard]] Pointer before(std::int64_t step) const;

  [[nodiscard]] bool due(std::int64_t step) const { return step >= next_; }
  // Thins out until one more of so many bytes has its place; false when it has none.
  bool make_room(std::int64_t bytes);
  // Its step lies behind end(), or is that, and then it takes the place of the newest.
  void add(Pointer checkpoint);
  // None is taken at this step.
  void skip(std::int64_t step) { next_ = step + interval_; }
  void forget_after(std::int64_t step);
  // Thins out to at most so many bytes; at least two stay.
  void shrink(std::int64_t bytes) { thin(bytes, kMostCheckpoints); }
  void clear() { *this = {}; }

 private:
  void thin(std::int64_t bytes, std::size_t count);
  void plan_next() { next_ = (end() / interval_ + 1) * interval_; }

  std::vector<Pointer> kept_;
  std::int64_t interval_ = kFirstCheckpointInterval;
  std::int64_t next_ = 0;  // when one is due
};

}  // namespace descent::training
