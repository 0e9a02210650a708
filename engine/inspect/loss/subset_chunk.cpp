// SPDX-License-Identifier: MIT
// A chunk of images is cut as nn::Network cuts a batch: blocks go forward, through the loss and back, shards add up
// gradients of their own, then shards are added in their order and layers with whole-batch gradients make theirs.
// Beside the workspace of values there is a second one of the same plan for what changes along the direction.
#include <algorithm>

#include "engine/inspect/loss/subset_loss_impl.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/softmax.h"

namespace descent::inspect {

template <class T>
void SubsetLoss<T>::Impl::read_images(int count) {
  const std::size_t size = dataset->image_size();
  std::vector<float> image(size);
  for (int i = 0; i < count; ++i) {
    data::read_image(*dataset, layout, done + i, image);
    std::copy(image.begin(), image.end(), pixels.begin() + static_cast<std::ptrdiff_t>(size) * i);
  }
}

template <class T>
TangentParameters<T> SubsetLoss<T>::Impl::parameters_of(std::size_t i) const {
  const nn::Step<T>& step = plan.steps[i];
  return {.at = {weights.data() + step.parameters, at.packed.data() + step.packed},
          .along = {direction.data() + step.parameters, along.packed.data() + step.packed},
          .without_bias = without_bias.data() + step.parameters,
          .rows_at = rows_at.data() + rows_offsets[i],
          .rows_along = rows_along.data() + rows_offsets[i]};
}

// A step's tangent comes right after it, as a later one may write over what it has read.
template <class T>
void SubsetLoss<T>::Impl::forward(const nn::Block<T>& block, int first, int worker) {
  Worker& own = at.workers[static_cast<std::size_t>(worker)];
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const nn::Step<T>& step = plan.steps[i];
    if (step.needs.identity) continue;
    const T* in = at.activation(plan, step.in, own, first, pixels.data());
    T* out = at.activation(plan, step.out, own, first);
    std::uint8_t* cache = own.caches.data() + step.cache * nn::kBlockImages;
    step.operation->forward(block, {weights.data() + step.parameters, at.packed.data() + step.packed}, in, out, cache);
    if (wanted != Wanted::product) continue;
    Worker& moved = along.workers[static_cast<std::size_t>(worker)];
    rules[i].forward(block, parameters_of(i), in, out, cache,
                     {.in = step.in == 0 ? nullptr : along.activation(plan, step.in, moved, first),
                      .out = along.activation(plan, step.out, moved, first),
                      .spare = spares[static_cast<std::size_t>(worker)].data()});
  }
}

// The softmax of logits z that move by m: its probabilities move by p (m − Σ p m), and so does the loss' gradient.
template <class T>
void SubsetLoss<T>::Impl::losses(const nn::Range& range, int worker) {
  const auto w = static_cast<std::size_t>(worker);
  const int tensor = plan.steps.back().out;
  const int classes = static_cast<int>(plan.tensors[static_cast<std::size_t>(tensor)].size);
  const double scale = 1 / static_cast<double>(images);
  for (int i = range.first; i < range.last; ++i) {
    const std::int64_t row = std::int64_t{i - range.first} * classes;
    const T* z = at.activation(plan, tensor, at.workers[w], range.first) + row;
    const int label = dataset->labels[static_cast<std::size_t>(done + i)];
    at.losses[static_cast<std::size_t>(i)] = kernels::cross_entropy(classes, z, label);
    if (wanted == Wanted::loss) continue;
    kernels::cross_entropy_gradient(classes, z, label, scale,
                                    at.gradient(plan, tensor, at.workers[w], range.first) + row);
    if (wanted != Wanted::product) continue;
    const T* moved = along.activation(plan, tensor, along.workers[w], range.first) + row;
    T* turned = along.gradient(plan, tensor, along.workers[w], range.first) + row;
    kernels::softmax(classes, z, turned);
    double mean = 0;
    for (int c = 0; c < classes; ++c) mean += static_cast<double>(turned[c]) * static_cast<double>(moved[c]);
    for (int c = 0; c < classes; ++c)
      turned[c] = static_cast<T>(scale * static_cast<double>(turned[c]) * (static_cast<double>(moved[c]) - mean));
  }
}

