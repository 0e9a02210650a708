// SPDX-License-Identifier: MIT
// Bohachevsky's first function: f = x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7, global minimum 0 at the origin;
// minima() lists it alone of a lattice of 25. Reference: Bohachevsky, Johnson & Stein, "Generalized simulated
// annealing for function optimization", Technometrics 28 (1986), 209–217.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Bohachevsky final : public FormulaSurface<Bohachevsky> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "bohachevsky",
      .title = "Bohachevsky",
      .formula = "f = x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7",
      .reference = "Bohachevsky, Johnson & Stein, Technometrics 28 (1986) 209",
      .lesson =
          "A bowl with a gentle ripple: from far it is convex, from near full of dents. A rate that decays finds "
          "the bottom of the bowl first and of the dent last.",
      .domain = {-2, 2, -2, 2},
      .start = {-1.7, 1.3},
      .parameters = {},
      .expression = "x^2 + 2*y^2 + 0.3*(1 - cos(3*pi*x)) + 0.4*(1 - cos(4*pi*y))",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::square;
    constexpr double kPi = std::numbers::pi;
    return square(x) + 2.0 * square(y) + 0.3 * (1.0 - cos(3 * kPi * x)) + 0.4 * (1.0 - cos(4 * kPi * y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, 0}}; }
};

}  // namespace

CatalogEntry bohachevsky() {
  return catalog_entry<Bohachevsky>();
}

}  // namespace descent::surfaces
