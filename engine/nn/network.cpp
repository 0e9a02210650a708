// SPDX-License-Identifier: MIT
// A training step has three phases, each one run of the pool:
//   pack     parameters are re-arranged for the kernels
//   shards   each shard takes its blocks of images forward, through the loss and back, adding up gradients of its own
//   reduce   shards' gradients are added in the order of the shards; layers with whole-batch gradients make theirs
// Evaluation is pack, then blocks forward.
#include "engine/nn/network.h"

#include <algorithm>
#include <cstddef>

#include "engine/core/aligned.h"
#include "engine/core/check.h"
#include "engine/core/rng.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/softmax.h"
#include "engine/nn/plan.h"
#include "engine/nn/workspace.h"

namespace descent::nn {
namespace {

// Elements of the shards' sum one reduce task owns.
constexpr std::int64_t kSumElements = 4096;

std::uint64_t dropout_key(std::uint64_t seed, std::uint64_t step, int layer) {
  return core::Rng(seed + step * 0x9E3779B97F4A7C15ULL, 0x100U + static_cast<std::uint64_t>(layer)).next();
}

}  // namespace

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
  void list_tasks();
  void reserve(int images, int threads);
  void pack(bool backward, parallel::ThreadPool& pool);

  Block<T> block_context(const Range& images, int wave_first, bool training,
                         typename Workspace<T>::Worker& worker) const;
  void forward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input,
                     typename Workspace<T>::Worker& worker);
  void loss_block(const Range& images, int wave_first, const std::uint8_t* labels, double scale, bool backward,
                  typename Workspace<T>::Worker& worker);
  void backward_block(const Range& images, Block<T> block, std::uint64_t dropout_step, const T* input, T* shard,
                      typename Workspace<T>::Worker& worker);
  void reduce(const ReduceTask& task, const Cut& cut, const T* input, bool accumulate);
  void add_losses(int images, BatchLoss& total) const;
};

template <class T>
void Network<T>::Impl::describe_parameters() {
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    parameter_offsets.push_back(offset);
    for (ParameterLayout& layout : layers[i]->parameters()) {
      infos.push_back({.name = std::to_string(i) + "." + std::string(layout.name),
                       .shape = layout.torch_shape,
                       .offset = offset,
                       .size = layout.size(),
                       .layer = static_cast<int>(i)});
      offset += layout.size();
      layouts.push_back(std::move(layout));
    }
  }
  parameters.assign(static_cast<std::size_t>(offset), T{0});
  gradients.assign(static_cast<std::size_t>(offset), T{0});
}

template <class T>
void Network<T>::Impl::list_tasks() {
  for (const Step<T>& step : plan.steps) {
    if (step.needs.packed > 0)
      for (int part = 0; part < kPackParts; ++part) pack_tasks.push_back({&step, part});
    if (step.parameter_count == 0) continue;
    if (step.needs.whole_batch_gradient) {
      for (int task = 0; task < step.operation->gradient_tasks(); ++task) reduce_tasks.push_back({&step, task});
      continue;
    }
    for (std::int64_t begin = 0; begin < step.parameter_count; begin += kSumElements)
      reduce_tasks.push_back({&step, -1, begin, std::min(kSumElements, step.parameter_count - begin)});
  }
}

