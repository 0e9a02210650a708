// SPDX-License-Identifier: MIT
#include "engine/nn/workspace.h"

namespace descent::nn {
namespace {

template <class Vector>
void grow(Vector& vector, std::int64_t size) {
  if (static_cast<std::int64_t>(vector.size()) < size) vector.resize(static_cast<std::size_t>(size));
}

template <class Vector>
std::int64_t bytes_of(const Vector& vector) {
  return static_cast<std::int64_t>(vector.capacity() * sizeof(typename Vector::value_type));
}

}  // namespace

template <class T>
void Workspace<T>::reserve(const Plan<T>& plan, int count, int threads) {
  if (count > images) {
    images = count;
    grow(activations, plan.batch_elements * count);
    grow(gradients, plan.batch_elements * count);
    grow(losses, count);
    grow(correct, count);
    grow(shards, max_shards(plan.shard_elements) * plan.shard_elements);
  }
  grow(packed, plan.packed_elements);
  while (static_cast<int>(workers.size()) < threads) {
    Worker worker;
    grow(worker.activations, plan.block_elements * kBlockImages);
    grow(worker.gradients, plan.block_elements * kBlockImages);
    grow(worker.scratch, plan.scratch_bytes);
    grow(worker.caches, plan.cache_bytes * kBlockImages);
    workers.push_back(std::move(worker));
  }
}

template <class T>
std::int64_t Workspace<T>::bytes() const {
  std::int64_t sum = bytes_of(activations) + bytes_of(gradients) + bytes_of(packed) + bytes_of(shards) +
                     bytes_of(losses) + bytes_of(correct);
  for (const Worker& worker : workers)
    sum +=
        bytes_of(worker.activations) + bytes_of(worker.gradients) + bytes_of(worker.scratch) + bytes_of(worker.caches);
  return sum;
}

template <class T>
std::int64_t Workspace<T>::bytes_for(const Plan<T>& plan, int count, int threads) {
  const std::int64_t wave = 2 * plan.batch_elements * count + max_shards(plan.shard_elements) * plan.shard_elements;
  const std::int64_t worker = static_cast<std::int64_t>(sizeof(T)) * 2 * plan.block_elements * kBlockImages +
                              plan.scratch_bytes + plan.cache_bytes * kBlockImages;
  return static_cast<std::int64_t>(sizeof(T)) * (wave + plan.packed_elements) +
         static_cast<std::int64_t>(sizeof(double) + sizeof(std::uint8_t)) * count + threads * worker;
}

template struct Workspace<float>;
template struct Workspace<double>;

}  // namespace descent::nn
