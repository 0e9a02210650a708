// SPDX-License-Identifier: MIT
// Freudenstein & Roth's function: f = (x − 13 + ((5 − y)y − 2)y)² + (x − 29 + ((y + 1)y − 14)y)², global minimum 0 at
// (5, 4), local minimum 48.98 at (11.41, −0.897) (root of the gradient, computed to 40 digits and rounded). Reference:
// Freudenstein & Roth, "Numerical solution of systems of nonlinear equations", J. ACM 10 (1963), 550–556.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class FreudensteinRoth final : public FormulaSurface<FreudensteinRoth> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "freudenstein_roth",
      .title = "Freudenstein & Roth",
      .formula = "f = (x − 13 + ((5 − y) y − 2) y)² + (x − 29 + ((y + 1) y − 14) y)²",
      .reference = "Freudenstein & Roth, J. ACM 10 (1963) 550",
      .lesson =
          "Two equations whose squares are summed: one minimum solves them, the other is a near miss in which "
          "methods for least squares get stuck. The valley between is narrow and bent.",
      .domain = {-5, 20, -5, 7},
      .start = {0.5, -2},
      .parameters = {},
      .log_colours = true,
      .expression = "(x - 13 + ((5 - y)*y - 2)*y)^2 + (x - 29 + ((y + 1)*y - 14)*y)^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S first = x - 13.0 + ((5.0 - y) * y - 2.0) * y;
    const S second = x - 29.0 + ((y + 1.0) * y - 14.0) * y;
    return square(first) + square(second);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    return {{{5, 4}, 0}, {{11.41277898690209392724583, -0.8968052532744765181885434}, 48.98425367924002119998998}};
  }
};

}  // namespace

CatalogEntry freudenstein_roth() {
  return catalog_entry<FreudensteinRoth>();
}

}  // namespace descent::surfaces
