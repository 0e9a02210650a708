// SPDX-License-Identifier: MIT
// Curvature: the generalized Gauss–Newton matrix of a network's cross-entropy, summed over images, with respect to the
// weights W of its dense last layer,
//   H = Σ_i (diag(p_i) − p_i p_iᵀ) ⊗ φ_i φ_iᵀ,
// p the probabilities, φ the features (last_layer.h). Since z is linear in W, H is the Hessian itself. Row (c, j) is
// that of weight j of class c, number c · features + j.
// How: the blocks of two classes c ≠ d are −M_cd with M_cd = Σ_i p_c p_d φφᵀ, and a row of blocks sums to zero, as the
// probabilities sum to one: H_cc = Σ_d M_cd. So only pairs of classes and of features are summed, images innermost,
// and of a pair of features only the images where neither is 0, which behind a ReLU are few.
// Errors: products of kBlock images are summed in single precision, these sums in double; each number of M is off by at
// most 1e-5 of the sum of its terms' magnitudes and in practice by 1e-7, besides the error of the float features.
// Products p_c p_d below 1e-20 count as 0. Whatever the error of M, H keeps its zeros: what all classes share does not
// change the answer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/inspect/posterior/last_layer.h"
#include "engine/nn/network.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

class Curvature {
 public:
  static constexpr int kBlock = 128;  // images
  // The largest matrix that is taken: its factor (tiled_cholesky.h) has at most so many bytes.
  static constexpr std::uint64_t kMatrixBytes = 64'000'000;

  // The first `images` of the data set (at least one), which are images of the network's size with its classes. The
  // parameters are copied: the network may go on. An error when the last layer is not dense, its matrix is too large,
  // or memory is short.
  [[nodiscard]] static core::Result<Curvature> start(const nn::Network<float>& network,
                                                     std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                     std::int64_t images);

  // Some images more, for about so many seconds; false when all are done. Results depend neither on the number of
  // threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] const LastLayer& layer() const { return layer_; }
  [[nodiscard]] const data::Dataset& dataset() const { return *dataset_; }
  [[nodiscard]] data::Layout layout() const { return layout_; }
  [[nodiscard]] int size() const { return layer_.weights(); }  // rows of H
  [[nodiscard]] std::int64_t images() const { return images_; }
  [[nodiscard]] std::int64_t images_done() const { return done_; }
  [[nodiscard]] double progress() const { return static_cast<double>(done_) / static_cast<double>(images_); }

  // An element of H, over the images done so far.
  [[nodiscard]] double at(int row, int column) const;

 private:
  // A part of a block is one task of the first half of a slice, and a word of its masks.
  struct Block {
    std::vector<std::uint32_t> masks;    // (features, parts) bits of the images whose feature is not 0
    core::AlignedVector<float> phi;      // (features, kBlock)
    core::AlignedVector<float> weights;  // (kBlock, columns_) p_c p_d
  };
  struct Worker {
    LastLayer::Memory memory;
    core::AlignedVector<float> images, sums;
    std::vector<float> probabilities;
  };

  explicit Curvature(LastLayer layer) : layer_(std::move(layer)) {}
  void read_part(std::int64_t first, int part, Block& block, Worker& worker) const;
  void add_feature(int feature, std::span<const Block> blocks, Worker& worker);
  [[nodiscard]] const double* moments(int j, int k) const;  // (columns_) of two features

  LastLayer layer_;
  std::shared_ptr<const data::Dataset> dataset_;
  data::Layout layout_ = data::Layout::upright;
  std::int64_t images_ = 0, done_ = 0;
  int pairs_ = 0, columns_ = 0;  // pairs of classes, and those up to whole vectors
  int slice_blocks_ = 1;         // of the next slice
  int max_blocks_ = 1;           // of any
  std::vector<Block> blocks_;
  std::vector<Worker> workers_;
  core::AlignedVector<double> sums_;  // (pairs of features j >= k, columns_): M
};

}  // namespace descent::inspect
