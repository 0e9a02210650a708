// SPDX-License-Identifier: MIT
// A step may write its output over its input when the operation can, nobody's backward pass wants the input's values
// (the producer does not keep its output), and the input is not the caller's images.
#include "engine/nn/plan.h"

#include <algorithm>

namespace descent::nn {
namespace {

template <class T>
std::int64_t parameter_count(const Layer<T>& layer) {
  std::int64_t count = 0;
  for (const ParameterLayout& parameter : layer.parameters()) count += parameter.size();
  return count;
}

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
    plan.scratch_elements = std::max(plan.scratch_elements, step.needs.scratch);
    if (step.parameter_count == 0 || step.needs.whole_batch_gradient) continue;
    step.shard = plan.shard_elements;
    plan.shard_elements += step.parameter_count;
  }
}

std::string place(std::size_t index, const std::string& type) {
  return "layer " + std::to_string(index) + " (" + type + ")";
}

}  // namespace

template <class T>
Plan<T> make_plan(const std::vector<std::unique_ptr<Layer<T>>>& layers,
                  const std::vector<std::int64_t>& parameter_offsets) {
  Plan<T> plan;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Step<T> step;
    step.operation = layers[i].get();
    step.first_layer = step.last_layer = static_cast<int>(i);
    step.parameters = parameter_offsets[i];
    step.parameter_count = parameter_count(*layers[i]);
    step.needs = layers[i]->needs();
    plan.steps.push_back(step);
  }
  assign_tensors(plan);
  assign_memory(plan);
  const auto trainable = [](const Step<T>& step) { return step.parameter_count > 0; };
  plan.first_trainable =
      static_cast<int>(std::find_if(plan.steps.begin(), plan.steps.end(), trainable) - plan.steps.begin());
  return plan;
}

template <class T>
core::Result<std::vector<std::unique_ptr<Layer<T>>>> bind_layers(const NetworkSpec& spec) {
  const Shape& input = spec.input;
  if (input.height < 1 || input.width < 1 || input.channels < 1 || input.size() > kMaxActivations)
    return core::Error{"the input is " + to_string(input) +
                       "; each extent must be at least 1 and their product at most " + std::to_string(kMaxActivations)};
  if (spec.layers.empty() || spec.layers.size() > kMaxLayers)
    return core::Error{"the network has " + std::to_string(spec.layers.size()) + " layers; it must have 1 to " +
                       std::to_string(kMaxLayers)};
  std::vector<std::unique_ptr<Layer<T>>> layers;
  std::int64_t parameters = 0, activations = input.size();
  Shape shape = input;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    const LayerType* type = find_layer_type(layer.type);
    if (type == nullptr) {
      std::string known;
      for (const LayerInfo* info : layer_catalog()) known += (known.empty() ? "" : ", ") + std::string(info->name);
      return core::Error{"layer " + std::to_string(i) + ": there is no layer type \"" + layer.type + "\"; known are " +
                         known};
    }
    core::Result<std::vector<double>> values =
        core::resolve_params(place(i, layer.type), type->info->parameters, layer.parameters);
    if (!values.ok()) return values.error();
    core::Result<std::unique_ptr<Layer<T>>> made = make_layer<T>(*type, *values, shape);
    if (!made.ok()) return core::Error{place(i, layer.type) + ": " + made.message()};
    layers.push_back(std::move(*made));
    shape = layers.back()->output();
    parameters += parameter_count(*layers.back());
    activations += shape.size();
    if (parameters > kMaxParameters)
      return core::Error{place(i, layer.type) + ": brings the network to " + std::to_string(parameters) +
                         " parameters; the limit is " + std::to_string(kMaxParameters)};
    if (activations > kMaxActivations)
      return core::Error{place(i, layer.type) + ": brings the network to " + std::to_string(activations) +
                         " activations an image; the limit is " + std::to_string(kMaxActivations)};
  }
  const std::string last = place(spec.layers.size() - 1, spec.layers.back().type);
  if (!shape.flat || shape.height != 1 || shape.width != 1)
    return core::Error{last + ": is the last one and gives " + to_string(shape) +
                       "; the network must end in a vector with one number for each class (flatten, then dense)"};
  if (shape.channels < kMinClasses || shape.channels > kMaxClasses)
    return core::Error{last + ": is the last one and gives " + std::to_string(shape.channels) +
                       " classes; it must be " + std::to_string(kMinClasses) + " to " + std::to_string(kMaxClasses)};
  if (parameters == 0)
    return core::Error{last + ": the network has no layer with parameters, so there is nothing to train"};
  return layers;
}

template Plan<float> make_plan(const std::vector<std::unique_ptr<Layer<float>>>&, const std::vector<std::int64_t>&);
template Plan<double> make_plan(const std::vector<std::unique_ptr<Layer<double>>>&, const std::vector<std::int64_t>&);
template core::Result<std::vector<std::unique_ptr<Layer<float>>>> bind_layers(const NetworkSpec&);
template core::Result<std::vector<std::unique_ptr<Layer<double>>>> bind_layers(const NetworkSpec&);

}  // namespace descent::nn
