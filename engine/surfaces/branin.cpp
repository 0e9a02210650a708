// SPDX-License-Identifier: MIT
// Branin's function: f = (y − 5.1x²/(4π²) + 5x/π − 6)² + 10 (1 − 1/(8π)) cos x + 10. Three global minima 10/(8π):
// where cos x = −1 and the square vanishes. Reference: Branin, "Widely convergent method for finding multiple
// solutions of simultaneous nonlinear equations", IBM J. Res. Dev. 16 (1972), 504–522.
#include <numbers>

#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Branin final : public FormulaSurface<Branin> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "branin",
      .title = "Branin",
      .formula = "f = (y − 5.1x²/4π² + 5x/π − 6)² + 10 (1 − 1/8π) cos x + 10",
      .reference = "Branin, IBM J. Res. Dev. 16 (1972) 504",
      .lesson =
          "Three minima of the same depth along one curved valley. Basins are large and their borders smooth: a "
          "fair first look at basins of attraction.",
      .domain = {-5, 10, 0, 15},
      .start = {1.2, 12.5},
      .parameters = {},
      .expression = "(y - 5.1*x^2/(4*pi^2) + 5*x/pi - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::cos;
    using autodiff::square;
    constexpr double kPi = std::numbers::pi;
    const S valley = y - 5.1 / (4 * kPi * kPi) * square(x) + 5.0 / kPi * x - 6.0;
    return square(valley) + 10.0 * (1 - 1 / (8 * kPi)) * cos(x) + 10.0;
  }

  [[nodiscard]] std::vector<Minimum> minima() const override {
    constexpr double kPi = std::numbers::pi;
    constexpr double kValue = 10 / (8 * kPi);
    return {{{-kPi, 12.275}, kValue}, {{kPi, 2.275}, kValue}, {{3 * kPi, 2.475}, kValue}};
  }
};

}  // namespace

CatalogEntry branin() {
  return catalog_entry<Branin>();
}

}  // namespace descent::surfaces
