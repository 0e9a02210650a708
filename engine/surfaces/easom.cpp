// SPDX-License-Identifier: MIT
// Easom's function: f = −cos x cos y exp(−(x − π)² − (y − π)²), global minimum −1 at (π, π). The usual domain is ±100,
// where nothing but the well can be seen; here it ends where the slope can still be felt. Reference: Easom, "A survey
// of global optimization techniques", M. Eng. thesis, University of Louisville, 1990.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Easom final : public FormulaSurface<Easom> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "easom",
      .title = "Easom",
      .formula = "f = −cos x · cos y · exp(−(x − π)² − (y − π)²)",
      .reference = "Easom, M. Eng. thesis, University of Louisville, 1990",
      .lesson =
          "One narrow hole in a plain that is flat to many digits. Three units away the gradient is a thousandth of"
          " the well's, five away there is nothing to feel at all.",
      .domain = {0.8, 5.5, 0.8, 5.5},
      .start = {1.7, 2.1},
      .parameters = {},
      .expression = "-cos(x)*cos(y)*exp(-((x - pi)^2 + (y - pi)^2))",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::exp;
    using autodiff::square;
    constexpr double kPi = std::numbers::pi;
    return -(cos(x) * cos(y)) * exp(-(square(x - kPi) + square(y - kPi)));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{std::numbers::pi, std::numbers::pi}, -1}}; }
};

}  // namespace

CatalogEntry easom() {
  return catalog_entry<Easom>();
}

}  // namespace descent::surfaces
