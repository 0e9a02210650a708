// SPDX-License-Identifier: MIT
// Workspace<T>: the memory a network computes in, sized from its plan. Batches are worked on in waves of up to
// kWaveImages images, so what is kept for a whole batch has a limit however large the batch is; within a wave, blocks
// of a few images; consecutive blocks form a shard, which sums its own parameter gradients. How a batch is cut depends
// on its size alone, never on the number of threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/nn/plan.h"

namespace descent::nn {

inline constexpr int kWaveImages = 256;
inline constexpr int kMaxShards = 16;
inline constexpr std::int64_t kMaxShardElements = 48'000'000;  // all gradient blocks together

struct Range {
  int first = 0, last = 0;  // [first, last)
  [[nodiscard]] int size() const { return last - first; }
};

// Part `index` of `parts` nearly equal parts of [0, count).
[[nodiscard]] inline Range part_of(int count, int index, int parts) {
  const auto bound = [&](int i) { return static_cast<int>(std::int64_t{count} * i / parts); };
  return {bound(index), bound(index + 1)};
}

// Most shards a wave may have, by the memory their gradients take.
[[nodiscard]] inline int max_shards(std::int64_t shard_elements) {
  const std::int64_t fit = kMaxShardElements / std::max<std::int64_t>(1, shard_elements);
  return static_cast<int>(std::clamp<std::int64_t>(fit, 1, kMaxShards));
}

// A Cut says how `images` images are cut. Small batches get smaller blocks, so that there is work for several threads.
struct Cut {
  int images = 0, block_images = 1, blocks = 0, shards = 0;

  Cut(int image_count, std::int64_t shard_elements)
      : images(image_count),
        block_images(std::clamp((image_count + 7) / 8, 1, kBlockImages)),
        blocks((image_count + block_images - 1) / block_images),
        shards(std::min(blocks, max_shards(shard_elements))) {}

  [[nodiscard]] Range block(int index) const {
    return {index * block_images, std::min((index + 1) * block_images, images)};
  }
  [[nodiscard]] Range shard_blocks(int index) const { return part_of(blocks, index, shards); }
};

template <class T>
struct Workspace {
  struct Worker {
    core::AlignedVector<T> activations, gradients;  // (tensor, kBlockImages, size)
    core::AlignedVector<std::byte> scratch;
    core::AlignedVector<std::uint8_t> caches;  // (step, kBlockImages, cache_bytes)
  };

  int images = 0;                                 // of a wave, as sized now
  core::AlignedVector<T> activations, gradients;  // (tensor, images, size), tensors with whole_batch
  core::AlignedVector<T> packed;
  core::AlignedVector<T> shards;      // (shard, shard_elements)
  std::vector<double> losses;         // (images)
  std::vector<std::uint8_t> correct;  // (images)
  std::vector<Worker> workers;

  // Grows, never shrinks. `count` images of a wave, `threads` workers.
  void reserve(const Plan<T>& plan, int count, int threads);
  [[nodiscard]] std::int64_t bytes() const;
  // bytes_for() is what bytes() is after reserve() of an empty one.
  [[nodiscard]] static std::int64_t bytes_for(const Plan<T>& plan, int count, int threads);

  // Element arrays of a tensor for the block that begins at image `first` of the wave. input: the wave's images.
  const T* activation(const Plan<T>& plan, int tensor, const Worker& worker, int first, const T* input) const {
    return tensor == 0 ? input + first * plan.tensors[0].size
                       : slot(plan, tensor, worker.activations, activations, first);
  }
  T* activation(const Plan<T>& plan, int tensor, Worker& worker, int first) {
    return const_cast<T*>(slot(plan, tensor, worker.activations, activations, first));
  }
  T* gradient(const Plan<T>& plan, int tensor, Worker& worker, int first) {
    return const_cast<T*>(slot(plan, tensor, worker.gradients, gradients, first));
  }

 private:
  const T* slot(const Plan<T>& plan, int tensor, const core::AlignedVector<T>& block,
                const core::AlignedVector<T>& batch, int first) const {
    const Tensor& t = plan.tensors[static_cast<std::size_t>(tensor)];
    return t.whole_batch ? batch.data() + t.offset * images + first * t.size : block.data() + t.offset * kBlockImages;
  }
};

extern template struct Workspace<float>;
extern template struct Workspace<double>;

}  // namespace descent::nn
