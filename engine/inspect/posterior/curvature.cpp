// SPDX-License-Identifier: MIT
// A slice has two halves. First its images go through the network, a part of a block on one thread; then every feature
// passes over all blocks of the slice in their order, a feature on one thread: each sum has one writer and one order.
#include "engine/inspect/posterior/curvature.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/inspect/posterior/tiled_cholesky.h"
#include "engine/kernels/masked_products.h"
#include "engine/kernels/softmax.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr int kPart = kernels::kMaskBits;          // images
constexpr int kParts = Curvature::kBlock / kPart;  // of a block
static_assert(kParts == kernels::kMaxMaskWords);
constexpr int kMaxSliceBlocks = 16;
constexpr std::uint64_t kSliceBytes = 8'000'000;  // of their blocks, if there are several
constexpr int kVector = 4;
constexpr float kSmallest = 1e-20F;  // below it products of products lose digits and take long: denormal numbers
constexpr std::uint64_t kMegabyte = 1'000'000;

std::int64_t pairs_below(int n) {
  return std::int64_t{n} * (n - 1) / 2;
}

// The number of pair (a, b) of classes, a > b.
std::size_t pair_of(int a, int b) {
  return static_cast<std::size_t>(pairs_below(a) + b);
}

}  // namespace

core::Result<Curvature> Curvature::start(const nn::Network<float>& network,
                                         std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                         std::int64_t images) {
  DESCENT_ASSERT(images >= 1 && images <= dataset->size());
  DESCENT_ASSERT(static_cast<std::int64_t>(dataset->image_size()) == network.input_size());
  core::Result<LastLayer> layer = LastLayer::cut(network);
  if (!layer.ok()) return layer.error();
  const std::int64_t inputs = layer->inputs(), weights = (inputs + 1) * layer->classes();
  const std::uint64_t bytes = TiledCholesky::bytes(weights);
  if (bytes > kMatrixBytes)
    return core::Error{core::fill(
        "the last layer has {} weights and biases, whose covariance takes {} MB; the posterior takes {} MB at most",
        weights, (bytes + kMegabyte - 1) / kMegabyte, kMatrixBytes / kMegabyte)};
  Curvature result(std::move(*layer));
  result.pairs_ = static_cast<int>(pairs_below(result.layer_.classes()));
  result.columns_ = (result.pairs_ + kVector - 1) / kVector * kVector;
  const auto size = static_cast<std::uint64_t>(pairs_below(result.layer_.features() + 1) * result.columns_);
  const std::uint64_t block_bytes =
      sizeof(float) * kBlock * static_cast<std::uint64_t>(result.columns_ + result.layer_.features());
  if (!core::room_for(bytes + sizeof(double) * size + std::max(block_bytes, kSliceBytes)))
    return core::Error{core::fill("the page has no memory for the covariance of {} weights", weights)};
  result.max_blocks_ = static_cast<int>(std::clamp<std::uint64_t>(kSliceBytes / block_bytes, 1, kMaxSliceBlocks));
  result.dataset_ = std::move(dataset);
  result.layout_ = layout;
  result.images_ = images;
  result.sums_.resize(static_cast<std::size_t>(size));
  return result;
}

bool Curvature::advance(parallel::ThreadPool& pool, double seconds) {
  if (done_ == images_) return false;
  workers_.resize(std::max(workers_.size(), static_cast<std::size_t>(pool.threads())));
  const std::int64_t left = (images_ - done_ + kBlock - 1) / kBlock;
  const int count = static_cast<int>(std::min<std::int64_t>(left, slice_blocks_));
  const int features = layer_.features();
  const double begin = parallel::seconds_now();
  while (static_cast<int>(blocks_.size()) < count) {
    Block& block = blocks_.emplace_back();
    block.masks.resize(static_cast<std::size_t>(features * kParts));
    block.phi.resize(static_cast<std::size_t>(features * kBlock));
    block.weights.resize(static_cast<std::size_t>(kBlock * columns_));
  }
  pool.run(count * kParts, [&](int task, int worker) {
    read_part(done_ + std::int64_t{task} * kPart, task % kParts, blocks_[static_cast<std::size_t>(task / kParts)],
              workers_[static_cast<std::size_t>(worker)]);
  });
  // The last feature has the most partners and goes first.
  pool.run(features, [&](int task, int worker) {
    add_feature(features - 1 - task, std::span(blocks_).first(static_cast<std::size_t>(count)),
                workers_[static_cast<std::size_t>(worker)]);
  });
  const double used = std::max(parallel::seconds_now() - begin, 1e-6);
  slice_blocks_ = static_cast<int>(std::clamp(count * seconds / used, 1.0, static_cast<double>(max_blocks_)));
  done_ = std::min(images_, done_ + std::int64_t{count} * kBlock);
  if (done_ < images_) return true;
  blocks_ = {};
  workers_ = {};
  return false;
}

