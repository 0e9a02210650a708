// SPDX-License-Identifier: MIT
// Does what every surface can do by asking itself point by point, see surface.h.
#include "engine/surfaces/surface.h"

#include <cmath>

#include "engine/core/check.h"

namespace descent::surfaces {

std::shared_ptr<const SurfaceInfo> Surface::shared_info() const {
  return {std::shared_ptr<const void>(), &info()};  // the catalog's entries are never destroyed
}

std::string Surface::kinks_at(Point point) const {
  const LocalModel model = local_model(*this, point);
  const bool kink = std::isfinite(model.value) && !std::isfinite(model.eigenvalues[0]);
  return std::string(kink ? info().kinks : "");
}

std::unique_ptr<Surface> Surface::with_parameters(std::span<const double> parameters) const {
  const CatalogEntry* entry = find_surface(info().name);
  DESCENT_ASSERT(entry != nullptr && parameters.size() == info().parameters.size());
  return entry->make(parameters);
}

void Surface::evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f,
                            std::span<double> fx, std::span<double> fy) const {
  DESCENT_ASSERT(y.size() == x.size() && f.size() == x.size() && fx.size() == fy.size());
  DESCENT_ASSERT(fx.empty() || fx.size() == x.size());
  Point gradient{};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Point p{x[i], y[i]};
    if (fx.empty()) {
      f[i] = evaluate(p, {});
      continue;
    }
    f[i] = evaluate(p, gradient);
    fx[i] = gradient[0];
    fy[i] = gradient[1];
  }
}

}  // namespace descent::surfaces
