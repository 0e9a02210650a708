// SPDX-License-Identifier: MIT
// A pointer in a plot reads only what was measured. The reading snaps to the nearest point of any curve; a curve
// without a point there says nothing, whether it was measured elsewhere only (test figures once an epoch), ended
// before, or has a gap. Also smoothing and the joins of lines, free of ImGui.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/model/plots/plot_axis.h"

namespace descent::web {

// A place on the x axis where something was changed, and what.
struct PlotMark {
  double x = 0;
  std::string text;
};

// The x of a curve's points, ascending; without a list they are 0, 1, 2, ….
struct MeasuredPoints {
  std::size_t count = 0;
  std::span<const double> x;
  bool few = false;  // each is marked, and can be pointed at from some pixels away

  [[nodiscard]] double at(std::size_t i) const { return x.empty() ? static_cast<double>(i) : x[i]; }
  // The point nearest to `value`; count must not be 0.
  [[nodiscard]] std::size_t nearest(double value) const;
};

// The x that is read where the pointer is at `pointer` (0 … 1 along the axis, `width` points long): that of the nearest
// point of all curves. None: no curve has a point.
[[nodiscard]] std::optional<double> measured_x(const PlotAxis& axis, float width, double pointer,
                                               std::span<const MeasuredPoints> curves);
// The curve's point that stands at this x; none: it was not measured there.
[[nodiscard]] std::optional<std::size_t> measured_point(const PlotAxis& axis, float width, const MeasuredPoints& curve,
                                                        double x);

// Exponential moving average, as TensorBoard smooths scalars: m ← w m + (1 − w) y from m = 0, divided by 1 − wⁿ after n
// values, so that the beginning is not drawn towards 0 (Kingma and Ba, "Adam", ICLR 2015, section 3: initialization
// bias correction). Values that are not finite stay as they are and are not averaged. weight: 0 (y itself) … < 1.
void smoothed(std::span<const double> y, double weight, std::vector<double>& out);

// True where the way a → b → c turns by more than a right angle: a mitred join would be pulled out to a spike there,
// and on a way straight back it has no width at all, which leaves a hole in the line.
[[nodiscard]] bool sharp_turn(float ax, float ay, float bx, float by, float cx, float cy);

}  // namespace descent::web
