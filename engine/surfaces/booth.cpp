// SPDX-License-Identifier: MIT
// Booth's function: f = (x + 2y − 7)² + (2x + y − 5)², a quadratic bowl whose axes are turned by 45°, eigenvalues 2 and
// 18, minimum 0 at (1, 3). Reference: Jamil & Yang, "A literature survey of benchmark functions for global optimization
// problems", Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150–194.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Booth final : public FormulaSurface<Booth> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "booth",
      .title = "Booth",
      .formula = "f = (x + 2y − 7)² + (2x + y − 5)²",
      .reference = "Jamil & Yang, IJMMNO 4 (2013) 150",
      .lesson =
          "The bowl's axes lie at 45° to the coordinates. Methods that scale each coordinate by itself, like Adam, "
          "cannot undo that; conjugate gradients and Newton do not mind.",
      .domain = {-10, 10, -10, 10},
      .start = {-8, 7},
      .parameters = {},
      .expression = "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return square(x + 2.0 * y - 7.0) + square(2.0 * x + y - 5.0);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{1, 3}, 0}}; }
};

}  // namespace

CatalogEntry booth() {
  return catalog_entry<Booth>();
}

}  // namespace descent::surfaces
