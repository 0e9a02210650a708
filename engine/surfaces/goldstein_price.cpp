// SPDX-License-Identifier: MIT
// Goldstein–Price: f = [1 + (x + y + 1)² (19 − 14x + 3x² − 14y + 6xy + 3y²)]
// [30 + (2x − 3y)² (18 − 32x + 12x² + 48y − 36xy + 27y²)], global minimum 3 at (0, −1), local minima 30, 84 and 840.
// Values span six orders of magnitude.
// Reference: Goldstein & Price, "On descent from local minima", Mathematics of Computation 25 (1971), 569–574.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class GoldsteinPrice final : public FormulaSurface<GoldsteinPrice> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "goldstein_price",
      .title = "Goldstein–Price",
      .formula =
          "f = [1 + (x+y+1)² (19 − 14x + 3x² − 14y + 6xy + 3y²)] [30 + (2x−3y)² (18 − 32x + 12x² + 48y − 36xy + 27y²)]",
      .reference = "Goldstein & Price, Mathematics of Computation 25 (1971) 569",
      .lesson =
          "Slopes of a million beside slopes of one: no single step size serves both. Methods that normalise the "
          "gradient cross the cliffs; the others blow up or crawl.",
      .domain = {-2, 2, -2, 2},
      .start = {0.2, 1.6},
      .parameters = {},
      .log_colours = true,
      .expression =
          "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
          "*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S first = square(x + y + 1.0) * (19.0 - 14.0 * (x + y) + 3.0 * square(x + y));
    const S second =
        square(2.0 * x - 3.0 * y) * (18.0 - 32.0 * x + 12.0 * square(x) + 48.0 * y - 36.0 * x * y + 27.0 * square(y));
    return (1.0 + first) * (30.0 + second);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    return {{{0, -1}, 3}, {{-0.6, -0.4}, 30}, {{1.8, 0.2}, 84}, {{1.2, 0.8}, 840}};
  }
};

}  // namespace

CatalogEntry goldstein_price() {
  return catalog_entry<GoldsteinPrice>();
}

}  // namespace descent::surfaces
