// SPDX-License-Identifier: MIT
// PackedOperation<T>: an operation with its parameters packed, to be run with dropout off on images of any origin. It
// can be run from any number of threads at once: each brings its own scratch memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/core/aligned.h"
#include "engine/nn/layer.h"

namespace descent::nn {

using Scratch = core::AlignedVector<std::byte>;

template <class T>
class PackedOperation {
 public:
  // `values`, the operation's parameters, must not change and must outlive this, as must the operation. backward:
  // whether backward() will be called.
  PackedOperation(const Operation<T>& operation, const T* values, bool backward)
      : operation_(&operation), needs_(operation.needs()), values_(values) {
    packed_.resize(static_cast<std::size_t>(needs_.packed));
    if (needs_.packed == 0) return;
    for (int part = 0; part < kPackParts; ++part) operation.pack(values, packed_.data(), part, backward);
  }

  [[nodiscard]] const Operation<T>& operation() const { return *operation_; }
  [[nodiscard]] const LayerNeeds& needs() const { return needs_; }
  [[nodiscard]] const T* values() const { return values_; }

  // images: at most kBlockImages where the operation needs scratch memory. in: (images, input().size()), out: (images,
  // output().size()), cache: (images, needs().cache_bytes).
  void forward(int images, const T* in, T* out, std::uint8_t* cache, Scratch& scratch) const {
    operation_->forward(block(images, scratch), {values_, packed_.data()}, in, out, cache);
  }
  void backward(int images, const BackwardArrays<T>& arrays, Scratch& scratch) const {
    operation_->backward(block(images, scratch), {values_, packed_.data()}, arrays);
  }

 private:
  Block<T> block(int images, Scratch& scratch) const {
    if (static_cast<std::int64_t>(scratch.size()) < needs_.scratch_bytes)
      scratch.resize(static_cast<std::size_t>(needs_.scratch_bytes));
    return {.images = images, .scratch = scratch.data()};
  }

  const Operation<T>* operation_;
  LayerNeeds needs_;
  const T* values_;
  core::AlignedVector<T> packed_;
};

}  // namespace descent::nn
