// SPDX-License-Identifier: MIT
// Arithmetic of the Surfaces view, free of GL and of ImGui: which rectangle is shown, how values become colours and
// heights, round levels and ticks, the orbit camera, clipping. Everything in double precision, so that zooming in by a
// factor of a million stays exact. Points on the canvas: x right, y down.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/race/height_field.h"
#include "engine/surfaces/surface.h"
#include "web/model/geometry/orbit_fit.h"
#include "web/state/surface_camera.h"

namespace descent::web {

// The smallest rectangle round `view` with the aspect of a width × height canvas, so that x and y have the same scale:
// circles stay circles and gradients stand at right angles to contour lines.
[[nodiscard]] surfaces::Domain expand_to_aspect(const surfaces::Domain& view, double width, double height);
// `view` made larger by `fraction` of its size on each side.
[[nodiscard]] surfaces::Domain with_margin(const surfaces::Domain& view, double fraction);
[[nodiscard]] bool contains(const surfaces::Domain& outer, const surfaces::Domain& inner);
[[nodiscard]] bool contains(const surfaces::Domain& view, surfaces::Point point);
// The same size, to within rounding: one is the other moved.
[[nodiscard]] bool same_size(const surfaces::Domain& a, const surfaces::Domain& b);
[[nodiscard]] bool same_camera(const SurfaceCamera& a, const SurfaceCamera& b);

// Value -> 0 … 1 (unclamped): linear between low and high, or log(1 + (v − low) / soft) when the range spans orders of
// magnitude; `soft` is where the scale turns from linear to logarithmic.
struct ValueScale {
  bool log = false;
  double low = 0, high = 1;
  double soft = 1;
  double relief_soft = 1;  // the same for heights of the 3-D view: larger, so that valleys keep round floors
  bool constant = false;   // all values are `low`; `high` is only there to divide by
  // Heights of the 3-D view go from low + base to high − crown: the part that it shows has its whole height.
  double base = 0, crown = 0;

  [[nodiscard]] double operator()(double value) const;
  [[nodiscard]] double relief(double value) const;
  [[nodiscard]] double inverse(double t) const;
  friend bool operator==(const ValueScale&, const ValueScale&) = default;
};
// One scale for the contour view, the 3-D view and their colour bar, whatever else a picture has room for: fitted to
// the part `core` that the visitor asked for and, when what lies `around` needs it, to half its range more on either
// side; on a log scale down to the lowest known value (minima included) and up to ten times its range.
[[nodiscard]] ValueScale fit_scale(const race::HeightRange& core, const race::HeightRange& around, bool log,
                                   std::optional<double> known_minimum);
// The surroundings are as much as a picture twice as wide as high shows.
[[nodiscard]] surfaces::Domain scale_surroundings(const surfaces::Domain& core);

// Contour levels: linear: multiples of `minor`, every `major_every`-th is a main line. log: low + {1, 2, 5} · 10^k,
// with the powers of ten as main lines.
struct ContourLevels {
  double minor = 1;
  int major_every = 5;
};
[[nodiscard]] ContourLevels contour_levels(const ValueScale& scale);

// Bilinear; NaN outside the field or beside a sample that is not finite.
[[nodiscard]] double sample_field(const race::HeightField& field, surfaces::Point point);

// 1, 2 or 5 times a power of ten, at least `least`.
[[nodiscard]] double round_step_above(double least);
// round_near() rounds to the decimals that numbers `unit` apart need: 0.35 instead of 0.34871…
[[nodiscard]] double round_near(double value, double unit);

struct Tick {
  double value = 0;
  std::string label;
};
// About `count` round values in [low, high], labelled with as many digits as their distance needs.
[[nodiscard]] std::vector<Tick> linear_ticks(double low, double high, int count);
// Round values along a colour bar, ascending; on a log scale low and powers of ten.
[[nodiscard]] std::vector<double> scale_ticks(const ValueScale& scale, int count);
// The same with labels that differ: with as many digits as that takes, up to seven; ticks that would look alike even so
// are one, and a constant surface has one.
[[nodiscard]] std::vector<Tick> labelled_ticks(const ValueScale& scale, int count);

// The 3-D view: the shown rectangle becomes x, y in [−1, 1] (the longer side), heights 0 … kHeight. At distance 1 the
// block fits the canvas's free part for every yaw (orbit_fit.h).
class OrbitView {
 public:
  static constexpr double kHeight = 0.75;

  OrbitView(const SurfaceCamera& camera, double width, double height, const OrbitRoom& room = {});

  struct Clip {
    double x = 0, y = 0, z = 0, w = 1;  // homogeneous; canvas position from x/w, y/w
  };
  // t: the scaled value (ValueScale::relief), 0 … 1.
  [[nodiscard]] Clip clip(surfaces::Point point, double t) const;
  // The surface point under a canvas position (0 … 1 from the left and from the top), where the line of sight first
  // meets the sampled heights.
  [[nodiscard]] std::optional<surfaces::Point> pick(double u, double v, const race::HeightField& field,
                                                    const ValueScale& scale) const;
  // The point in which the line of sight meets the plane of the block's floor, −1 … 1 across the longer side; empty at
  // or above the horizon.
  [[nodiscard]] std::optional<std::array<double, 2>> floor_at(double u, double v) const;
  [[nodiscard]] const std::array<double, 16>& matrix() const { return matrix_; }  // column-major, of scene coordinates
  [[nodiscard]] std::array<double, 2> half_size() const { return {half_x_, half_y_}; }
  [[nodiscard]] std::array<double, 3> eye() const { return eye_; }
  [[nodiscard]] const surfaces::Domain& view() const { return view_; }
  // The corner of the view that is nearest to the eye.
  [[nodiscard]] surfaces::Point near_corner() const {
    return {back_[0] > 0 ? view_.x1 : view_.x0, back_[1] > 0 ? view_.y1 : view_.y0};
  }

 private:
  void set_matrix();
  [[nodiscard]] std::array<double, 3> sight(double u, double v) const;  // direction, 1 long along the axis

  surfaces::Domain view_;
  double half_x_ = 1, half_y_ = 1;
  double aspect_ = 1;
  double distance_ = 1;               // of the eye
  double shift_x_ = 0, shift_y_ = 0;  // of the canvas's middle, in half canvas widths and heights
  std::array<double, 3> eye_{}, back_{}, right_{}, up_{};
  std::array<double, 16> matrix_{};
};

// Liang and Barsky's clipping of the segment a → b against the rectangle [x0, x1] × [y0, y1]; false when nothing is
// left. Works for end points that are huge, as those of a run that diverges.
struct ClipBox {
  double x0 = 0, y0 = 0, x1 = 1, y1 = 1;
};
[[nodiscard]] bool clip_segment(std::array<double, 2>& a, std::array<double, 2>& b, const ClipBox& box);

}  // namespace descent::web
