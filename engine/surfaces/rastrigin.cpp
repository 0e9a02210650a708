// SPDX-License-Identifier: MIT
// Rastrigin's function: f = 20 + x² + y² − 10 (cos 2πx + cos 2πy): a bowl covered with a lattice of dents one unit
// apart. minima() lists the global minimum at the origin; every other dent near a lattice point is a local minimum too.
// Reference: Rastrigin, "Systems of Extremal Control", Nauka 1974.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Rastrigin final : public FormulaSurface<Rastrigin> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "rastrigin",
      .title = "Rastrigin",
      .formula = "f = 20 + x² + y² − 10 (cos 2πx + cos 2πy)",
      .reference = "Rastrigin, Systems of Extremal Control, 1974",
      .lesson =
          "A dent at every lattice point traps whatever only looks at the slope. Watch how far momentum and a large "
          "step size carry a run before it settles.",
      .domain = {-5.12, 5.12, -5.12, 5.12},
      .start = {3.3, -2.4},
      .parameters = {},
      .expression = "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::square;
    constexpr double kTwoPi = 2 * std::numbers::pi;
    return 20.0 + square(x) + square(y) - 10.0 * (cos(kTwoPi * x) + cos(kTwoPi * y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, 0}}; }
};

}  // namespace

CatalogEntry rastrigin() {
  return catalog_entry<Rastrigin>();
}

}  // namespace descent::surfaces
