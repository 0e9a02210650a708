// SPDX-License-Identifier: MIT
// The monkey saddle: f = x³ − 3 x y², with three valleys (two legs and a tail). At the origin gradient and Hessian both
// vanish, so second derivatives say nothing there. No minimum.
// Reference: Hilbert & Cohn-Vossen, "Geometry and the Imagination", Chelsea 1952, section 28.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class MonkeySaddle final : public FormulaSurface<MonkeySaddle> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "monkey_saddle",
      .title = "Monkey saddle",
      .formula = "f = x³ − 3xy²",
      .reference = "Hilbert & Cohn-Vossen, Geometry and the Imagination, 1952",
      .lesson =
          "Flat to second order in the middle: gradient and Hessian vanish together and every method slows down before "
          "it slides into one of three valleys.",
      .domain = {-2, 2, -2, 2},
      .start = {1.4, 0.03},
      .parameters = {},
      .expression = "x^3 - 3*x*y^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return x * (square(x) - 3.0 * square(y));
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {}; }
};

}  // namespace

CatalogEntry monkey_saddle() {
  return catalog_entry<MonkeySaddle>();
}

}  // namespace descent::surfaces
