// SPDX-License-Identifier: MIT
// Objective: a scalar function with an exact gradient, the only thing an optimizer may ask about (after
// ceres::FirstOrderFunction). Implementations are const and thread-safe: any number of threads may evaluate at once.
// A value that is not finite is a legal answer (outside the function's domain); the caller decides what it means.
#pragma once

#include <span>

namespace descent::core {

class Objective {
 public:
  virtual ~Objective() = default;

  [[nodiscard]] virtual int dim() const = 0;

  // f(x). x: (dim). gradient: (dim), written with df/dx, or empty when the value alone is wanted.
  virtual double evaluate(std::span<const double> x, std::span<double> gradient) const = 0;

  // True when hessian() may be called.
  [[nodiscard]] virtual bool has_hessian() const { return false; }

  // f(x) with gradient (dim) and Hessian (dim, dim) row-major, symmetric. Contract: has_hessian().
  virtual double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                                  std::span<double> hessian) const;
};

}  // namespace descent::core
