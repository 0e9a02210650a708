// SPDX-License-Identifier: MIT
// A thread takes a point at a time, as making its weights and packing them costs little beside its images; the images
// go in blocks as nn::Network takes them, so that the losses are the same bits. Layers before the first one that any
// direction moves run once for all points.
#include "engine/inspect/loss/landscape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/kernels/softmax.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr int kCoarse = 4;                  // every so many-th point of a row and of a column at first
constexpr std::int64_t kFirstImages = 128;  // for the first picture
constexpr std::int64_t kFirstSlice = 32;    // images
constexpr double kMostBlocks = 1 << 16;     // of a slice
constexpr int kBeforeBlocks = 16;
constexpr std::uint64_t kBeforeBytes = 64'000'000;  // more is not kept: the layers then run for every point

int layer_count(const nn::Network<float>& network) {
  return static_cast<int>(network.spec().layers.size());
}

// The first layer with a weight that one of the directions moves; 0 when there is none.
int first_moved(const nn::Network<float>& network, const Plane& plane) {
  for (const nn::ParameterInfo& info : network.parameter_infos())
    for (const std::vector<float>& direction : plane.directions)
      for (std::int64_t i = info.offset; i < info.offset + info.size; ++i)
        if (direction[static_cast<std::size_t>(i)] != 0) return info.layer;
  return 0;
}

}  // namespace

Landscape::Landscape(nn::Network<float> network, Plane plane, int first_layer)
    : plane_(std::move(plane)),
      network_(std::move(network)),
      first_layer_(first_layer),
      before_(network_.range(0, first_layer, std::as_const(network_).parameters())) {}

core::Result<Landscape> Landscape::start(const nn::Network<float>& network, Plane plane,
                                         std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                         std::int64_t images, const LandscapeGrid& grid) {
  DESCENT_ASSERT(images >= 1 && images <= dataset->size());
  DESCENT_ASSERT(static_cast<std::int64_t>(dataset->image_size()) == network.input_size());
  DESCENT_ASSERT(plane.middle.size() == network.parameters().size());
  DESCENT_ASSERT(std::min(grid.width, grid.height) >= LandscapeGrid::kMinSide);
  DESCENT_ASSERT(std::max(grid.width, grid.height) <= LandscapeGrid::kMaxSide);
  core::Result<nn::Network<float>> copy = nn::Network<float>::build(network.spec());
  if (!copy.ok()) return copy.error();
  std::copy(plane.middle.begin(), plane.middle.end(), copy->parameters().begin());
  int first_layer = first_moved(network, plane);
  std::uint64_t bytes = 0;
  if (first_layer > 0) {
    bytes = sizeof(float) * static_cast<std::uint64_t>(images * network.output_shape(first_layer - 1).size());
    if (bytes > kBeforeBytes) {
      first_layer = 0;
      bytes = 0;
    }
  }
  // Two lanes with weights, packed ones and some more.
  if (!core::room_for(bytes + 8 * sizeof(float) * static_cast<std::uint64_t>(plane.middle.size())))
    return core::Error{core::fill("the page has no memory for a landscape of {} parameters", plane.middle.size())};
  Landscape result(std::move(*copy), std::move(plane), first_layer);
  result.dataset_ = std::move(dataset);
  result.layout_ = layout;
  result.images_ = images;
  result.grid_ = grid;
  result.points_.resize(static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height));
  result.before_outputs_.resize(static_cast<std::size_t>(bytes / sizeof(float)));
  result.slice_images_ = kFirstSlice;
  result.order_points();
  return result;
}

// Counted from the middle, which is one of the coarse points.
void Landscape::order_points() {
  // Every `step`-th point that is not one of every `before`-th, which had their turns.
  const auto add = [&](int step, int before, std::int64_t end) {
    for (int row = 0; row < grid_.height; ++row)
      for (int column = 0; column < grid_.width; ++column) {
        const int y = row - grid_.height / 2, x = column - grid_.width / 2;
        if (y % step != 0 || x % step != 0) continue;
        if (before > 0 && y % before == 0 && x % before == 0) continue;
        turns_.push_back({row * grid_.width + column, end});
      }
  };
  if (images_ > kFirstImages) add(kCoarse, 0, kFirstImages);
  add(kCoarse, 0, images_);
  for (int step = kCoarse / 2; step >= 1; step /= 2) add(step, 2 * step, images_);
}

// Runs the layers that stay as they are on all images.
void Landscape::fill_before(parallel::ThreadPool& pool, double seconds) {
  const double begin = parallel::seconds_now();
  const std::int64_t size = before_.output_size();
  do {
    const std::int64_t left = (images_ - before_done_ + nn::kBlockImages - 1) / nn::kBlockImages;
    const int blocks = static_cast<int>(std::min<std::int64_t>(left, kBeforeBlocks));
    pool.run(blocks, [&](int block, int worker) {
      Lane& lane = lanes_[static_cast<std::size_t>(worker)];
      const std::int64_t first = before_done_ + std::int64_t{block} * nn::kBlockImages;
      const int count = static_cast<int>(std::min<std::int64_t>(nn::kBlockImages, images_ - first));
      const float* out = before_.run(count, read_images(first, count, lane), lane.memory);
      std::copy(out, out + count * size, before_outputs_.data() + first * size);
    });
    before_done_ = std::min(images_, before_done_ + std::int64_t{blocks} * nn::kBlockImages);
  } while (before_done_ < images_ && parallel::seconds_now() - begin < seconds);
}

