// SPDX-License-Identifier: MIT
// A training step has three phases, each one run of the pool:
//   pack     parameters are re-arranged for the kernels
//   shards   each shard takes its blocks of images forward, through the loss and back, adding up gradients of its own
//   reduce   shards' gradients are added in the order of the shards; layers with whole-batch gradients make theirs
// Evaluation is pack, then blocks forward.
#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/rng.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/softmax.h"
#include "engine/nn/network_impl.h"

namespace descent::nn {
namespace {

std::uint64_t dropout_key(std::uint64_t seed, std::uint64_t step, int layer) {
  return core::Rng(seed + step * 0x9E3779B97F4A7C15ULL, 0x100U + static_cast<std::uint64_t>(layer)).next();
}

}  // namespace

template <class T>
void Network<T>::Impl::pack(bool backward, parallel::ThreadPool& pool) {
  pool.run(static_cast<int>(pack_tasks.size()), [&](int index, int /*worker*/) {
    const PackTask& task = pack_tasks[static_cast<std::size_t>(index)];
    task.step->operation->pack(parameters.data() + task.step->parameters, workspace.packed.data() + task.step->packed,
                               task.part, backward);
  });
}

template <class T>
Block<T> Network<T>::Impl::block_context(const Range& images, int wave_first, bool training,
                                         typename Workspace<T>::Worker& worker) const {
  return {.images = images.size(),
          .first_image = wave_first + images.first,
          .training = training,
          .scratch = worker.scratch.data()};
}

template <class T>
void Network<T>::Impl::forward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input,
                                     typename Workspace<T>::Worker& worker) {
  for (const Step<T>& step : plan.steps) {
    if (step.needs.identity) continue;
    block.dropout_key = dropout_key(seed, dropout_step, step.first_layer);
    const LayerParameters<T> values{parameters.data() + step.parameters, workspace.packed.data() + step.packed};
    step.operation->forward(block, values, workspace.activation(plan, step.in, worker, images.first, input),
                            workspace.activation(plan, step.out, worker, images.first),
                            worker.caches.data() + step.cache * kBlockImages);
  }
}

// Logits to their place, each image's loss, and the gradient of the logits when a backward pass follows.
template <class T>
void Network<T>::Impl::loss_block(const Range& images, int wave_first, const std::uint16_t* labels, double scale,
                                  bool backward, typename Workspace<T>::Worker& worker) {
  const int tensor = plan.steps.back().out;
  const T* z = workspace.activation(plan, tensor, worker, images.first);
  T* dz = backward ? workspace.gradient(plan, tensor, worker, images.first) : nullptr;
  for (int i = images.first; i < images.last; ++i, z += classes()) {
    std::copy(z, z + classes(), logits.data() + std::int64_t{wave_first + i} * classes());
    if (labels == nullptr) continue;
    const int label = labels[i];
    DESCENT_ASSERT(label < classes());
    workspace.losses[static_cast<std::size_t>(i)] = kernels::cross_entropy(classes(), z, label);
    workspace.correct[static_cast<std::size_t>(i)] = kernels::largest(classes(), z) == label ? 1 : 0;
    if (backward) kernels::cross_entropy_gradient(classes(), z, label, scale, dz + (i - images.first) * classes());
  }
}

template <class T>
void Network<T>::Impl::backward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input,
                                      T* shard, typename Workspace<T>::Worker& worker) {
  for (int index = static_cast<int>(plan.steps.size()) - 1; index >= plan.first_trainable; --index) {
    const Step<T>& step = plan.steps[static_cast<std::size_t>(index)];
    if (step.needs.identity) continue;
    block.dropout_key = dropout_key(seed, dropout_step, step.first_layer);
    const LayerParameters<T> values{parameters.data() + step.parameters, workspace.packed.data() + step.packed};
    BackwardArrays<T> arrays{.in = workspace.activation(plan, step.in, worker, images.first, input),
                             .out = workspace.activation(plan, step.out, worker, images.first),
                             .dout = workspace.gradient(plan, step.out, worker, images.first),
                             .cache = worker.caches.data() + step.cache * kBlockImages};
    if (index > plan.first_trainable && step.in != 0)
      arrays.din = workspace.gradient(plan, step.in, worker, images.first);
    if (step.shard >= 0) arrays.dparameters = shard + step.shard;
    step.operation->backward(block, values, arrays);
  }
}

template <class T>
void Network<T>::Impl::reduce(const ReduceTask& task, const Cut& cut, const T* input, bool accumulate) {
  const Step<T>& step = *task.step;
  T* out = gradients.data() + step.parameters;
  if (task.task < 0) {
    kernels::sum_blocks(task.count, cut.shards, plan.shard_elements, workspace.shards.data() + step.shard + task.begin,
                        accumulate, out + task.begin);
    return;
  }
  auto& any_worker = workspace.workers.front();  // whole-batch tensors are the same for all
  step.operation->gradient_task(task.task, cut.images, workspace.activation(plan, step.in, any_worker, 0, input),
                                workspace.gradient(plan, step.out, any_worker, 0), accumulate, out);
}

