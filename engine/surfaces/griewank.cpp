// SPDX-License-Identifier: MIT
// Griewank's function in two dimensions: f = 1 + (x² + y²)/4000 − cos x cos(y/√2). minima() lists the global minimum 0
// at the origin and the four around it (roots of the gradient, computed to 40 digits and rounded); the lattice goes
// on. Reference: Griewank, "Generalized descent for global optimization", J. Optim. Theory Appl. 34 (1981), 11–39.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Griewank final : public FormulaSurface<Griewank> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "griewank",
      .title = "Griewank",
      .formula = "f = 1 + (x² + y²)/4000 − cos x · cos(y/√2)",
      .reference = "Griewank, J. Optim. Theory Appl. 34 (1981) 11",
      .lesson =
          "Nearly equal wells on a bowl so shallow that it hardly shows: where a run ends is decided by where it "
          "starts, not by how deep the well is.",
      .domain = {-10, 10, -10, 10},
      .start = {-7.2, 5.1},
      .parameters = {},
      .expression = "1 - cos(x)*cos(y/sqrt(2)) + (x^2 + y^2)/4000",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::square;
    return (1.0 - cos(x) * cos(y / std::numbers::sqrt2)) + (square(x) + square(y)) / 4000.0;
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    constexpr double kX = 3.140022633895539848394962;
    constexpr double kY = 4.438444480920714073476773;
    constexpr double kValue = 0.00739604033411508273735237;
    return {{{0, 0}, 0}, {{kX, kY}, kValue}, {{-kX, kY}, kValue}, {{kX, -kY}, kValue}, {{-kX, -kY}, kValue}};
  }
};

}  // namespace

CatalogEntry griewank() {
  return catalog_entry<Griewank>();
}

}  // namespace descent::surfaces
