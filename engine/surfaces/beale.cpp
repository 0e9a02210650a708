// SPDX-License-Identifier: MIT
// Beale's function: f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)², minimum 0 at (3, 0.5), very flat
// around y = 1, steep in the corners. Reference: Beale, "On an iterative method for finding a local minimum of a
// function of more than one variable", Princeton 1958; problem 5 of Moré, Garbow & Hillstrom, ACM TOMS 7 (1981), 17–41.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Beale final : public FormulaSurface<Beale> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "beale",
      .title = "Beale",
      .formula = "f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
      .reference = "Beale 1958; Moré, Garbow & Hillstrom, ACM TOMS 7 (1981) 17",
      .lesson =
          "Plateaus between sharp walls: plain gradient descent crawls on the flat part and explodes at the walls with "
          "the same step size. Adaptive step sizes earn their keep here.",
      .domain = {-4.5, 4.5, -4.5, 4.5},
      .start = {1, 1.5},
      .parameters = {},
      .log_colours = true,
      .expression = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S y2 = square(y);
    return square(1.5 - x + x * y) + square(2.25 - x + x * y2) + square(2.625 - x + x * (y2 * y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{3, 0.5}, 0}}; }
};

}  // namespace

CatalogEntry beale() {
  return catalog_entry<Beale>();
}

}  // namespace descent::surfaces
