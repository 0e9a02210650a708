// SPDX-License-Identifier: MIT
// McCormick's function: f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1. Its minima follow from ∇f = 0: x − y = 1 and
// cos(x + y) = −1/2 where sin(x + y) < 0; the global one in the usual domain and the one a period further are listed.
// Reference: McCormick, "Computability of global solutions to factorable nonconvex programs: part I", Mathematical
// Programming 10 (1976), 147–175.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class McCormick final : public FormulaSurface<McCormick> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "mccormick",
      .title = "McCormick",
      .formula = "f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1",
      .reference = "McCormick, Mathematical Programming 10 (1976) 147",
      .lesson =
          "A gutter along the diagonal, steep across and wavy along. Across it the curvature is 4, along it small "
          "and of changing sign: see the ellipse turn into a saddle.",
      .domain = {-1.5, 4, -3, 4},
      .start = {3.2, 3.4},
      .parameters = {},
      .expression = "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::sin;
    using autodiff::square;
    return sin(x + y) + square(x - y) + (2.5 * y - 1.5 * x) + 1.0;
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    // cos(x + y) = −1/2 and x − y = 1.
    constexpr double kPi = std::numbers::pi;
    constexpr double kValue = -1.913222954981036392917938;  // −√3/2 − π/3
    return {{{0.5 - kPi / 3, -0.5 - kPi / 3}, kValue}, {{0.5 + 2 * kPi / 3, -0.5 + 2 * kPi / 3}, kValue + kPi}};
  }
};

}  // namespace

CatalogEntry mccormick() {
  return catalog_entry<McCormick>();
}

}  // namespace descent::surfaces
