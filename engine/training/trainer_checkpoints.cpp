// SPDX-License-Identifier: MIT
// Trainer: checkpoints of the run (run_checkpoints.h).
#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/memory.h"
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

}  // namespace descent::training
