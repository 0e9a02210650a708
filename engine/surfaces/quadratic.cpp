// SPDX-License-Identifier: MIT
// Quadratic bowl: f = (x² + κ y²) / 2, condition number κ. Gradient descent is stable below the step size 2/κ and needs
// about κ steps to gain a digit. Reference: Goh, "Why momentum really works", Distill 2017, doi 10.23915/distill.00006.
#include <array>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

constexpr std::array kParameters{core::ParamSpec{
    .name = "kappa",
    .default_value = 10,
    .minimum = 1e-3,
    .maximum = 1e6,
    .scale = core::ParamScale::log,
    .doc = "Condition number: how much steeper the bowl is along y than along x. The larger, the slower plain gradient "
           "descent gets.",
    .slider_minimum = 1,
    .slider_maximum = 1000,
}};

class Quadratic final : public FormulaSurface<Quadratic> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "quadratic",
      .title = "Quadratic bowl",
      .formula = "f = (x² + κ y²) / 2",
      .reference = "Goh, Why momentum really works, Distill 2017",
      .lesson =
          "The ruler of optimization: along y the step size must stay below 2/κ, along x progress is κ times "
          "slower. Momentum and preconditioning are answers to this.",
      .domain = {-5, 5, -5, 5},
      .start = {-4, 1.5},
      .parameters = kParameters,
      .expression = "(x^2 + kappa*y^2)/2",
  };

  explicit Quadratic(std::span<const double> parameters) : kappa_(parameters[0]) {}

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return 0.5 * (square(x) + kappa_ * square(y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{0, 0}, 0}}; }

 private:
  double kappa_;
};

}  // namespace

CatalogEntry quadratic() {
  return catalog_entry<Quadratic>();
}

}  // namespace descent::surfaces
