// SPDX-License-Identifier: MIT
// A block of images goes through everything on one thread. Its sums for a few ranks at a time lie one after the other,
// (ranks, images, places, channels), each made from the one before: they are the rows that the layers behind read.
#include "engine/inspect/matrices/ranks.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/inspect/matrices/spectrum.h"
#include "engine/inspect/matrices/svd.h"
#include "engine/kernels/gemm.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr std::int64_t kBlockSums = 4096;    // sums of one rank in a block
constexpr std::int64_t kMemorySums = 16384;  // of its ranks together: 64 kB, a second-level cache has room for more
constexpr int kMinBlockImages = 4;           // the kernels' own blocks
constexpr int kMaxBlockImages = 32;
constexpr int kMaxSliceBlocks = 64;
constexpr std::size_t kVector = 4;  // columns that the kernels make together

template <class Vector>
void grow(Vector& vector, std::int64_t size) {
  if (static_cast<std::int64_t>(vector.size()) < size) vector.resize(static_cast<std::size_t>(size));
}

int layer_count(const nn::Network<float>& network) {
  return static_cast<int>(network.spec().layers.size());
}

}  // namespace

Ranks::Ranks(nn::Network<float> network, int layer)
    : network_(std::move(network)),
      before_(network_.range(0, layer, std::as_const(network_).parameters())),
      layer_(network_.range(layer, layer + 1, std::as_const(network_).parameters())),
      last_(last_dense(network_, layer)),
      behind_(network_.range(layer + 1, layer_count(network_) - (last_.columns > 0 ? 1 : 0),
                             std::as_const(network_).parameters())),
      end_(network_.range(layer_count(network_) - (last_.columns > 0 ? 1 : 0), layer_count(network_),
                          std::as_const(network_).parameters())),
      whole_(network_.range(layer, layer_count(network_), std::as_const(network_).parameters())) {}

Ranks::Last Ranks::last_dense(const nn::Network<float>& network, int layer) {
  Last last;
  const int end = layer_count(network) - 1;
  if (end == layer || network.spec().layers.back().type != "dense") return last;
  const auto classes = static_cast<std::size_t>(network.classes());
  const std::size_t columns = (classes + kVector - 1) / kVector * kVector;
  last.columns = static_cast<int>(columns);
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.layer != end) continue;
    // They lie (inputs, classes) in the arena, whatever the inputs' order is in torch.
    const auto first = static_cast<std::size_t>(info.offset), size = static_cast<std::size_t>(info.size);
    const std::span<const float> values = network.parameters().subspan(first, size);
    core::AlignedVector<float>& padded = info.shape.size() > 1 ? last.weights : last.bias;
    padded.resize(size / classes * columns);
    for (std::size_t i = 0; i < size; ++i) padded[i / classes * columns + i % classes] = values[i];
  }
  last.inputs = static_cast<int>(last.weights.size() / columns);
  last.bias.resize(columns);
  return last;
}

core::Result<Ranks> Ranks::start(const nn::Network<float>& network, std::string_view parameter,
                                 std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                 std::int64_t images) {
  const core::Result<WeightMatrix> weights = weight_matrix(network, parameter);
  if (!weights.ok()) return weights.error();
  DESCENT_ASSERT(images >= 1 && images <= dataset->size());
  DESCENT_ASSERT(static_cast<std::int64_t>(dataset->image_size()) == network.input_size());
  core::Result<nn::Network<float>> copy = nn::Network<float>::build(network.spec());
  if (!copy.ok()) return copy.error();
  std::copy(network.parameters().begin(), network.parameters().end(), copy->parameters().begin());
  Ranks result(std::move(*copy), weights->info.layer);
  result.convolution_ = weights->info.shape.size() > 2;
  result.dataset_ = std::move(dataset);
  result.layout_ = layout;
  result.images_ = images;

  const Svd factors = svd(weights->values, weights->rows, weights->columns, Vectors::left);
  const auto channels = static_cast<std::size_t>(factors.rows), ranks = static_cast<std::size_t>(factors.count);
  result.channels_ = factors.rows;
  result.singular_values_ = factors.sigma;
  result.totals_.resize(ranks);
  result.columns_.assign(factors.u.begin(), factors.u.end());
  result.rows_.resize(channels * ranks);
  for (std::size_t o = 0; o < channels; ++o)
    for (std::size_t k = 0; k < ranks; ++k) result.rows_[k * channels + o] = result.columns_[o * ranks + k];
  result.bias_.assign(channels, 0);
  for (const nn::ParameterInfo& info : network.parameter_infos())
    if (info.layer == weights->info.layer && info.shape.size() == 1)
      network.export_parameter(info, network.parameters(), result.bias_);
  result.leading_ = result.last_.columns > 0 ? result.last_.columns : result.network_.classes();
  result.choose_blocks();
  return result;
}

void Ranks::choose_blocks() {
  const std::int64_t size = layer_.output_size();
  block_images_ = static_cast<int>(std::clamp<std::int64_t>(kBlockSums / size, kMinBlockImages, kMaxBlockImages));
  // Two at least, where there are two: one's sums are then never made in the place of those they are made from.
  block_ranks_ =
      static_cast<int>(std::clamp<std::int64_t>(kMemorySums / (size * block_images_), std::min(2, ranks()), ranks()));
}

