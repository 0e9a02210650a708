// SPDX-License-Identifier: MIT
// Declares what a network holds, for its own source files: network.cpp (building and access), network_step.cpp
// (training steps and evaluation), network_trace.cpp (one image, layer by layer), network_parameters.cpp
// (initialisation, torch's order).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/nn/network.h"
#include "engine/nn/plan.h"
#include "engine/nn/workspace.h"

namespace descent::nn {

template <class T>
struct Network<T>::Impl {
  // One call of the reduce phase: a whole-batch gradient task of a step, or a range of the shards' sum.
  struct ReduceTask {
    const Step<T>* step = nullptr;
    int task = -1;           // of operation->gradient_task(); -1: sum of shards
    std::int64_t begin = 0;  // in the step's parameters
    std::int64_t count = 0;
  };
  struct PackTask {
    const Step<T>* step = nullptr;
    int part = 0;
  };

  NetworkSpec spec;
  std::vector<std::unique_ptr<Layer<T>>> layers;
  std::vector<ParameterInfo> infos;
  std::vector<ParameterLayout> layouts;         // beside infos
  std::vector<std::int64_t> parameter_offsets;  // of each layer
  core::AlignedVector<T> parameters, gradients;
  Plan<T> plan;
  std::vector<PackTask> pack_tasks;
  std::vector<ReduceTask> reduce_tasks;
  Workspace<T> workspace;
  core::AlignedVector<T> logits;  // (images of the last pass, classes)
  int logits_images = 0;
  std::uint64_t seed = 0;

  [[nodiscard]] int classes() const { return layers.back()->output().channels; }

  void describe_parameters();
  [[nodiscard]] const ParameterLayout& layout_of(const ParameterInfo& info) const;
  void list_tasks();
  void reserve(int images, int threads);
  void pack(bool backward, parallel::ThreadPool& pool);

  Block<T> block_context(const Range& images, int wave_first, bool training,
                         typename Workspace<T>::Worker& worker) const;
  void forward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input,
                     typename Workspace<T>::Worker& worker);
  void loss_block(const Range& images, int wave_first, const std::uint16_t* labels, double scale, bool backward,
                  typename Workspace<T>::Worker& worker);
  void backward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input, T* shard,
                      typename Workspace<T>::Worker& worker);
  void reduce(const ReduceTask& task, const Cut& cut, const T* input, bool accumulate);
  void add_losses(int images, BatchLoss& total) const;
};

}  // namespace descent::nn
