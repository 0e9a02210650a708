// SPDX-License-Identifier: MIT
// Answers: what a network says of a labelled set, image by image. Everything about its answers (confusion.h,
// calibration.h) is made of these logits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/nn/network.h"
#include "engine/nn/network_range.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct AnswerTable {
  int classes = 0;
  std::vector<float> logits;          // (images, classes)
  std::vector<std::uint16_t> labels;  // (images), each below `classes`

  [[nodiscard]] std::size_t images() const { return labels.size(); }
  [[nodiscard]] std::span<const float> row(std::size_t image) const {
    const auto width = static_cast<std::size_t>(classes);
    return std::span(logits).subspan(image * width, width);
  }
};

// The number of the first largest logit.
[[nodiscard]] int answer_of(std::span<const float> logits);

inline constexpr std::int64_t kMostAnswerBytes = std::int64_t{64} << 20;  // of logits

class Answers {
 public:
  // The first `images` of the data set (at least one), which are images of the network's size with its classes. The
  // parameters are copied: the network may go on. An error when the logits would not fit into kMostAnswerBytes, or
  // memory is short.
  [[nodiscard]] static core::Result<Answers> start(const nn::Network<float>& network,
                                                   std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                   std::int64_t images);

  // Some images more, for about so many seconds; false when all are done. Results depend neither on the number of
  // threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] std::int64_t images() const { return static_cast<std::int64_t>(table_.images()); }
  [[nodiscard]] std::int64_t images_done() const { return done_; }
  // The rows of images that are not done yet are 0.
  [[nodiscard]] const AnswerTable& table() const { return table_; }

 private:
  struct Worker {
    nn::LayerRange<float>::Memory memory;
    core::AlignedVector<float> images;
  };

  explicit Answers(nn::Network<float> network);
  void run_block(std::int64_t first, Worker& worker);

  nn::Network<float> network_;
  nn::LayerRange<float> layers_;
  std::shared_ptr<const data::Dataset> dataset_;
  data::Layout layout_ = data::Layout::upright;
  AnswerTable table_;
  std::int64_t done_ = 0;
  int slice_blocks_ = 1;  // of the next slice
  std::vector<Worker> workers_;
};

}  // namespace descent::inspect