template <class T>
void Network<T>::Impl::add_losses(int images, BatchLoss& total) const {
  for (std::size_t i = 0; i < static_cast<std::size_t>(images); ++i) {
    total.loss += workspace.losses[i];
    total.correct += workspace.correct[i];
  }
}

template <class T>
BatchLoss Network<T>::loss_and_gradients(std::span<const T> images, std::span<const std::uint16_t> labels,
                                         std::uint64_t dropout_step, parallel::ThreadPool& pool) {
  Impl& impl = *impl_;
  const int count = static_cast<int>(labels.size());
  DESCENT_ASSERT(count >= 1 && count <= kMaxBatch);
  DESCENT_ASSERT(static_cast<std::int64_t>(images.size()) == count * input_size());
  impl.reserve(count, pool.threads());
  impl.logits_images = count;
  impl.pack(true, pool);
  const double scale = 1.0 / count;
  BatchLoss total;
  for (int first = 0; first < count; first += kWaveImages) {
    const Cut cut(std::min(kWaveImages, count - first), impl.plan.shard_elements);
    const T* input = images.data() + first * input_size();
    pool.run(cut.shards, [&](int shard_index, int worker_index) {
      auto& worker = impl.workspace.workers[static_cast<std::size_t>(worker_index)];
      T* shard = impl.workspace.shards.data() + shard_index * impl.plan.shard_elements;
      std::fill(shard, shard + impl.plan.shard_elements, T{0});
      const Range blocks = cut.shard_blocks(shard_index);
      for (int b = blocks.first; b < blocks.last; ++b) {
        const Range range = cut.block(b);
        const Block<T> block = impl.block_context(range, first, true, worker);
        impl.forward_block(range, block, dropout_step, input, worker);
        impl.loss_block(range, first, labels.data() + first, scale, true, worker);
        impl.backward_block(range, block, dropout_step, input, shard, worker);
      }
    });
    pool.run(static_cast<int>(impl.reduce_tasks.size()), [&](int index, int /*worker*/) {
      impl.reduce(impl.reduce_tasks[static_cast<std::size_t>(index)], cut, input, first > 0);
    });
    impl.add_losses(cut.images, total);
  }
  total.loss /= count;
  return total;
}

template <class T>
BatchLoss Network<T>::evaluate(std::span<const T> images, std::span<const std::uint16_t> labels,
                               std::span<T> probabilities, parallel::ThreadPool& pool) {
  Impl& impl = *impl_;
  const int count = static_cast<int>(static_cast<std::int64_t>(images.size()) / input_size());
  DESCENT_ASSERT(static_cast<std::int64_t>(images.size()) == count * input_size());
  DESCENT_ASSERT(labels.empty() || static_cast<int>(labels.size()) == count);
  DESCENT_ASSERT(probabilities.empty() || probabilities.size() == static_cast<std::size_t>(count * classes()));
  BatchLoss total;
  if (count == 0) return total;
  impl.reserve(count, pool.threads());
  impl.logits_images = count;
  impl.pack(false, pool);
  for (int first = 0; first < count; first += kWaveImages) {
    const Cut cut(std::min(kWaveImages, count - first), impl.plan.shard_elements);
    const std::uint16_t* wave_labels = labels.empty() ? nullptr : labels.data() + first;
    pool.run(cut.blocks, [&](int b, int worker_index) {
      auto& worker = impl.workspace.workers[static_cast<std::size_t>(worker_index)];
      const Range range = cut.block(b);
      impl.forward_block(range, impl.block_context(range, first, false, worker), 0,
                         images.data() + first * input_size(), worker);
      impl.loss_block(range, first, wave_labels, 0, false, worker);
    });
    if (wave_labels != nullptr) impl.add_losses(cut.images, total);
  }
  for (std::size_t i = 0; i < probabilities.size(); i += static_cast<std::size_t>(classes()))
    kernels::softmax(classes(), impl.logits.data() + i, probabilities.data() + i);
  total.loss /= count;
  return total;
}

template BatchLoss Network<float>::loss_and_gradients(std::span<const float>, std::span<const std::uint16_t>,
                                                      std::uint64_t, parallel::ThreadPool&);
template BatchLoss Network<double>::loss_and_gradients(std::span<const double>, std::span<const std::uint16_t>,
                                                       std::uint64_t, parallel::ThreadPool&);
template BatchLoss Network<float>::evaluate(std::span<const float>, std::span<const std::uint16_t>, std::span<float>,
                                            parallel::ThreadPool&);
template BatchLoss Network<double>::evaluate(std::span<const double>, std::span<const std::uint16_t>, std::span<double>,
                                             parallel::ThreadPool&);

}  // namespace descent::nn