const float* Landscape::read_images(std::int64_t first, int count, Lane& lane) const {
  const std::size_t pixels = dataset_->image_size();
  lane.images.resize(pixels * nn::kBlockImages);
  for (int i = 0; i < count; ++i)
    data::read_image(*dataset_, layout_, first + i,
                     std::span(lane.images).subspan(static_cast<std::size_t>(i) * pixels, pixels));
  return lane.images.data();
}

// Gives idle lanes the next turns. A point that is still in another lane's hands is waited for.
bool Landscape::take_turns() {
  bool busy = false;
  for (Lane& lane : lanes_) {
    if (!lane.turn && next_ < turns_.size()) {
      const int point = turns_[next_].point;
      const bool taken = std::any_of(lanes_.begin(), lanes_.end(),
                                     [&](const Lane& other) { return other.turn && other.turn->point == point; });
      if (!taken) lane.turn = turns_[next_++];
    }
    busy = busy || lane.turn.has_value();
  }
  return busy;
}

void Landscape::run(Lane& lane) {
  if (!lane.turn) return;
  if (!lane.layers) {
    lane.weights.resize(plane_.middle.size());
    weights_at(plane_, a(lane.turn->point % grid_.width), b(lane.turn->point / grid_.width), lane.weights);
    lane.layers = network_.range(first_layer_, layer_count(network_), lane.weights);
  }
  Point& point = points_[static_cast<std::size_t>(lane.turn->point)];
  const std::int64_t end = std::min(lane.turn->end, point.done + slice_images_);
  while (point.done < end) {
    const int count = static_cast<int>(std::min<std::int64_t>(nn::kBlockImages, end - point.done));
    const float* in = first_layer_ > 0 ? before_outputs_.data() + point.done * before_.output_size()
                                       : read_images(point.done, count, lane);
    const float* logits = lane.layers->run(count, in, lane.memory);
    for (int i = 0; i < count; ++i, logits += network_.classes())
      point.sum += kernels::cross_entropy(network_.classes(), logits,
                                          dataset_->labels[static_cast<std::size_t>(point.done + i)]);
    point.done += count;
  }
  if (point.done < lane.turn->end) return;
  lane.turn.reset();
  lane.layers.reset();
}

bool Landscape::advance(parallel::ThreadPool& pool, double seconds) {
  DESCENT_ASSERT(seconds > 0);
  const double begin = parallel::seconds_now();
  lanes_.resize(std::max(lanes_.size(), static_cast<std::size_t>(pool.threads())));
  if (first_layer_ > 0 && before_done_ < images_) {
    fill_before(pool, seconds);
    return true;
  }
  for (double used = 0; used < seconds && take_turns();) {
    const double from = parallel::seconds_now();
    pool.run(static_cast<int>(lanes_.size()),
             [&](int lane, int /*worker*/) { run(lanes_[static_cast<std::size_t>(lane)]); });
    const double now = parallel::seconds_now();
    used = now - begin;
    // Whole blocks, so that a point's losses do not depend on where it was interrupted.
    const double wanted = static_cast<double>(slice_images_) * seconds / std::max(now - from, 1e-6);
    slice_images_ = static_cast<std::int64_t>(std::clamp(wanted / nn::kBlockImages, 1.0, kMostBlocks)) *
                    std::int64_t{nn::kBlockImages};
  }
  return next_ < turns_.size() ||
         std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.turn.has_value(); });
}

double Landscape::progress() const {
  std::int64_t done = 0;
  for (const Point& point : points_) done += point.done;
  return static_cast<double>(done) / (static_cast<double>(points_.size()) * static_cast<double>(images_));
}

double Landscape::a(int column) const {
  return grid_.range_a * ((2 * column - (grid_.width - 1)) / static_cast<double>(grid_.width - 1));
}
double Landscape::b(int row) const {
  return grid_.range_b * ((2 * row - (grid_.height - 1)) / static_cast<double>(grid_.height - 1));
}

std::vector<double> Landscape::means(std::int64_t least) const {
  std::vector<double> result;
  for (const Point& point : points_)
    result.push_back(point.done < least ? std::numeric_limits<double>::quiet_NaN()
                                        : point.sum / static_cast<double>(point.done));
  return result;
}

std::vector<double> Landscape::losses() const {
  return means(images_);
}
std::vector<double> Landscape::preview() const {
  return means(1);
}

std::int64_t Landscape::images_done(int row, int column) const {
  return points_[static_cast<std::size_t>(row * grid_.width + column)].done;
}

}  // namespace descent::inspect
