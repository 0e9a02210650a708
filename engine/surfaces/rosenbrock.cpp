// SPDX-License-Identifier: MIT
// Rosenbrock's banana: f = (a − x)² + b (y − x²)², minimum 0 at (a, a²) at the end of a curved, flat valley.
// Reference: Rosenbrock, "An automatic method for finding the greatest or least value of a function", The Computer
// Journal 3 (1960), 175–184.
#include <array>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

constexpr std::array kParameters{
    core::ParamSpec{
        .name = "a",
        .default_value = 1,
        .minimum = -10,
        .maximum = 10,
        .doc = "Where the minimum lies in the valley: at (a, a²). At 0 the valley is symmetric.",
        .slider_minimum = -1.5,
        .slider_maximum = 1.5,
    },
    core::ParamSpec{
        .name = "b",
        .default_value = 100,
        .minimum = 1e-3,
        .maximum = 1e6,
        .scale = core::ParamScale::log,
        .doc = "How steep the walls of the valley are. The steeper, the smaller the steps that gradient descent can "
               "afford.",
        .slider_minimum = 1,
        .slider_maximum = 1000,
    },
};

class Rosenbrock final : public FormulaSurface<Rosenbrock> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "rosenbrock",
      .title = "Rosenbrock",
      .formula = "f = (a − x)² + b (y − x²)²",
      .reference = "Rosenbrock, The Computer Journal 3 (1960) 175",
      .lesson =
          "Finding the valley is easy, following its bend is not: the direction of small curvature keeps turning. "
          "Methods that know the curvature walk round it in a few dozen steps.",
      .domain = {-2, 2, -1, 3},
      .start = {-1.2, 1},
      .parameters = kParameters,
      .log_colours = true,
      .expression = "(a - x)^2 + b*(y - x^2)^2",
  };

  explicit Rosenbrock(std::span<const double> parameters) : a_(parameters[0]), b_(parameters[1]) {}

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return square(a_ - x) + b_ * square(y - square(x));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {{{a_, a_ * a_}, 0}}; }

 private:
  double a_;
  double b_;
};

}  // namespace

CatalogEntry rosenbrock() {
  return catalog_entry<Rosenbrock>();
}

}  // namespace descent::surfaces
