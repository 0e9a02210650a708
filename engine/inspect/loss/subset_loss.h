// SPDX-License-Identifier: MIT
// SubsetLoss<T>: a network's mean cross-entropy over the first images of a data set, dropout off, at any weights, with
// its gradient and its Hessian's products with vectors (tangent.h). It has weights and memory of its own, so that the
// network it looks at may go on. T = float runs the SIMD kernels, T = double the plain reference ones, as nn::Network.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/nn/spec.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

template <class T>
class SubsetLoss {
 public:
  // The first `images` of the data set (at least one, not more than it has), which are images of the network's size
  // with its classes. An error when memory is short.
  [[nodiscard]] static core::Result<SubsetLoss> build(const nn::NetworkSpec& spec,
                                                      std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                      std::int64_t images);
  SubsetLoss(SubsetLoss&&) noexcept;
  SubsetLoss& operator=(SubsetLoss&&) noexcept;
  ~SubsetLoss();

  [[nodiscard]] std::int64_t parameters() const;
  [[nodiscard]] std::int64_t images() const;

  // weights, direction: (parameters()), in the order of Network::parameters(); they are copied.
  // set_weights() comes first, then any number of passes. A pass goes over all images, and the next one may begin when
  // it is done or given up.
  void set_weights(std::span<const T> weights);
  void start_loss();
  void start_gradient();
  void start_product(std::span<const T> direction);

  // Some images more, for about so many seconds; false when the pass is done. Results depend neither on the number of
  // threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);
  void finish(parallel::ThreadPool& pool) {
    while (advance(pool, 1)) {
    }
  }
  [[nodiscard]] double progress() const;  // of the pass, 0 … 1

  // Both speak of the finished pass. Every pass makes the loss, the same bits as Network::evaluate for 25 images or
  // more.
  [[nodiscard]] double loss() const;
  // (parameters()): the gradient, or the Hessian times the direction.
  [[nodiscard]] std::span<const T> result() const;

 private:
  struct Impl;
  explicit SubsetLoss(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

extern template class SubsetLoss<float>;
extern template class SubsetLoss<double>;

}  // namespace descent::inspect
