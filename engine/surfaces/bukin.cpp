// SPDX-License-Identifier: MIT
// Bukin's function no. 6: f = 100 √|y − x²/100| + |x + 10|/100, minimum 0 at (−10, 1), a cusp. Not differentiable
// along the parabola y = x²/100, where the slope across becomes infinite, and along x = −10; the rules of
// autodiff/functions.h take the slopes of a root at 0 and of |u| at 0 as 0, which makes the gradient at the minimum
// (0, 0). Reference: Bukin, "New minimization strategy for non-smooth functions", Budker Institute of Nuclear
// Physics, report 97-79, Novosibirsk 1997.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Bukin final : public FormulaSurface<Bukin> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "bukin",
      .title = "Bukin N. 6",
      .formula = "f = 100 √|y − x²/100| + |x + 10|/100",
      .reference = "Bukin, Budker Institute report 97-79, Novosibirsk, 1997",
      .lesson =
          "A curved ridge turned upside down: infinitely steep towards the valley floor, almost level along it. "
          "Gradients only say which side one is on; everything with a fixed step bounces.",
      .domain = {-15, -5, -3, 3},
      .start = {-6.2, 1.6},
      .parameters = {},
      .smooth = false,
      .kinks =
          "Not differentiable along the parabola y = x²/100, where the slope across is infinite, and along x = −10;"
          " there the slope of that term is taken as 0. The minimum is a cusp.",
      .expression = "100*sqrt(abs(y - 0.01*x^2)) + 0.01*abs(x + 10)",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::abs;
    using autodiff::sqrt;
    using autodiff::square;
    return 100.0 * sqrt(abs(y - 0.01 * square(x))) + 0.01 * abs(x + 10.0);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{-10, 1}, 0}}; }
};

}  // namespace

CatalogEntry bukin() {
  return catalog_entry<Bukin>();
}

}  // namespace descent::surfaces
