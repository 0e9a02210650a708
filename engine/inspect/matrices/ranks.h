// SPDX-License-Identifier: MIT
// Ranks: how good a network would be if one of its weight matrices had a lower rank. W is replaced by its best
// approximation of rank r (Eckart & Young, "The approximation of one matrix by another of lower rank", Psychometrika 1,
// 1936), for every r from 1 to all, and each of these networks reads the same labelled images.
// How: W_r = U_r U_rᵀ W, with the first r left singular vectors. So the layer runs once an image, its outputs are taken
// apart along the vectors, put together again one after the other, and only the layers behind run for every rank, on
// rows (ranks x images) at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/inspect/matrices/row_losses.h"
#include "engine/nn/network.h"
#include "engine/nn/network_range.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

// [r − 1]: of rank r.
struct RankCurve {
  std::vector<double> accuracy;  // share of the images, 0 … 1
  std::vector<double> loss;      // mean cross-entropy
};

class Ranks {
 public:
  // The first `images` of the data set (at least one), which are images of the network's size with its classes. The
  // parameters are copied: the network may go on. An error when `parameter` is no weight matrix, or memory is short.
  [[nodiscard]] static core::Result<Ranks> start(const nn::Network<float>& network, std::string_view parameter,
                                                 std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                 std::int64_t images);

  // Some images more, for about so many seconds; false when all are done. Results depend neither on the number of
  // threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] int ranks() const { return static_cast<int>(totals_.size()); }
  [[nodiscard]] std::int64_t images() const { return images_; }
  [[nodiscard]] std::int64_t images_done() const { return done_; }
  [[nodiscard]] double progress() const { return static_cast<double>(done_) / static_cast<double>(images_); }
  // curve() is over the images done so far, of which there must be some. At full rank the network itself has answered,
  // so that its accuracy is the network's to the image.
  [[nodiscard]] RankCurve curve() const;
  [[nodiscard]] std::span<const double> singular_values() const { return singular_values_; }

 private:
  // Working memory of a thread.
  struct Worker {
    nn::LayerRange<float>::Memory before, layer, behind, end;
    core::AlignedVector<float> images, full, centred, parts, sums, logits;
    std::vector<float> scratch;
  };

  // The network's last layer where it is dense, with classes of no weight up to whole vectors: made for every rank, it
  // is most of the work, and columns left over take as long as a vector.
  struct Last {
    int inputs = 0, columns = 0;               // 0: the last layer is another one, or the one whose ranks are taken
    core::AlignedVector<float> weights, bias;  // (inputs, columns), (columns)
  };

  Ranks(nn::Network<float> network, int layer);
  [[nodiscard]] static Last last_dense(const nn::Network<float>& network, int layer);
  // The logits of some rows behind the layer, `leading` apart.
  const float* logits_of(int rows, const float* sums, Worker& worker) const;
  void choose_blocks();
  void run_block(std::int64_t first, std::span<RowResult> results, Worker& worker) const;
  void add_ranks(int count, const float* parts, const float* from, std::size_t from_step, int first_rank, int ranks,
                 float* sums) const;

  nn::Network<float> network_;
  nn::LayerRange<float> before_, layer_;
  Last last_;
  nn::LayerRange<float> behind_, end_;  // end_: the layer that Last stands for
  nn::LayerRange<float> whole_;         // the layer and all behind it
  int leading_ = 0;                     // distance of two rows of logits
  bool convolution_ = false;
  std::shared_ptr<const data::Dataset> dataset_;
  data::Layout layout_ = data::Layout::upright;
  std::int64_t images_ = 0, done_ = 0;
  int channels_ = 0;                           // rows of the matrix
  int block_images_ = 1, block_ranks_ = 1;     // that stay in the caches together
  int slice_blocks_ = 1;                       // of the next slice
  core::AlignedVector<float> columns_, rows_;  // U (channels, ranks) and its transpose
  core::AlignedVector<float> bias_;            // (channels)
  std::vector<double> singular_values_;
  std::vector<RowResult> totals_;   // (ranks)
  std::vector<RowResult> results_;  // (blocks of a slice, ranks)
  std::vector<Worker> workers_;
};

}  // namespace descent::inspect