bool Ranks::advance(parallel::ThreadPool& pool, double seconds) {
  const auto ranks_count = static_cast<std::size_t>(ranks());
  workers_.resize(std::max(workers_.size(), static_cast<std::size_t>(pool.threads())));
  const std::int64_t left = (images_ - done_ + block_images_ - 1) / block_images_;
  const int blocks = static_cast<int>(std::min<std::int64_t>(left, std::max(slice_blocks_, pool.threads())));
  grow(results_, static_cast<std::int64_t>(blocks) * ranks());
  const double begin = parallel::seconds_now();
  pool.run(blocks, [&](int block, int worker) {
    run_block(done_ + std::int64_t{block} * block_images_,
              std::span(results_).subspan(static_cast<std::size_t>(block) * ranks_count, ranks_count),
              workers_[static_cast<std::size_t>(worker)]);
  });
  const double used = std::max(parallel::seconds_now() - begin, 1e-6);
  slice_blocks_ = static_cast<int>(std::clamp(blocks * seconds / used, 1.0, double{kMaxSliceBlocks}));
  for (std::size_t i = 0; i < static_cast<std::size_t>(blocks) * ranks_count; ++i) {
    RowResult& total = totals_[i % ranks_count];
    total.loss += results_[i].loss;
    total.correct += results_[i].correct;
  }
  done_ = std::min(images_, done_ + std::int64_t{blocks} * block_images_);
  return done_ < images_;
}

void Ranks::run_block(std::int64_t first, std::span<RowResult> results, Worker& worker) const {
  const int count = static_cast<int>(std::min<std::int64_t>(block_images_, images_ - first));
  const std::int64_t pixels = network_.input_size(), size = layer_.output_size();
  const int places = static_cast<int>(size / channels_), rows = count * places;
  grow(worker.images, count * pixels);
  for (int i = 0; i < count; ++i)
    data::read_image(
        *dataset_, layout_, first + i,
        std::span(worker.images).subspan(static_cast<std::size_t>(i * pixels), static_cast<std::size_t>(pixels)));
  const auto labels =
      std::span(dataset_->labels).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
  const float* in = before_.run(count, worker.images.data(), worker.before);
  // In blocks as the network does it: a dense layer then passes over inputs that are 0.
  grow(worker.full, count * size);
  float* full = worker.full.data();
  for (int i = 0; i < count; i += nn::kBlockImages) {
    const int block = std::min(nn::kBlockImages, count - i);
    const float* out = layer_.run(block, in + i * layer_.input_size(), worker.layer);
    std::copy(out, out + block * size, full + i * size);
  }

  grow(worker.centred, count * size);
  for (int row = 0; row < rows; ++row)
    for (int o = 0; o < channels_; ++o)
      worker.centred[static_cast<std::size_t>(row * channels_ + o)] =
          full[row * channels_ + o] - bias_[static_cast<std::size_t>(o)];
  grow(worker.parts, std::int64_t{rows} * ranks());
  kernels::gemm(rows, ranks(), channels_, worker.centred.data(), channels_,
                kernels::plain_matrix(columns_.data(), ranks()), kernels::Start::zero, nullptr, worker.parts.data(),
                ranks());

  grow(worker.sums, block_ranks_ * count * size);
  const float* from = bias_.data();
  std::size_t from_step = 0;
  for (int rank = 0; rank < ranks(); rank += block_ranks_) {
    const int together = std::min(block_ranks_, ranks() - rank);
    add_ranks(rows, worker.parts.data() + rank, from, from_step, rank, together, worker.sums.data());
    from = worker.sums.data() + (together - 1) * count * size;
    from_step = static_cast<std::size_t>(channels_);
    const float* logits = logits_of(together * count, worker.sums.data(), worker);
    for (int i = 0; i < together; ++i)
      results[static_cast<std::size_t>(rank + i)] =
          row_losses(network_.classes(), leading_, logits + std::int64_t{i} * count * leading_, labels, worker.scratch);
  }
  // A convolution is fused with what follows it, as in the network; then the layer's outputs are not the same bits.
  const float* logits = convolution_ ? whole_.run(count, in, worker.behind)
                                     : end_.run(count, behind_.run(count, full, worker.behind), worker.end);
  results.back() = row_losses(network_.classes(), network_.classes(), logits, labels, worker.scratch);
}

const float* Ranks::logits_of(int rows, const float* sums, Worker& worker) const {
  const float* out = behind_.run(rows, sums, worker.behind);
  if (last_.columns == 0) return out;
  grow(worker.logits, std::int64_t{rows} * last_.columns);
  kernels::gemm(rows, last_.columns, last_.inputs, out, last_.inputs,
                kernels::plain_matrix(last_.weights.data(), last_.columns), kernels::Start::bias, last_.bias.data(),
                worker.logits.data(), last_.columns);
  return worker.logits.data();
}

// sums: (ranks, rows, channels). from: (rows, channels), the sums of the rank before, or the bias with from_step 0.
void Ranks::add_ranks(int count, const float* parts, const float* from, std::size_t from_step, int first_rank,
                      int ranks, float* sums) const {
  const auto channels = static_cast<std::size_t>(channels_);
  const std::size_t rank_step = static_cast<std::size_t>(count) * channels;
  for (int row = 0; row < count; ++row, parts += totals_.size(), from += from_step, sums += channels) {
    const float* before = from;
    for (int k = 0; k < ranks; ++k) {
      const float part = parts[k];
      const float* vector = rows_.data() + static_cast<std::size_t>(first_rank + k) * channels;
      float* to = sums + static_cast<std::size_t>(k) * rank_step;
      for (std::size_t o = 0; o < channels; ++o) to[o] = before[o] + part * vector[o];
      before = to;
    }
  }
}

RankCurve Ranks::curve() const {
  RankCurve curve;
  for (const RowResult& total : totals_) {
    curve.accuracy.push_back(static_cast<double>(total.correct) / static_cast<double>(done_));
    curve.loss.push_back(total.loss / static_cast<double>(done_));
  }
  return curve;
}

}  // namespace descent::inspect
