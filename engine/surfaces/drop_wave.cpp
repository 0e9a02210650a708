// SPDX-License-Identifier: MIT
// Drop wave: f = −(1 + cos 12r) / (r²/2 + 2) with r² = x² + y², global minimum −1 at the origin, circles of minima
// around it. cos √u is an analytic function of u, also at 0, where √u is not: its derivatives are formed here, so that
// the Hessian at the minimum is right. Reference: Molga & Smutnicki, "Test functions for optimization needs", 2005.
#include <cmath>
#include <type_traits>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

// g(u) = cos √u, u ≥ 0:  g' = −sin s/(2s), g'' = (sin s − s cos s)/(4s³) with s = √u; for small u their power series.
template <class S>
S cos_root(const S& u) {
  if constexpr (std::is_same_v<S, double>) {
    return std::cos(std::sqrt(u));
  } else {
    const double v = u.value;
    const double s = std::sqrt(v);
    if (v > 0.05) {
      const double second = (std::sin(s) - s * std::cos(s)) / (4 * s * v);
      return S::chain(u, std::cos(s), -0.5 * std::sin(s) / s, second);
    }
    const double first = -0.5 * (1 + v * (-1.0 / 6 + v * (1.0 / 120 + v * (-1.0 / 5040 + v / 362880))));
    const double second = 0.25 * (1.0 / 3 + v * (-1.0 / 30 + v * (1.0 / 840 + v * (-1.0 / 45360 + v / 3991680))));
    return S::chain(u, std::cos(s), first, second);
  }
}

class DropWave final : public FormulaSurface<DropWave> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "drop_wave",
      .title = "Drop wave",
      .formula = "f = −(1 + cos 12r) / (r²/2 + 2),  r² = x² + y²",
      .reference = "Molga & Smutnicki, Test functions for optimization needs, 2005",
      .lesson =
          "Rings around a drop: every circle is a valley without an end. Only a run that crosses the crests, by "
          "momentum or noise, reaches the middle.",
      .domain = {-2, 2, -2, 2},
      .start = {-1.3, 0.55},
      .parameters = {},
      .expression = "-(1 + cos(12*sqrt(x^2 + y^2)))/((x^2 + y^2)/2 + 2)",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    const S r2 = square(x) + square(y);
    return -(1.0 + cos_root(144.0 * r2)) / (0.5 * r2 + 2.0);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, -1}}; }
};

}  // namespace

CatalogEntry drop_wave() {
  return catalog_entry<DropWave>();
}

}  // namespace descent::surfaces
