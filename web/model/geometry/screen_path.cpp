// SPDX-License-Identifier: MIT
#include "web/model/geometry/screen_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::web {
namespace {

constexpr double kMergedLength = 0.3;  // device pixels
constexpr double kTolerance = 0.2;     // of a merged segment against the points it passes, device pixels
constexpr double kLongestMerged = 16;  // device pixels
constexpr double kLiftedStep = 8e-4;   // of the shown extent: lifted points closer than this are left out
constexpr double kLiftedPiece = 0.01;  // longer segments are lifted piece by piece
constexpr int kMostPieces = 100;

}  // namespace

double Projection::lifted(surfaces::Point point) const {
  return std::clamp(scale.relief(sample_field(*field, point)), 0.0, 1.0);
}

Placed Projection::through_orbit(surfaces::Point point, double t) const {
  const OrbitView::Clip clip = orbit->clip(point, t);
  return {{(0.5 + 0.5 * clip.x / clip.w) * width, (0.5 + 0.5 * clip.y / clip.w) * height}, clip.z / clip.w};
}

Placed place(const Projection& p, surfaces::Point point) {
  if (p.orbit != nullptr) return p.through_orbit(point, p.lifted(point));
  return {{(point[0] - p.shown.x0) / (p.shown.x1 - p.shown.x0) * p.width,
           (point[1] - p.shown.y0) / (p.shown.y1 - p.shown.y0) * p.height},
          0};
}

void ScreenPath::Sleeve::begin(std::array<double, 2> from, std::array<double, 2> to) {
  anchor = from;
  reach = std::hypot(to[0] - from[0], to[1] - from[1]);
  direction = {(to[0] - from[0]) / reach, (to[1] - from[1]) / reach};
  highest = kTolerance / reach;
  lowest = -highest;
}

bool ScreenPath::Sleeve::extend(std::array<double, 2> to) {
  const double dx = to[0] - anchor[0], dy = to[1] - anchor[1];
  const double along = dx * direction[0] + dy * direction[1];
  if (along <= reach || along > kLongestMerged) return false;
  const double slope = (dy * direction[0] - dx * direction[1]) / along;
  if (slope < lowest || slope > highest) return false;
  reach = along;
  lowest = std::max(lowest, slope - kTolerance / along);
  highest = std::min(highest, slope + kTolerance / along);
  return true;
}

void ScreenPath::forget_camera() {
  vertices_.clear();
  projected_ = 0;
  begun_ = open_ = false;
  if (lifted_.empty()) taken_ = 0;
}

void ScreenPath::forget() {
  lifted_.clear();
  forget_camera();
}

std::size_t ScreenPath::extend(std::span<const double> points, const Projection& p) {
  changed_ = vertices_.size();
  const std::size_t count = points.size() / 2;
  for (; taken_ < count; ++taken_) {
    const surfaces::Point point{points[2 * taken_], points[2 * taken_ + 1]};
    if (p.orbit != nullptr)
      lift(point, p);
    else
      line_to(place(p, point), p);
  }
  if (p.orbit == nullptr) return changed_;
  for (; projected_ < lifted_.size(); ++projected_) {
    line_to(p.through_orbit(lifted_[projected_].point, lifted_[projected_].t), p);
  }
  return changed_;
}

void ScreenPath::lift(surfaces::Point point, const Projection& p) {
  const auto on_surface = [&](surfaces::Point at) { return Lifted{at, p.lifted(at)}; };
  if (lifted_.empty()) {
    lifted_.push_back(on_surface(point));
    last_point_ = point;
    return;
  }
  const surfaces::Domain& view = p.orbit->view();
  std::array<double, 2> from = last_point_, to = point;
  const double extent = std::max(view.x1 - view.x0, view.y1 - view.y0);
  if (std::hypot(to[0] - from[0], to[1] - from[1]) < kLiftedStep * extent) return;
  last_point_ = point;
  if (!clip_segment(from, to, {view.x0, view.y0, view.x1, view.y1})) return;
  // The line of a run that came in from outside begins at the edge.
  if (from != lifted_.back().point) {
    lifted_.push_back({from, std::numeric_limits<double>::quiet_NaN()});
    lifted_.push_back(on_surface(from));
  }
  const double length = std::hypot(to[0] - from[0], to[1] - from[1]) / extent;
  const int pieces = static_cast<int>(std::clamp(length / kLiftedPiece, 1.0, static_cast<double>(kMostPieces)));
  for (int k = 1; k <= pieces; ++k) {
    const double s = static_cast<double>(k) / pieces;
    lifted_.push_back(on_surface({from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1])}));
  }
}

void ScreenPath::add_vertex(std::array<double, 2> pixel, double depth) {
  vertices_.push_back({static_cast<float>(pixel[0]), static_cast<float>(pixel[1]), static_cast<float>(depth), 1});
}

void ScreenPath::line_to(const Placed& placed, const Projection& projection) {
  const std::array<double, 2> to = placed.pixel;
  const double depth = placed.depth;
  std::array<double, 2> a = last_;
  std::array<double, 2> b = to;
  // Most points of a long run end here; far out the squares may be infinite.
  const double dx = b[0] - a[0], dy = b[1] - a[1];
  if (begun_ && dx * dx + dy * dy < kMergedLength * kMergedLength) return;
  const double margin = projection.margin;
  const ClipBox box{-margin, -margin, projection.width + margin, projection.height + margin};
  const bool visible = begun_ && clip_segment(a, b, box);
  const bool whole = a == last_ && b == to;
  if (visible && open_ && whole && sleeve_.extend(to)) {
    vertices_.pop_back();
    changed_ = std::min(changed_, vertices_.size());
    add_vertex(to, depth);
  } else if (visible) {
    if (!open_ || a != last_) {
      if (!vertices_.empty()) {
        vertices_.back().joined = 0;
        changed_ = std::min(changed_, vertices_.size() - 1);
      }
      add_vertex(a, last_depth_);
    }
    add_vertex(b, depth);
    sleeve_.begin(a, b);
  }
  begun_ = true;
  open_ = visible && b == to;
  last_ = to;
  last_depth_ = depth;
}

}  // namespace descent::web
