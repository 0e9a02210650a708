// SPDX-License-Identifier: MIT
#include "engine/inspect/answers/answers.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr int kMaxSliceBlocks = 256;

int layer_count(const nn::Network<float>& network) {
  return static_cast<int>(network.spec().layers.size());
}

}  // namespace

int answer_of(std::span<const float> logits) {
  return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

Answers::Answers(nn::Network<float> network)
    : network_(std::move(network)),
      layers_(network_.range(0, layer_count(network_), std::as_const(network_).parameters())) {}

core::Result<Answers> Answers::start(const nn::Network<float>& network, std::shared_ptr<const data::Dataset> dataset,
                                     data::Layout layout, std::int64_t images) {
  DESCENT_ASSERT(images >= 1 && images <= dataset->size());
  DESCENT_ASSERT(static_cast<std::int64_t>(dataset->image_size()) == network.input_size());
  const std::int64_t most = kMostAnswerBytes / (network.classes() * static_cast<std::int64_t>(sizeof(float)));
  if (images > most)
    return core::Error{core::fill("{} images are too many: with {} classes {} fit into memory", core::grouped(images),
                                  network.classes(), core::grouped(most))};
  core::Result<nn::Network<float>> copy = nn::Network<float>::build(network.spec());
  if (!copy.ok()) return copy.error();
  std::copy(network.parameters().begin(), network.parameters().end(), copy->parameters().begin());
  Answers result(std::move(*copy));
  const auto count = static_cast<std::size_t>(images);
  result.table_.classes = network.classes();
  result.table_.logits.resize(count * static_cast<std::size_t>(network.classes()));
  result.table_.labels.assign(dataset->labels.begin(), dataset->labels.begin() + static_cast<std::ptrdiff_t>(images));
  result.dataset_ = std::move(dataset);
  result.layout_ = layout;
  return result;
}

bool Answers::advance(parallel::ThreadPool& pool, double seconds) {
  workers_.resize(std::max(workers_.size(), static_cast<std::size_t>(pool.threads())));
  const std::int64_t left = (images() - done_ + nn::kBlockImages - 1) / nn::kBlockImages;
  const int blocks = static_cast<int>(std::min<std::int64_t>(left, std::max(slice_blocks_, pool.threads())));
  const double begin = parallel::seconds_now();
  pool.run(blocks, [&](int block, int worker) {
    run_block(done_ + std::int64_t{block} * nn::kBlockImages, workers_[static_cast<std::size_t>(worker)]);
  });
  const double used = std::max(parallel::seconds_now() - begin, 1e-6);
  slice_blocks_ = static_cast<int>(std::clamp(blocks * seconds / used, 1.0, double{kMaxSliceBlocks}));
  done_ = std::min(images(), done_ + std::int64_t{blocks} * nn::kBlockImages);
  return done_ < images();
}

// In blocks as the network does it, and so to the same bits.
void Answers::run_block(std::int64_t first, Worker& worker) {
  const int count = static_cast<int>(std::min<std::int64_t>(nn::kBlockImages, images() - first));
  const auto pixels = static_cast<std::size_t>(network_.input_size());
  worker.images.resize(static_cast<std::size_t>(nn::kBlockImages) * pixels);
  for (int i = 0; i < count; ++i)
    data::read_image(*dataset_, layout_, first + i,
                     std::span(worker.images).subspan(static_cast<std::size_t>(i) * pixels, pixels));
  const float* logits = layers_.run(count, worker.images.data(), worker.memory);
  std::copy_n(logits, count * table_.classes,
              table_.logits.begin() + static_cast<std::ptrdiff_t>(first * table_.classes));
}

}  // namespace descent::inspect
