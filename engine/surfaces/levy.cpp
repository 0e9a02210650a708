// SPDX-License-Identifier: MIT
// Levy's function in two dimensions: f = sin²πu + (u − 1)² (1 + 10 sin²(πu + 1)) + (v − 1)² (1 + sin²2πv) with u = 1 +
// (x − 1)/4, v = 1 + (y − 1)/4. minima() lists the global minimum 0 at (1, 1); there are many local ones. Reference:
// Levy & Montalvo, "The tunneling algorithm for the global minimization of functions", SIAM J. Sci. Stat. Comput. 6
// (1985), 15–29.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Levy final : public FormulaSurface<Levy> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "levy",
      .title = "Levy",
      .formula = "f = sin²πu + (u − 1)² (1 + 10 sin²(πu + 1)) + (v − 1)² (1 + sin²2πv),  u = (x + 3)/4, v = (y + 3)/4",
      .reference = "Levy & Montalvo, SIAM J. Sci. Stat. Comput. 6 (1985) 15",
      .lesson =
          "Waves along x on a slow bowl, with valleys across: progress along y is easy, along x every wave is a "
          "trap.",
      .domain = {-10, 10, -10, 10},
      .start = {-7.5, 6},
      .parameters = {},
      .expression =
          "sin(pi*(x + 3)/4)^2 + ((x - 1)/4)^2*(1 + 10*sin(pi*(x + 3)/4 + 1)^2) + "
          "((y - 1)/4)^2*(1 + sin(pi*(y + 3)/2)^2)",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::sin;
    using autodiff::square;
    constexpr double kPi = std::numbers::pi;
    const S u = 1.0 + (x - 1.0) / 4.0;
    const S v = 1.0 + (y - 1.0) / 4.0;
    return square(sin(kPi * u)) + square(u - 1.0) * (1.0 + 10.0 * square(sin(kPi * u + 1.0))) +
           square(v - 1.0) * (1.0 + square(sin(2 * kPi * v)));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{1, 1}, 0}}; }
};

}  // namespace

CatalogEntry levy() {
  return catalog_entry<Levy>();
}

}  // namespace descent::surfaces
