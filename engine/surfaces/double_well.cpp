// SPDX-License-Identifier: MIT
// A double well: f = barrier (x² − 1)² + y²/2, minima 0 at (±1, 0), a saddle of height barrier at the origin,
// curvature 8 barrier along x in the wells. The rate of hops at temperature T falls like exp(−barrier/T). Reference:
// Kramers, "Brownian motion in a field of force and the diffusion model of chemical reactions", Physica 7 (1940),
// 284–304.
#include <array>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

constexpr std::array kParameters{core::ParamSpec{
    .name = "barrier",
    .default_value = 1,
    .minimum = 1e-3,
    .maximum = 1e3,
    .scale = core::ParamScale::log,
    .doc = "Height of the pass between the wells. It also makes the wells steeper.",
    .slider_minimum = 0.1,
    .slider_maximum = 20,
}};

class DoubleWell final : public FormulaSurface<DoubleWell> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "double_well",
      .title = "Double well",
      .formula = "f = barrier (x² − 1)² + y²/2",
      .reference = "Kramers, Physica 7 (1940) 284, for the escape over the barrier",
      .lesson =
          "Two equal wells with a pass between them. Descent ends in the nearer one; with a temperature the point "
          "hops, more rarely the higher the barrier is against the temperature.",
      .domain = {-2, 2, -2, 2},
      .start = {-1.7, 1.2},
      .parameters = kParameters,
      .expression = "barrier*(x^2 - 1)^2 + y^2/2",
  };

  explicit DoubleWell(std::span<const double> parameters) : barrier_(parameters[0]) {}

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return barrier_ * square(square(x) - 1.0) + 0.5 * square(y);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{-1, 0}, 0}, {{1, 0}, 0}}; }

 private:
  double barrier_;
};

}  // namespace

CatalogEntry double_well() {
  return catalog_entry<DoubleWell>();
}

}  // namespace descent::surfaces
