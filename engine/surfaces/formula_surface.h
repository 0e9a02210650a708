// SPDX-License-Identifier: MIT
// FormulaSurface<Derived>: turns one templated formula into a whole Surface. Derived provides
//     static constexpr SurfaceInfo kInfo;
//     template <class S> S formula(const S& x, const S& y) const;   // the only place where f is written down
//     std::vector<Minimum> minima() const override;
// and, when it has parameters, a constructor from them. The value alone runs the formula on double, the gradient on
// first-order dual numbers, the Hessian on hyper-dual numbers: the three values are equal bit for bit. No allocation.
#pragma once

#include <memory>
#include <span>
#include <type_traits>

#include "engine/autodiff/functions.h"
#include "engine/core/check.h"
#include "engine/surfaces/surface.h"

namespace descent::surfaces {

template <class Derived>
class FormulaSurface : public Surface {
 public:
  [[nodiscard]] const SurfaceInfo& info() const final { return Derived::kInfo; }

  double evaluate(std::span<const double> x, std::span<double> gradient) const final {
    DESCENT_ASSERT(x.size() == 2 && (gradient.empty() || gradient.size() == 2));
    if (gradient.empty()) return self().formula(x[0], x[1]);
    using Scalar = autodiff::Dual<2>;
    const Scalar f = self().formula(Scalar::variable(x[0], 0), Scalar::variable(x[1], 1));
    gradient[0] = f.gradient[0];
    gradient[1] = f.gradient[1];
    return f.value;
  }

  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const final {
    DESCENT_ASSERT(x.size() == 2 && gradient.size() == 2 && hessian.size() == 4);
    using Scalar = autodiff::HyperDual<2>;
    const Scalar f = self().formula(Scalar::variable(x[0], 0), Scalar::variable(x[1], 1));
    gradient[0] = f.gradient[0];
    gradient[1] = f.gradient[1];
    hessian[0] = f.hessian[Scalar::pair(0, 0)];
    hessian[1] = hessian[2] = f.hessian[Scalar::pair(0, 1)];
    hessian[3] = f.hessian[Scalar::pair(1, 1)];
    return f.value;
  }

  void evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f, std::span<double> fx,
                     std::span<double> fy) const final {
    DESCENT_ASSERT(y.size() == x.size() && f.size() == x.size() && fx.size() == fy.size());
    DESCENT_ASSERT(fx.empty() || fx.size() == x.size());
    if (fx.empty()) {
      for (std::size_t i = 0; i < x.size(); ++i) f[i] = self().formula(x[i], y[i]);
      return;
    }
    using Scalar = autodiff::Dual<2>;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Scalar value = self().formula(Scalar::variable(x[i], 0), Scalar::variable(y[i], 1));
      f[i] = value.value;
      fx[i] = value.gradient[0];
      fy[i] = value.gradient[1];
    }
  }

 private:
  [[nodiscard]] const Derived& self() const { return static_cast<const Derived&>(*this); }
};

// The catalog's line for a surface, with or without parameters.
template <class S>
CatalogEntry catalog_entry() {
  return {&S::kInfo, [](std::span<const double> parameters) -> std::unique_ptr<Surface> {
            DESCENT_ASSERT(parameters.size() == S::kInfo.parameters.size());
            if constexpr (std::is_constructible_v<S, std::span<const double>>)
              return std::make_unique<S>(parameters);
            else
              return std::make_unique<S>();
          }};
}

}  // namespace descent::surfaces
