// SPDX-License-Identifier: MIT
// Declares what a SubsetLoss holds, for its own source files: subset_loss.cpp (building, weights and passes) and
// subset_chunk.cpp (what a chunk of images goes through).
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/inspect/loss/subset_loss.h"
#include "engine/inspect/loss/tangent.h"
#include "engine/nn/plan.h"
#include "engine/nn/workspace.h"

namespace descent::inspect {

inline constexpr int kChunkImages = 32;

template <class T>
struct SubsetLoss<T>::Impl {
  using Worker = typename nn::Workspace<T>::Worker;
  enum class Wanted : std::uint8_t { loss, gradient, product };
  struct Task {  // as nn::Network's
    std::size_t step = 0;
    int task = -1;  // of gradient_task(); -1: sum of shards
    std::int64_t begin = 0, count = 0;
  };

  std::vector<std::unique_ptr<nn::Layer<T>>> layers;
  nn::Plan<T> plan;
  std::vector<TangentRule<T>> rules;                          // beside plan.steps
  std::vector<std::int64_t> rows_offsets;                     // beside plan.steps
  std::vector<std::pair<std::int64_t, std::int64_t>> biases;  // where they begin and end
  std::vector<Task> tasks;
  std::shared_ptr<const data::Dataset> dataset;
  data::Layout layout = data::Layout::upright;
  std::int64_t images = 0, parameters = 0, rows = 0, largest = 0;

  core::AlignedVector<T> weights, without_bias, direction, result;
  core::AlignedVector<T> rows_at, rows_along;
  nn::Workspace<T> at, along;
  std::vector<core::AlignedVector<T>> spares;  // of each worker
  core::AlignedVector<T> pixels;               // (kChunkImages, input)

  Wanted wanted = Wanted::loss;
  bool weights_packed = false, direction_packed = false;
  std::int64_t done = 0;
  double loss = 0;

  void list_tasks();
  void reserve(int threads);
  void start(Wanted what);
  void pack(const core::AlignedVector<T>& values, nn::Workspace<T>& workspace, core::AlignedVector<T>& rows_of,
            parallel::ThreadPool& pool) const;
  void read_images(int count);
  TangentParameters<T> parameters_of(std::size_t step) const;
  void run_block(const nn::Range& range, T* shard, int worker);
  void forward(const nn::Block<T>& block, int first, int worker);
  void losses(const nn::Range& range, int worker);
  void backward(const nn::Block<T>& block, int first, T* shard, int worker);
  void reduce(const Task& task, int count, int shards);
  void add_second_term(int count, parallel::ThreadPool& pool);
  void run_chunk(parallel::ThreadPool& pool);
};

}  // namespace descent::inspect
