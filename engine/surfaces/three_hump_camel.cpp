// SPDX-License-Identifier: MIT
// Three-hump camel: f = 2x² − 1.05x⁴ + x⁶/6 + xy + y², global minimum 0 at the origin and two local minima at ±(1.7476,
// −0.8738) (roots of the gradient, computed to 40 digits and rounded). Reference: Dixon & Szegő, "The global
// optimization problem: an introduction", Towards Global Optimisation 2, 1978.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class ThreeHumpCamel final : public FormulaSurface<ThreeHumpCamel> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "three_hump_camel",
      .title = "Three-hump camel",
      .formula = "f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²",
      .reference = "Dixon & Szegő, Towards Global Optimisation 2, 1978",
      .lesson =
          "A global minimum between two local ones, with shallow ridges between them: small changes of momentum or "
          "step size decide where a run ends.",
      .domain = {-2.5, 2.5, -2.5, 2.5},
      .start = {0.5, -1.75},
      .parameters = {},
      .expression = "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S x2 = square(x);
    return x2 * (2.0 + x2 * (x2 / 6.0 - 1.05)) + x * y + square(y);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    constexpr double kX = 1.7475523458302888986;
    constexpr double kY = 0.87377617291514444929;
    constexpr double kValue = 0.29863844223685981976;
    return {{{0, 0}, 0}, {{kX, -kY}, kValue}, {{-kX, kY}, kValue}};
  }
};

}  // namespace

CatalogEntry three_hump_camel() {
  return catalog_entry<ThreeHumpCamel>();
}

}  // namespace descent::surfaces
