// SPDX-License-Identifier: MIT
// A step may write its output over its input when the operation can, nobody's backward pass wants the input's values
// (the producer does not keep its output), and the input is not the caller's images.
#include "engine/nn/plan.h"

#include <algorithm>
#include <utility>

#include "engine/nn/fusion.h"

namespace descent::nn {
namespace {

// Chooses input and output tensors of each step.
template <class T>
void assign_tensors(Plan<T>& plan) {
  plan.tensors.push_back({.size = plan.steps.front().operation->input().size()});
  std::vector<bool> kept{true};  // some backward pass reads the values as they are now
  int current = 0;
  for (Step<T>& step : plan.steps) {
    step.in = current;
    const bool share = step.needs.identity || (step.needs.in_place && !kept[static_cast<std::size_t>(current)]);
    if (!share) {
      current = static_cast<int>(plan.tensors.size());
      plan.tensors.push_back({.size = step.operation->output().size()});
      kept.push_back(false);
    }
    step.out = current;
    if (step.needs.keeps_output) kept[static_cast<std::size_t>(current)] = true;
    if (step.needs.whole_batch_gradient) {
      plan.tensors[static_cast<std::size_t>(step.in)].whole_batch = true;
      plan.tensors[static_cast<std::size_t>(step.out)].whole_batch = true;
    }
  }
}

template <class T>
void assign_memory(Plan<T>& plan) {
  for (std::size_t i = 1; i < plan.tensors.size(); ++i) {
    Tensor& tensor = plan.tensors[i];
    std::int64_t& total = tensor.whole_batch ? plan.batch_elements : plan.block_elements;
    tensor.offset = total;
    total += tensor.size;
  }
  for (Step<T>& step : plan.steps) {
    step.packed = plan.packed_elements;
    plan.packed_elements += step.needs.packed;
    step.cache = plan.cache_bytes;
    plan.cache_bytes += step.needs.cache_bytes;
    plan.scratch_bytes = std::max(plan.scratch_bytes, step.needs.scratch_bytes);
    if (step.parameter_count == 0 || step.needs.whole_batch_gradient) continue;
    step.shard = plan.shard_elements;
    plan.shard_elements += step.parameter_count;
  }
}

}  // namespace

template <class T>
Plan<T> make_plan(const std::vector<std::unique_ptr<Layer<T>>>& layers,
                  const std::vector<std::int64_t>& parameter_offsets) {
  Plan<T> plan;
  for (std::size_t i = 0; i < layers.size();) {
    Fusion<T> fusion = fuse(layers, i);
    Step<T> step;
    step.operation = fusion.operation != nullptr ? fusion.operation.get() : layers[i].get();
    step.first_layer = static_cast<int>(i);
    step.last_layer = static_cast<int>(i) + fusion.layers - 1;
    step.parameters = parameter_offsets[i];
    step.parameter_count = parameter_count(*step.operation);
    step.needs = step.operation->needs();
    plan.steps.push_back(step);
    if (fusion.operation != nullptr) plan.fused.push_back(std::move(fusion.operation));
    i += static_cast<std::size_t>(fusion.layers);
  }
  assign_tensors(plan);
  assign_memory(plan);
  const auto trainable = [](const Step<T>& step) { return step.parameter_count > 0; };
  plan.first_trainable =
      static_cast<int>(std::find_if(plan.steps.begin(), plan.steps.end(), trainable) - plan.steps.begin());
  return plan;
}

template Plan<float> make_plan(const std::vector<std::unique_ptr<Layer<float>>>&, const std::vector<std::int64_t>&);
template Plan<double> make_plan(const std::vector<std::unique_ptr<Layer<double>>>&, const std::vector<std::int64_t>&);

}  // namespace descent::nn
