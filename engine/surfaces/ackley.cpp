// SPDX-License-Identifier: MIT
// Ackley's function: f = 20 + e − 20 exp(−0.2 √((x² + y²)/2)) − exp((cos 2πx + cos 2πy)/2): an almost flat, dented
// plain with a funnel in the middle. minima() lists the global minimum at the origin. There f has a cone's tip and no
// gradient; the square root's rule (autodiff/functions.h) yields the subgradient 0, and no Hessian. Reference: Ackley,
// "A Connectionist Machine for Genetic Hillclimbing", Kluwer 1987.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Ackley final : public FormulaSurface<Ackley> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "ackley",
      .title = "Ackley",
      .formula = "f = 20 + e − 20 exp(−0.2 √((x² + y²)/2)) − exp((cos 2πx + cos 2πy)/2)",
      .reference = "Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987",
      .lesson =
          "Far out the slope says almost nothing about where the funnel is. At its tip the gradient jumps, so a fixed "
          "step size keeps bouncing: a reason to let the learning rate decay.",
      .domain = {-5, 5, -5, 5},
      .start = {-3.3, 2.6},
      .parameters = {},
      .smooth = false,
      .kinks = "Not differentiable at the origin, the funnel's tip; there the subgradient 0 is taken.",
      .expression = "20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2)) + e - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::exp;
    using autodiff::sqrt;
    using autodiff::square;
    constexpr double kTwoPi = 2 * std::numbers::pi;
    const S funnel = 20.0 * exp(-0.2 * sqrt(0.5 * (square(x) + square(y))));
    const S dents = exp(0.5 * (cos(kTwoPi * x) + cos(kTwoPi * y)));
    return (20.0 - funnel) + (std::numbers::e - dents);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, 0}}; }
};

}  // namespace

CatalogEntry ackley() {
  return catalog_entry<Ackley>();
}

}  // namespace descent::surfaces
