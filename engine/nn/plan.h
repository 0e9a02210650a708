// SPDX-License-Identifier: MIT
// The execution plan of a network: a list of steps (operations over tensors) and where each array lies. Steps are made
// from layers; one operation may stand for several layers in a row (fusion.h), so first_layer … last_layer say which.
// Memory: a batch is worked on in blocks of up to kBlockImages images. Arrays that only live within a block lie in the
// arena of the worker that runs it and stay in its caches; arrays needed from the whole batch (inputs and output
// gradients of layers with whole_batch_gradient) lie in the batch arenas. Activations and their gradients are laid out
// alike, in two arenas each. A layer that may run in place shares its input's tensor.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/layer.h"
#include "engine/nn/network.h"

namespace descent::nn {

inline constexpr int kMaxLayers = 64;
inline constexpr std::int64_t kMaxParameters = 20'000'000;
inline constexpr std::int64_t kMaxActivations = 2'000'000;  // elements an image, all layers together

// Activations of one kind for one image. Tensor 0 is the caller's images.
struct Tensor {
  std::int64_t size = 0;  // elements an image
  bool whole_batch = false;
  std::int64_t offset = 0;  // elements an image before it in its arena
};

template <class T>
struct Step {
  const Operation<T>* operation = nullptr;
  int first_layer = 0, last_layer = 0;
  int in = 0, out = 0;          // tensors; equal when in place
  std::int64_t parameters = 0;  // offset in the parameter arena
  std::int64_t parameter_count = 0;
  std::int64_t packed = 0;  // offset in the arena of packed parameters
  std::int64_t shard = -1;  // offset in a shard's gradient block; -1: whole-batch gradient or no parameters
  std::int64_t cache = 0;   // bytes an image before it in the cache arena
  LayerNeeds needs;
};

template <class T>
struct Plan {
  std::vector<std::unique_ptr<Operation<T>>> fused;  // operations that stand for several layers
  std::vector<Tensor> tensors;
  std::vector<Step<T>> steps;
  int first_trainable = 0;          // no step before this one needs gradients
  std::int64_t block_elements = 0;  // an image, of activations that live within a block
  std::int64_t batch_elements = 0;  // an image, of activations kept for the whole batch
  std::int64_t cache_bytes = 0;     // an image
  std::int64_t packed_elements = 0;
  std::int64_t scratch_bytes = 0;
  std::int64_t shard_elements = 0;  // parameters whose gradients are summed by shards
};

template <class T>
[[nodiscard]] std::int64_t parameter_count(const Operation<T>& operation) {
  std::int64_t count = 0;
  for (const ParameterLayout& parameter : operation.parameters()) count += parameter.size();
  return count;
}

// layers: in order, each bound to the output of the one before. parameter_offsets: of each layer in the arena.
template <class T>
[[nodiscard]] Plan<T> make_plan(const std::vector<std::unique_ptr<Layer<T>>>& layers,
                                const std::vector<std::int64_t>& parameter_offsets);

// Binds each layer of the spec to the shape it receives, or says in a sentence which layer does not fit and why;
// `layers` then has those before it.
template <class T>
[[nodiscard]] core::Status bind_layers(const NetworkSpec& spec, std::vector<std::unique_ptr<Layer<T>>>& layers);

extern template Plan<float> make_plan(const std::vector<std::unique_ptr<Layer<float>>>&,
                                      const std::vector<std::int64_t>&);
extern template Plan<double> make_plan(const std::vector<std::unique_ptr<Layer<double>>>&,
                                       const std::vector<std::int64_t>&);
extern template core::Status bind_layers(const NetworkSpec&, std::vector<std::unique_ptr<Layer<float>>>&);
extern template core::Status bind_layers(const NetworkSpec&, std::vector<std::unique_ptr<Layer<double>>>&);

}  // namespace descent::nn
