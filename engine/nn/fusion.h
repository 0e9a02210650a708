// SPDX-License-Identifier: MIT
// The planner's fusion stage: where several layers in a row can be one operation that computes the same with less work,
// that operation replaces them in the plan. The layers themselves stay: they own the parameters' layout, show single
// activations, and are what the fused operation is tested against. One more fusion is one more rule in fusion.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/nn/layer.h"

namespace descent::nn {

template <class T>
struct Fusion {
  std::unique_ptr<Operation<T>> operation;  // nullptr: the layer runs as it is
  int layers = 1;                           // how many it stands for
};

// fuse() says what should run for the layers from `first` on. The operation refers to the layers, which must outlive
// it.
template <class T>
[[nodiscard]] Fusion<T> fuse(const std::vector<std::unique_ptr<Layer<T>>>& layers, std::size_t first);

extern template Fusion<float> fuse(const std::vector<std::unique_ptr<Layer<float>>>&, std::size_t);
extern template Fusion<double> fuse(const std::vector<std::unique_ptr<Layer<double>>>&, std::size_t);

}  // namespace descent::nn
