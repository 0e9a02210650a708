// SPDX-License-Identifier: MIT
// The optimizer's step over the pool, see parameter_update.h.
#include "engine/optim/parameter_update.h"

#include <algorithm>
#include <bit>

#include "engine/core/check.h"

namespace descent::optim {
namespace {

// The largest exponent field tells, and integers, unlike a sum of floats, may be compared in any order: the loop runs
// in vectors.
bool all_finite(std::span<const float> values) {
  constexpr std::uint32_t kExponent = 0x7F800000;
  std::uint32_t largest = 0;
  for (const float value : values) largest = std::max(largest, std::bit_cast<std::uint32_t>(value) & kExponent);
  return largest != kExponent;
}

}  // namespace

void ParameterUpdate::resize(std::size_t parameters) {
  previous_.assign(parameters, 0);
  chunk_finite_.assign((parameters + kChunk - 1) / kChunk, 1);
  applied_ = false;
}

bool ParameterUpdate::apply(Optimizer<float>& optimizer, std::span<float> parameters, std::span<const float> gradients,
                            const StepContext& context, parallel::ThreadPool& pool) {
  const std::size_t n = parameters.size();
  DESCENT_ASSERT(previous_.size() == n && gradients.size() == n);
  const bool elementwise = optimizer.elementwise();
  if (elementwise) optimizer.prepare(context);
  pool.run(static_cast<int>(chunk_finite_.size()), [&](int task, int) {
    const std::size_t begin = static_cast<std::size_t>(task) * kChunk;
    const std::size_t end = std::min(n, begin + kChunk);
    std::copy(parameters.data() + begin, parameters.data() + end, previous_.data() + begin);
    if (!elementwise) return;
    optimizer.update(parameters, gradients, begin, end, context);
    chunk_finite_[static_cast<std::size_t>(task)] = all_finite(parameters.subspan(begin, end - begin)) ? 1 : 0;
  });
  applied_ = true;
  if (!elementwise) {
    optimizer.step(parameters, gradients, context);
    return all_finite(parameters);
  }
  return std::all_of(chunk_finite_.begin(), chunk_finite_.end(), [](std::uint8_t finite) { return finite != 0; });
}

void ParameterUpdate::take_back(std::span<float> parameters) {
  if (!applied_) return;
  std::copy(previous_.begin(), previous_.end(), parameters.begin());
  applied_ = false;
}

}  // namespace descent::optim
