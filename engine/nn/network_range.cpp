// SPDX-License-Identifier: MIT
// Layers that need no scratch memory take all rows at once; the others, whose scratch is for a block, block by block.
#include "engine/nn/network_range.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/nn/fusion.h"
#include "engine/nn/network_impl.h"

namespace descent::nn {
namespace {

template <class Vector>
auto* sized(Vector& vector, std::int64_t size) {
  if (static_cast<std::int64_t>(vector.size()) < size) vector.resize(static_cast<std::size_t>(size));
  return vector.data();
}

}  // namespace

template <class T>
LayerRange<T>::LayerRange(const std::vector<std::unique_ptr<Layer<T>>>& layers,
                          const std::vector<std::int64_t>& parameter_offsets, int first, int last,
                          const T* parameters) {
  const auto begin = static_cast<std::size_t>(first), end = static_cast<std::size_t>(last);
  DESCENT_ASSERT(begin <= end && end <= layers.size());
  input_size_ = begin < layers.size() ? layers[begin]->input().size() : layers.back()->output().size();
  output_size_ = end > begin ? layers[end - 1]->output().size() : input_size_;
  for (std::size_t i = begin; i < end;) {
    Fusion<T> fusion = fuse(layers, i);
    if (i + static_cast<std::size_t>(fusion.layers) > end) fusion = {};
    const Operation<T>* operation = fusion.operation != nullptr ? fusion.operation.get() : layers[i].get();
    if (!operation->needs().identity) parts_.emplace_back(*operation, parameters + parameter_offsets[i], false);
    i += static_cast<std::size_t>(fusion.layers);
    if (fusion.operation != nullptr) fused_.push_back(std::move(fusion.operation));
  }
}

template <class T>
const T* LayerRange<T>::run(int rows, const T* in, Memory& memory) const {
  const T* current = in;
  int next = 0;  // the half of the memory that the next output goes to
  for (const PackedOperation<T>& part : parts_) {
    const std::int64_t from = part.operation().input().size(), to = part.operation().output().size();
    const bool in_place = part.needs().in_place && current != in;
    T* out = in_place ? memory.activations[1 - next].data() : sized(memory.activations[next], rows * to);
    const int at_once = part.needs().scratch_bytes > 0 ? std::min(rows, kBlockImages) : rows;
    std::uint8_t* cache = sized(memory.cache, at_once * part.needs().cache_bytes);
    for (int row = 0; row < rows; row += at_once)
      part.forward(std::min(at_once, rows - row), current + row * from, out + row * to, cache, memory.scratch);
    current = out;
    if (!in_place) next = 1 - next;
  }
  return current;
}

template <class T>
LayerRange<T> Network<T>::range(int first, int last, std::span<const T> arena) const {
  DESCENT_ASSERT(arena.size() == impl_->parameters.size());
  return LayerRange<T>(impl_->layers, impl_->parameter_offsets, first, last, arena.data());
}

template class LayerRange<float>;
template class LayerRange<double>;
template LayerRange<float> Network<float>::range(int, int, std::span<const float>) const;
template LayerRange<double> Network<double>::range(int, int, std::span<const double>) const;

}  // namespace descent::nn
