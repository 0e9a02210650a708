// SPDX-License-Identifier: MIT
// A plateau with a narrow well: f = u/(1 + u), u = ((x − 1.5)² + (y − 1)²)/width². Smooth everywhere; f → 1 far out,
// where the gradient is 2 width²/r³. Curvature at the minimum 2/width². Our own construction.
#include <array>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

constexpr std::array kParameters{core::ParamSpec{
    .name = "width",
    .default_value = 0.4,
    .minimum = 0.01,
    .maximum = 10,
    .scale = core::ParamScale::log,
    .doc = "Radius of the well. Narrower is steeper inside and flatter outside.",
    .slider_minimum = 0.1,
    .slider_maximum = 2,
}};

class Plateau final : public FormulaSurface<Plateau> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "plateau",
      .title = "Plateau",
      .formula = "f = u / (1 + u),  u = ((x − 1.5)² + (y − 1)²) / width²",
      .reference = "Own construction; the tail falls like that of a Cauchy density",
      .lesson =
          "A narrow well in a plain on which the gradient fades like 1/r³: plain gradient descent waits for ever, "
          "methods that divide by the gradient's size walk straight in, and may run through.",
      .domain = {-3, 3, -3, 3},
      .start = {-1, -0.6},
      .parameters = kParameters,
      .expression = "((x - 1.5)^2 + (y - 1)^2)/width^2/(1 + ((x - 1.5)^2 + (y - 1)^2)/width^2)",
  };

  explicit Plateau(std::span<const double> parameters) : width_(parameters[0]) {}

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S u = (square(x - 1.5) + square(y - 1.0)) / (width_ * width_);
    return u / (1.0 + u);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{1.5, 1}, 0}}; }

 private:
  double width_;
};

}  // namespace

CatalogEntry plateau() {
  return catalog_entry<Plateau>();
}

}  // namespace descent::surfaces
