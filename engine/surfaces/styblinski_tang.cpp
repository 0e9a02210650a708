// SPDX-License-Identifier: MIT
// Styblinski–Tang: f = ½ Σ (v⁴ − 16 v² + 5 v) over v = x, y. Each coordinate has two minima (roots of 4v³ − 32v + 5,
// computed to 40 digits and rounded), so the plane has four, of three different depths.
// Reference: Styblinski & Tang, "Experiments in nonconvex optimization: stochastic approximation with function
// smoothing and simulated annealing", Neural Networks 3 (1990), 467–483.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class StyblinskiTang final : public FormulaSurface<StyblinskiTang> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "styblinski_tang",
      .title = "Styblinski–Tang",
      .formula = "f = ½ (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)",
      .reference = "Styblinski & Tang, Neural Networks 3 (1990) 467",
      .lesson =
          "Four basins, only one of them the best. A descent method ends in the basin it starts in unless momentum "
          "carries it over a ridge.",
      .domain = {-5, 5, -5, 5},
      .start = {0.4, 4.5},
      .parameters = {},
      .expression = "(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S x2 = square(x);
    const S y2 = square(y);
    return 0.5 * (x2 * x2 - 16.0 * x2 + 5.0 * x + (y2 * y2 - 16.0 * y2 + 5.0 * y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    constexpr double kDeep = -2.9035340277711770951;
    constexpr double kShallow = 2.7468027709908369925;
    return {{{kDeep, kDeep}, -78.332331407542830928},
            {{kDeep, kShallow}, -64.195612359055358071},
            {{kShallow, kDeep}, -64.195612359055358071},
            {{kShallow, kShallow}, -50.058893310567885214}};
  }
};

}  // namespace

CatalogEntry styblinski_tang() {
  return catalog_entry<StyblinskiTang>();
}

}  // namespace descent::surfaces
