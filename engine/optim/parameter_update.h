// SPDX-License-Identifier: MIT
// ParameterUpdate: one optimizer step on the network's parameters, split over the pool in chunks of fixed size
// (element- wise optimizers; the result does not depend on the split, see optimizer.h). It keeps the parameters of the
// step before, so a step that leads out of the finite numbers can be taken back. apply() allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/optim/optimizer.h"
#include "engine/parallel/thread_pool.h"

namespace descent::optim {

class ParameterUpdate {
 public:
  void resize(std::size_t parameters);

  // parameters, gradients: (n). False when a parameter is not finite afterwards; take_back() then undoes it.
  bool apply(Optimizer<float>& optimizer, std::span<float> parameters, std::span<const float> gradients,
             const StepContext& context, parallel::ThreadPool& pool);

  // The parameters before the last apply(); nothing happens when there was none since resize().
  void take_back(std::span<float> parameters);

  // These say whether there was an apply() since resize() or take_back(), and the parameters before it (n).
  [[nodiscard]] bool applied() const { return applied_; }
  [[nodiscard]] std::span<const float> previous() const { return previous_; }

 private:
  static constexpr std::size_t kChunk = 16384;  // elements: long enough to pay for a task, short enough to spread

  core::AlignedVector<float> previous_;
  std::vector<std::uint8_t> chunk_finite_;
  bool applied_ = false;
};

}  // namespace descent::optim
