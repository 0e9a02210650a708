// SPDX-License-Identifier: MIT
// The eggholder: f = −(y + 47) sin √|y + x/2 + 47| − x sin √|x − (y + 47)|. Not differentiable where one of the roots
// is 0; the rules of autodiff/functions.h set that root's slope to 0 there. The usual domain, ±512, has its
// lowest point on the border: −959.6407 at (512, 404.2319), no stationary point. Here the domain ends at 500, where
// the lowest minimum is inside; minima() lists the lowest two (roots of the gradient, computed to 40 digits and
// rounded). Reference: Whitley, Rana, Dzubera & Mathias, "Evaluating evolutionary algorithms", Artificial Intelligence
// 85 (1996), 245–276.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Eggholder final : public FormulaSurface<Eggholder> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "eggholder",
      .title = "Eggholder",
      .formula = "f = −(y + 47) sin √|y + x/2 + 47| − x sin √|x − (y + 47)|",
      .reference = "Whitley et al., Artificial Intelligence 85 (1996) 245",
      .lesson =
          "Hundreds of deep wells of all sizes, with kinks between them: no local method finds the deepest one "
          "except by its start.",
      .domain = {-500, 500, -500, 500},
      .start = {-120, 210},
      .parameters = {},
      .smooth = false,
      .kinks = "Not differentiable along the lines y = −47 − x/2 and y = x − 47; there the root's slope is taken as 0.",
      .expression = "-(y + 47)*sin(sqrt(abs(y + 47 + x/2))) - x*sin(sqrt(abs(x - (y + 47))))",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::abs;
    using autodiff::sin;
    using autodiff::sqrt;
    const S shifted = y + 47.0;
    return -(shifted * sin(sqrt(abs(shifted + 0.5 * x)))) - x * sin(sqrt(abs(x - shifted)));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    return {{{482.3533104647884363941, 432.8789989454834470611}, -956.9182316246655467729},
            {{439.4809972694534572781, 453.9774347540025627486}, -935.3379515605801936688}};
  }
};

}  // namespace

CatalogEntry eggholder() {
  return catalog_entry<Eggholder>();
}

}  // namespace descent::surfaces
