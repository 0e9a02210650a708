// SPDX-License-Identifier: MIT
// The saddle: f = x² − y², gradient 0 at the origin, no minimum: f falls for ever along y.
// Reference: any text on critical points; for what saddles mean to learning, Dauphin et al., "Identifying and attacking
// the saddle point problem in high-dimensional non-convex optimization", NeurIPS 2014.
#include "engine/surfaces/formula_surface.h"

namespace descent::surfaces {
namespace {

class Saddle final : public FormulaSurface<Saddle> {
 public:
  static constexpr SurfaceInfo kInfo{
      .name = "saddle",
      .title = "Saddle",
      .formula = "f = x² − y²",
      .reference = "Dauphin et al., NeurIPS 2014",
      .lesson =
          "Every method first runs towards the saddle, then has to find the way out. Newton's method without care "
          "would stay; the way down along y never ends.",
      .domain = {-2, 2, -2, 2},
      .start = {-1.6, 0.01},
      .parameters = {},
      .expression = "x^2 - y^2",
  };

  template <class S>
  [[nodiscard]] S formula(const S& x, const S& y) const {
    using autodiff::square;
    return square(x) - square(y);
  }

  [[nodiscard]] std::vector<Minimum> minima() const override { return {}; }
};

}  // namespace

CatalogEntry saddle() {
  return catalog_entry<Saddle>();
}

}  // namespace descent::surfaces