template <class T>
void SubsetLoss<T>::Impl::backward(const nn::Block<T>& block, int first, T* shard, int worker) {
  Worker& own = at.workers[static_cast<std::size_t>(worker)];
  for (int index = static_cast<int>(plan.steps.size()) - 1; index >= plan.first_trainable; --index) {
    const auto i = static_cast<std::size_t>(index);
    const nn::Step<T>& step = plan.steps[i];
    if (step.needs.identity) continue;
    const bool further = index > plan.first_trainable && step.in != 0;
    const nn::BackwardArrays<T> arrays{.in = at.activation(plan, step.in, own, first, pixels.data()),
                                       .out = at.activation(plan, step.out, own, first),
                                       .dout = at.gradient(plan, step.out, own, first),
                                       .din = further ? at.gradient(plan, step.in, own, first) : nullptr,
                                       .dparameters = step.shard >= 0 ? shard + step.shard : nullptr,
                                       .cache = own.caches.data() + step.cache * nn::kBlockImages};
    if (wanted == Wanted::gradient) {
      step.operation->backward(block, {weights.data() + step.parameters, at.packed.data() + step.packed}, arrays);
      continue;
    }
    Worker& moved = along.workers[static_cast<std::size_t>(worker)];
    rules[i].backward(block, parameters_of(i), arrays,
                      {.in = step.in == 0 ? nullptr : along.activation(plan, step.in, moved, first),
                       .out = along.activation(plan, step.out, moved, first),
                       .dout = along.gradient(plan, step.out, moved, first),
                       .din = further ? along.gradient(plan, step.in, moved, first) : nullptr,
                       .spare = spares[static_cast<std::size_t>(worker)].data()});
  }
}

template <class T>
void SubsetLoss<T>::Impl::run_block(const nn::Range& range, T* shard, int worker) {
  const nn::Block<T> block{.images = range.size(),
                           .first_image = range.first,
                           .scratch = at.workers[static_cast<std::size_t>(worker)].scratch.data()};
  forward(block, range.first, worker);
  losses(range, worker);
  if (wanted != Wanted::loss) backward(block, range.first, shard, worker);
}

// Sums the shards, and makes the gradients of layers with whole-batch ones.
template <class T>
void SubsetLoss<T>::Impl::reduce(const Task& task, int count, int shards) {
  const nn::Step<T>& step = plan.steps[task.step];
  T* out = result.data() + step.parameters;
  const bool accumulate = done > 0;
  if (task.task < 0) {
    kernels::sum_blocks(task.count, shards, plan.shard_elements, at.shards.data() + step.shard + task.begin, accumulate,
                        out + task.begin);
    return;
  }
  // Whole-batch tensors are the same for all workers.
  nn::Workspace<T>& from = wanted == Wanted::product ? along : at;
  step.operation->gradient_task(task.task, count, at.activation(plan, step.in, at.workers.front(), 0, pixels.data()),
                                from.gradient(plan, step.out, from.workers.front(), 0), accumulate, out);
}

// The second term of R{dW} of layers with whole-batch gradients. It has no part in biases, to which the tasks add as
// well: those are put back.
template <class T>
void SubsetLoss<T>::Impl::add_second_term(int count, parallel::ThreadPool& pool) {
  std::vector<T> kept;
  for (const auto& [begin, end] : biases) kept.insert(kept.end(), result.data() + begin, result.data() + end);
  pool.run(static_cast<int>(tasks.size()), [&](int index, int /*worker*/) {
    const Task& task = tasks[static_cast<std::size_t>(index)];
    const nn::Step<T>& step = plan.steps[task.step];
    if (task.task < 0 || step.in == 0) return;
    step.operation->gradient_task(task.task, count, along.activation(plan, step.in, along.workers.front(), 0),
                                  at.gradient(plan, step.out, at.workers.front(), 0), true,
                                  result.data() + step.parameters);
  });
  const T* from = kept.data();
  for (const auto& [begin, end] : biases) {
    std::copy(from, from + (end - begin), result.data() + begin);
    from += end - begin;
  }
}

template <class T>
void SubsetLoss<T>::Impl::run_chunk(parallel::ThreadPool& pool) {
  const int count = static_cast<int>(std::min<std::int64_t>(kChunkImages, images - done));
  read_images(count);
  const int blocks = (count + nn::kBlockImages - 1) / nn::kBlockImages;
  const int shards = std::min(blocks, nn::max_shards(plan.shard_elements));
  pool.run(shards, [&](int index, int worker) {
    T* shard = at.shards.data() + index * plan.shard_elements;
    std::fill(shard, shard + plan.shard_elements, T{0});
    const nn::Range part = nn::part_of(blocks, index, shards);
    for (int b = part.first; b < part.last; ++b)
      run_block({b * nn::kBlockImages, std::min((b + 1) * nn::kBlockImages, count)}, shard, worker);
  });
  if (wanted != Wanted::loss)
    pool.run(static_cast<int>(tasks.size()),
             [&](int index, int /*worker*/) { reduce(tasks[static_cast<std::size_t>(index)], count, shards); });
  if (wanted == Wanted::product) add_second_term(count, pool);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) loss += at.losses[i];
  done += count;
}

template void SubsetLoss<float>::Impl::run_chunk(parallel::ThreadPool&);
template void SubsetLoss<double>::Impl::run_chunk(parallel::ThreadPool&);

}  // namespace descent::inspect