// first: the part's first image, which may lie behind the last one.
void Curvature::read_part(std::int64_t first, int part, Block& block, Worker& worker) const {
  const int inputs = layer_.inputs(), classes = layer_.classes();
  const int count = static_cast<int>(std::clamp<std::int64_t>(images_ - first, 0, kPart));
  const auto pixels = static_cast<std::size_t>(layer_.image_size());
  worker.images.resize(pixels * nn::kBlockImages);
  worker.probabilities.resize(static_cast<std::size_t>(classes));
  const auto mask = [&](int j) -> std::uint32_t& { return block.masks[static_cast<std::size_t>(j * kParts + part)]; };
  for (int j = 0; j <= inputs; ++j) mask(j) = 0;
  for (int from = 0; from < count; from += nn::kBlockImages) {
    const int images = std::min(nn::kBlockImages, count - from);
    for (int i = 0; i < images; ++i)
      data::read_image(*dataset_, layout_, first + from + i,
                       std::span(worker.images).subspan(static_cast<std::size_t>(i) * pixels, pixels));
    const float* features = layer_.run(images, worker.images.data(), worker.memory);
    const float* logits = layer_.logits(images, features, worker.memory);
    for (int i = 0; i < images; ++i, features += inputs, logits += classes) {
      const int at = part * kPart + from + i;
      const std::uint32_t bit = std::uint32_t{1} << (from + i);
      for (int j = 0; j <= inputs; ++j) {
        const float value = j < inputs ? features[j] : 1.0F;
        block.phi[static_cast<std::size_t>(j * kBlock + at)] = value;
        mask(j) |= value != 0 ? bit : 0U;
      }
      float* p = worker.probabilities.data();
      kernels::softmax(classes, logits, p);
      float* to = block.weights.data() + std::int64_t{at} * columns_;
      for (int a = 1; a < classes; ++a)
        for (int b = 0; b < a; ++b) {
          const float product = p[a] * p[b];
          *to++ = product < kSmallest ? 0 : product;
        }
    }
  }
}

void Curvature::add_feature(int feature, std::span<const Block> blocks, Worker& worker) {
  const auto columns = static_cast<std::size_t>(columns_);
  worker.sums.resize(columns);
  for (const Block& block : blocks) {
    const std::span masks(block.masks);
    const auto mask_of = [&](int j) { return masks.subspan(static_cast<std::size_t>(j * kParts), kParts); };
    double* to = sums_.data() + static_cast<std::size_t>(pairs_below(feature + 1)) * columns;
    for (int k = 0; k <= feature; ++k, to += columns) {
      kernels::masked_products(mask_of(feature), block.phi.data() + std::ptrdiff_t{feature} * kBlock, mask_of(k),
                               block.phi.data() + std::ptrdiff_t{k} * kBlock, columns_, block.weights.data(),
                               worker.sums.data());
      for (std::size_t c = 0; c < columns; ++c) to[c] += static_cast<double>(worker.sums[c]);
    }
  }
}

const double* Curvature::moments(int j, int k) const {
  const std::int64_t pair = pairs_below(std::max(j, k) + 1) + std::min(j, k);
  return sums_.data() + static_cast<std::size_t>(pair * columns_);
}

double Curvature::at(int row, int column) const {
  const int features = layer_.features();
  const int a = row / features, b = column / features;
  const double* m = moments(row % features, column % features);
  if (a != b) return -m[pair_of(std::max(a, b), std::min(a, b))];
  double sum = 0;
  for (int c = 0; c < layer_.classes(); ++c)
    if (c != a) sum += m[pair_of(std::max(a, c), std::min(a, c))];
  return sum;
}

}  // namespace descent::inspect
