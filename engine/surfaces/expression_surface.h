// SPDX-License-Identifier: MIT
// ExpressionSurface: a typed formula (engine/autodiff/expression.h) as a Surface, with its named parameters as
// ParamSpecs in order of appearance. Values and gradients come from the compiled program, Hessians from the same
// program on hyper-dual numbers. The parsed formula is that of the choice, shared by all surfaces made from it; what
// else is known of the surface (texts, kinks, a start) is made with it and shared with those of other parameters.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/program.h"
#include "engine/surfaces/surface.h"

namespace descent::surfaces {

class ExpressionSurface final : public Surface {
 public:
  // Contract: choice.is_expression(). Refuses a text that is no formula (the error has the column), a domain that is
  // none, and parameters that are not finite or too large. The start is a point of the domain where value and gradient
  // are finite, if there is one.
  [[nodiscard]] static core::Result<std::unique_ptr<Surface>> make(const SurfaceChoice& choice);

  [[nodiscard]] const SurfaceInfo& info() const override;
  [[nodiscard]] std::shared_ptr<const SurfaceInfo> shared_info() const override;
  [[nodiscard]] std::vector<Minimum> minima() const override { return {}; }  // nobody has listed any

  [[nodiscard]] std::string kinks_at(Point point) const override;

  [[nodiscard]] std::unique_ptr<Surface> with_parameters(std::span<const double> parameters) const override;

  double evaluate(std::span<const double> x, std::span<double> gradient) const override;
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override;
  void evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f, std::span<double> fx,
                     std::span<double> fy) const override;

 private:
  struct Description;
  ExpressionSurface(std::shared_ptr<const Description> description, std::span<const double> parameters);

  std::shared_ptr<const Description> description_;
  std::vector<double> parameters_;
  autodiff::Program program_;
};

// Largest magnitude of a coordinate of the domain's corners.
inline constexpr double kMaxExpressionDomain = 1e6;

}  // namespace descent::surfaces
