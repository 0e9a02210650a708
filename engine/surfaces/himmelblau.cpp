// SPDX-License-Identifier: MIT
// Himmelblau's function: f = (x² + y − 11)² + (x + y² − 7)². Four minima of value 0, one of them at (3, 2); the others
// are roots of the two brackets, computed to 40 digits and rounded. A maximum near (−0.271, −0.923), four saddles.
// Reference: Himmelblau, "Applied Nonlinear Programming", McGraw-Hill 1972.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Himmelblau final : public FormulaSurface<Himmelblau> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "himmelblau",
      .title = "Himmelblau",
      .formula = "f = (x² + y − 11)² + (x + y² − 7)²",
      .reference = "Himmelblau, Applied Nonlinear Programming, 1972",
      .lesson =
          "Four equally good minima round one hill. Which of them a run finds depends on the start, the step size and "
          "the method: drag the start across the hilltop.",
      .domain = {-6, 6, -6, 6},
      .start = {5.4, 1.2},
      .parameters = {},
      .log_colours = true,
      .expression = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return square(square(x) + y - 11.0) + square(x + square(y) - 7.0);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    return {{{3, 2}, 0},
            {{-2.8051180869527448531, 3.1313125182505729658}, 0},
            {{-3.7793102533777468919, -3.2831859912861694123}, 0},
            {{3.5844283403304917449, -1.8481265269644035535}, 0}};
  }
};

}  // namespace

CatalogEntry himmelblau() {
  return catalog_entry<Himmelblau>();
}

}  // namespace descent::surfaces
