// SPDX-License-Identifier: MIT
// Makes of a specification layers bound to the shapes they receive; everything that can be wrong with a network is
// found here and said in a sentence that names the layer.
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "engine/nn/plan.h"

namespace descent::nn {
namespace {

std::string place(std::size_t index, const std::string& type) {
  return core::fill("layer {} ({})", index, type);
}

core::Status check_extents(const NetworkSpec& spec) {
  const Shape& input = spec.input;
  const bool sound = input.height >= 1 && input.width >= 1 && input.channels >= 1;
  if (!sound || input.size() > kMaxActivations)
    return core::Error{core::fill("the input is {}; each extent must be at least 1 and their product at most {}",
                                  to_string(input), kMaxActivations)};
  if (spec.layers.empty() || spec.layers.size() > kMaxLayers)
    return core::Error{core::fill("the network has {} layers; it must have 1 to {}", spec.layers.size(), kMaxLayers)};
  return {};
}

core::Error unknown_type(std::size_t index, const std::string& type) {
  std::string known;
  for (const LayerInfo* info : layer_catalog()) known += (known.empty() ? "" : ", ") + std::string(info->name);
  return core::Error{core::fill("layer {}: there is no layer type \"{}\"; known are {}", index, type, known)};
}

template <class T>
core::Result<std::unique_ptr<Layer<T>>> bind_layer(std::size_t index, const LayerSpec& spec, const Shape& input) {
  const LayerType* type = find_layer_type(spec.type);
  if (type == nullptr) return unknown_type(index, spec.type);
  core::Result<std::vector<double>> values =
      core::resolve_params(place(index, spec.type), type->info->parameters, spec.parameters);
  if (!values.ok()) return values.error();
  core::Result<std::unique_ptr<Layer<T>>> layer = make_layer<T>(*type, *values, input);
  if (!layer.ok()) return core::Error{core::fill("{}: {}", place(index, spec.type), layer.message())};
  return layer;
}

core::Status check_total(const std::string& where, std::int64_t total, const char* what, std::int64_t limit) {
  if (total <= limit) return {};
  return core::Error{core::fill("{}: brings the network to {} {}; the limit is {}", where, total, what, limit)};
}

core::Status check_end(const std::string& where, const Shape& output, std::int64_t parameters) {
  if (!output.flat || output.height != 1 || output.width != 1)
    return core::Error{
        core::fill("{}: is the last one and gives {}; "
                   "the network must end in a vector with one number for each class (flatten, then dense)",
                   where, to_string(output))};
  if (output.channels < kMinClasses || output.channels > kMaxClasses)
    return core::Error{core::fill("{}: is the last one and gives {} classes; it must be {} to {}", where,
                                  output.channels, kMinClasses, kMaxClasses)};
  if (parameters == 0)
    return core::Error{core::fill("{}: the network has no layer with parameters, so there is nothing to train", where)};
  return {};
}

}  // namespace

template <class T>
core::Status bind_layers(const NetworkSpec& spec, std::vector<std::unique_ptr<Layer<T>>>& layers) {
  layers.clear();
  if (core::Status status = check_extents(spec); !status.ok()) return status;
  std::int64_t parameters = 0, activations = spec.input.size();
  Shape shape = spec.input;
  std::string where;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    core::Result<std::unique_ptr<Layer<T>>> layer = bind_layer<T>(i, spec.layers[i], shape);
    if (!layer.ok()) return layer.error();
    where = place(i, spec.layers[i].type);
    shape = (*layer)->output();
    parameters += parameter_count(**layer);
    activations += shape.size();
    if (core::Status s = check_total(where, parameters, "parameters", kMaxParameters); !s.ok()) return s;
    if (core::Status s = check_total(where, activations, "activations an image", kMaxActivations); !s.ok()) return s;
    layers.push_back(std::move(*layer));
  }
  return check_end(where, shape, parameters);
}

template core::Status bind_layers(const NetworkSpec&, std::vector<std::unique_ptr<Layer<float>>>&);
template core::Status bind_layers(const NetworkSpec&, std::vector<std::unique_ptr<Layer<double>>>&);

}  // namespace descent::nn