template <class T>
void Network<T>::Impl::reserve(int images, int threads) {
  workspace.reserve(plan, std::min(images, kWaveImages), threads);
  const auto size = static_cast<std::size_t>(images) * static_cast<std::size_t>(classes());
  if (logits.size() < size) logits.resize(size);
}

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
void Network<T>::Impl::loss_block(const Range& images, int wave_first, const std::uint8_t* labels, double scale,
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
core::Result<Network<T>> Network<T>::build(const NetworkSpec& spec) {
  core::Result<std::vector<std::unique_ptr<Layer<T>>>> layers = bind_layers<T>(spec);
  if (!layers.ok()) return layers.error();
  auto impl = std::make_unique<Impl>();
  impl->spec = spec;
  impl->layers = std::move(*layers);
  impl->describe_parameters();
  impl->plan = make_plan<T>(impl->layers, impl->parameter_offsets);
  impl->list_tasks();
  return Network(std::move(impl));
}

template <class T>
BatchLoss Network<T>::loss_and_gradients(std::span<const T> images, std::span<const std::uint8_t> labels,
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
BatchLoss Network<T>::evaluate(std::span<const T> images, std::span<const std::uint8_t> labels,
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
    const std::uint8_t* wave_labels = labels.empty() ? nullptr : labels.data() + first;
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

template <class T>
std::vector<std::vector<T>> Network<T>::activations(std::span<const T> image) const {
  DESCENT_ASSERT(static_cast<std::int64_t>(image.size()) == input_size());
  std::vector<std::vector<T>> outputs;
  std::vector<T> packed, scratch;
  std::vector<std::uint8_t> cache;
  const T* in = image.data();
  for (std::size_t i = 0; i < impl_->layers.size(); ++i) {
    const Layer<T>& layer = *impl_->layers[i];
    const LayerNeeds needs = layer.needs();
    packed.resize(static_cast<std::size_t>(needs.packed));
    scratch.resize(static_cast<std::size_t>(needs.scratch));
    cache.resize(static_cast<std::size_t>(needs.cache_bytes));
    const T* values = impl_->parameters.data() + impl_->parameter_offsets[i];
    for (int part = 0; part < kPackParts; ++part) layer.pack(values, packed.data(), part, false);
    std::vector<T> out(static_cast<std::size_t>(layer.output().size()));
    layer.forward({.images = 1, .scratch = scratch.data()}, {values, packed.data()}, in, out.data(), cache.data());
    outputs.push_back(std::move(out));
    in = outputs.back().data();
  }
  return outputs;
}

namespace {

// Calls fn(torch_index, arena_index) for every element, both counted from the parameter's first.
template <class Fn>
void for_each_element(const ParameterLayout& layout, const Fn& fn) {
  const auto& extents = layout.extents;
  const auto& strides = layout.strides;
  std::size_t torch = 0;
  for (std::int64_t a = 0; a < extents[0]; ++a)
    for (std::int64_t b = 0; b < extents[1]; ++b)
      for (std::int64_t c = 0; c < extents[2]; ++c)
        for (std::int64_t d = 0; d < extents[3]; ++d)
          fn(torch++, static_cast<std::size_t>(a * strides[0] + b * strides[1] + c * strides[2] + d * strides[3]));
}

}  // namespace

template <class T>
void Network<T>::export_parameter(const ParameterInfo& info, std::span<const T> arena, std::span<T> torch) const {
  DESCENT_ASSERT(arena.size() == impl_->parameters.size());
  DESCENT_ASSERT(static_cast<std::int64_t>(torch.size()) == info.size);
  const T* from = arena.data() + info.offset;
  for (std::size_t i = 0; i < impl_->infos.size(); ++i)
    if (impl_->infos[i].offset == info.offset)
      for_each_element(impl_->layouts[i], [&](std::size_t t, std::size_t a) { torch[t] = from[a]; });
}

template <class T>
void Network<T>::import_parameter(const ParameterInfo& info, std::span<const T> torch, std::span<T> arena) const {
  DESCENT_ASSERT(arena.size() == impl_->parameters.size());
  DESCENT_ASSERT(static_cast<std::int64_t>(torch.size()) == info.size);
  T* to = arena.data() + info.offset;
  for (std::size_t i = 0; i < impl_->infos.size(); ++i)
    if (impl_->infos[i].offset == info.offset)
      for_each_element(impl_->layouts[i], [&](std::size_t t, std::size_t a) { to[a] = torch[t]; });
}

template <class T>
void Network<T>::initialize(std::uint64_t seed) {
  impl_->seed = seed;
  for (std::size_t i = 0; i < impl_->infos.size(); ++i) {
    const ParameterInfo& info = impl_->infos[i];
    core::Rng rng(seed, 0x10U + i);  // a stream for each parameter
    initialize_parameter(
        impl_->layouts[i].initialization, rng,
        parameters().subspan(static_cast<std::size_t>(info.offset), static_cast<std::size_t>(info.size)));
  }
}

template <class T>
std::int64_t Network<T>::memory_bytes() const {
  const auto bytes = [](const core::AlignedVector<T>& v) {
    return static_cast<std::int64_t>(v.capacity() * sizeof(T));
  };
  return bytes(impl_->parameters) + bytes(impl_->gradients) + bytes(impl_->logits) + impl_->workspace.bytes();
}

template <class T>
Network<T>::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class T>
Network<T>::Network(Network&&) noexcept = default;
template <class T>
Network<T>& Network<T>::operator=(Network&&) noexcept = default;
template <class T>
Network<T>::~Network() = default;

template <class T>
const NetworkSpec& Network<T>::spec() const {
  return impl_->spec;
}
template <class T>
std::int64_t Network<T>::input_size() const {
  return impl_->spec.input.size();
}
template <class T>
int Network<T>::classes() const {
  return impl_->classes();
}
template <class T>
Shape Network<T>::output_shape(int layer) const {
  return impl_->layers[static_cast<std::size_t>(layer)]->output();
}
template <class T>
std::span<const ParameterInfo> Network<T>::parameter_infos() const {
  return impl_->infos;
}
template <class T>
std::span<T> Network<T>::parameters() {
  return impl_->parameters;
}
template <class T>
std::span<const T> Network<T>::parameters() const {
  return impl_->parameters;
}
template <class T>
std::span<const T> Network<T>::gradients() const {
  return impl_->gradients;
}
template <class T>
void Network<T>::plan(int batch) {
  impl_->reserve(batch, 1);
}
template <class T>
std::span<const T> Network<T>::logits() const {
  return {impl_->logits.data(), static_cast<std::size_t>(impl_->logits_images) * static_cast<std::size_t>(classes())};
}

template class Network<float>;
template class Network<double>;

}  // namespace descent::nn
