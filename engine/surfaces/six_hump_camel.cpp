// SPDX-License-Identifier: MIT
// Six-hump camel: f = (4 − 2.1x² + x⁴/3) x² + xy + 4 (y² − 1) y², symmetric under (x, y) → (−x, −y). Two global and
// four local minima (roots of the gradient, computed to 40 digits and rounded). Reference: Dixon & Szegő, "The global
// optimization problem: an introduction", Towards Global Optimisation 2, 1978.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class SixHumpCamel final : public FormulaSurface<SixHumpCamel> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "six_hump_camel",
      .title = "Six-hump camel",
      .formula = "f = (4 − 2.1x² + x⁴/3) x² + xy + 4 (y² − 1) y²",
      .reference = "Dixon & Szegő, Towards Global Optimisation 2, 1978",
      .lesson =
          "Six minima in a small area, two of them equally deep. The border between two basins is a thin line: a "
          "tiny change of the start or the rate ends elsewhere.",
      .domain = {-2, 2, -1.2, 1.2},
      .start = {-1.1, 0.25},
      .parameters = {},
      .expression = "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + 4*(y^2 - 1)*y^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S x2 = square(x);
    const S y2 = square(y);
    return x2 * (4.0 + x2 * (x2 / 3.0 - 2.1)) + x * y + 4.0 * y2 * (y2 - 1.0);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    constexpr double kX0 = 0.08984201310031806242249056;
    constexpr double kY0 = 0.7126564030207396333972658;
    constexpr double kX1 = 1.703606714969980848770904;
    constexpr double kY1 = 0.7960835686726251190257004;
    constexpr double kX2 = 1.607104752920197229762004;
    constexpr double kY2 = 0.5686514548841313713934047;
    constexpr double kF0 = -1.031628453489877350416365;
    constexpr double kF1 = -0.2154638243837176375777874;
    constexpr double kF2 = 2.104250310311258274609207;
    return {{{kX0, -kY0}, kF0}, {{-kX0, kY0}, kF0}, {{kX1, -kY1}, kF1},
            {{-kX1, kY1}, kF1}, {{kX2, kY2}, kF2},  {{-kX2, -kY2}, kF2}};
  }
};

}  // namespace

CatalogEntry six_hump_camel() {
  return catalog_entry<SixHumpCamel>();
}

}  // namespace descent::surfaces
