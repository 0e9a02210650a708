// SPDX-License-Identifier: MIT
// LayerRange<T>: some layers in a row of a network, to be run forward on rows of any origin: with dropout off, fused
// where the network would fuse them, and from any number of threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/nn/packed_operation.h"

namespace descent::nn {

template <class T>
class LayerRange {
 public:
  // Working memory of one thread; grows on demand.
  struct Memory {
    core::AlignedVector<T> activations[2];
    Scratch scratch;
    std::vector<std::uint8_t> cache;
  };

  // Made by Network::range(). layers: the network's, which must outlive this, as must `parameters`, its arena or one
  // like it, whose values in these layers must not change any more.
  LayerRange(const std::vector<std::unique_ptr<Layer<T>>>& layers, const std::vector<std::int64_t>& parameter_offsets,
             int first, int last, const T* parameters);

  // Elements a row.
  [[nodiscard]] std::int64_t input_size() const { return input_size_; }
  [[nodiscard]] std::int64_t output_size() const { return output_size_; }

  // in: (rows, input_size), unchanged. Returns the outputs (rows, output_size): they lie in `memory` until its next
  // use, or are `in` itself when there is nothing to do.
  [[nodiscard]] const T* run(int rows, const T* in, Memory& memory) const;

 private:
  std::vector<std::unique_ptr<Operation<T>>> fused_;  // operations that stand for several layers
  std::vector<PackedOperation<T>> parts_;
  std::int64_t input_size_ = 0, output_size_ = 0;
};

extern template class LayerRange<float>;
extern template class LayerRange<double>;

}  // namespace descent::nn
