// SPDX-License-Identifier: MIT
// Landscape: the loss over a grid of points of a plane of weights, on the first images of a data set, dropout off.
// Coarse to fine: every fourth point on a few images first, which is a picture at once; then those on all images, then
// every second point, then the rest. A point's images are added up in their order, whatever the order of the points.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/inspect/loss/plane.h"
#include "engine/nn/network.h"
#include "engine/nn/network_range.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct LandscapeGrid {
  int width = 41, height = 41;  // points along d₁ and d₂, kMinSide … kMaxSide each
  // Column 0 is at a = −range_a, the last at +range_a, and so do the rows with b. Above 0, in units of the directions.
  double range_a = 1, range_b = 1;
  static constexpr int kMinSide = 2, kMaxSide = 201;
};

class Landscape {
 public:
  // plane: of this network; images: 1 … dataset->size(), which are of the network's size with its classes. The
  // parameters are the plane's: the network may go on. An error when memory is short.
  [[nodiscard]] static core::Result<Landscape> start(const nn::Network<float>& network, Plane plane,
                                                     std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                     std::int64_t images, const LandscapeGrid& grid);

  // Some images more, for about so many seconds; false when all points are done. Results depend neither on the number
  // of threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] const LandscapeGrid& grid() const { return grid_; }
  [[nodiscard]] const Plane& plane() const { return plane_; }
  [[nodiscard]] std::int64_t images() const { return images_; }
  [[nodiscard]] double progress() const;  // 0 … 1
  // The places of columns and rows. The middle of an odd side is 0 exactly.
  [[nodiscard]] double a(int column) const;
  [[nodiscard]] double b(int row) const;

  // (height, width), row 0 at b = −range_b: mean losses of the points that are done on all images, NaN at the others.
  // The middle of an odd grid has the network's own loss on these images to the bit: SubsetLoss', and for 25 images or
  // more that of Network::evaluate.
  [[nodiscard]] std::vector<double> losses() const;
  // The same with the means over fewer images of points that are begun: the picture while it is made.
  [[nodiscard]] std::vector<double> preview() const;
  // Images of a point so far.
  [[nodiscard]] std::int64_t images_done(int row, int column) const;

 private:
  struct Point {
    double sum = 0;  // of its images' losses
    std::int64_t done = 0;
  };
  // A point and how many of its images are done when its turn is over.
  struct Turn {
    int point = 0;
    std::int64_t end = 0;
  };
  // A Lane is what a thread works on.
  struct Lane {
    std::optional<Turn> turn;
    core::AlignedVector<float> weights;
    std::optional<nn::LayerRange<float>> layers;  // with these weights; empty: to be made
    nn::LayerRange<float>::Memory memory;
    core::AlignedVector<float> images;
  };

  Landscape(nn::Network<float> network, Plane plane, int first_layer);
  void order_points();
  void fill_before(parallel::ThreadPool& pool, double seconds);
  [[nodiscard]] bool take_turns();
  void run(Lane& lane);
  const float* read_images(std::int64_t first, int count, Lane& lane) const;
  [[nodiscard]] std::vector<double> means(std::int64_t least) const;

  Plane plane_;
  nn::Network<float> network_;    // with the plane's middle
  int first_layer_ = 0;           // no direction moves a weight of a layer before this one
  nn::LayerRange<float> before_;  // those layers
  LandscapeGrid grid_;
  std::shared_ptr<const data::Dataset> dataset_;
  data::Layout layout_ = data::Layout::upright;
  std::int64_t images_ = 0;
  std::vector<Point> points_;  // (height, width)
  std::vector<Turn> turns_;
  std::size_t next_ = 0;                       // of turns_
  core::AlignedVector<float> before_outputs_;  // (images, before_.output_size()); empty when first_layer_ is 0
  std::int64_t before_done_ = 0;               // images
  std::int64_t slice_images_ = 0;              // of a lane
  std::vector<Lane> lanes_;
};

}  // namespace descent::inspect
