// SPDX-License-Identifier: MIT
// Elementary functions of dual and hyper-dual numbers, each written once for both orders as g, g', g'' at the value,
// and handed to the type's chain rule (derivatives: Abramowitz & Stegun, chapters 3 and 4). The same names serve
// double, so that one templated formula reads the same for every scalar: `using autodiff::cos; return x * x - 10.0 *
// cos(x);` Where a function is not differentiable its slope is a choice (a subgradient), which stands at the function,
// and its second derivatives are NaN: not known.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <type_traits>

#include "engine/autodiff/dual.h"
#include "engine/autodiff/hyper_dual.h"

namespace descent::autodiff {

using std::abs, std::sqrt, std::exp, std::log, std::log2, std::log10, std::pow;
using std::acos, std::asin, std::atan, std::atan2, std::cos, std::sin, std::tan;
using std::cosh, std::sinh, std::tanh;

template <class D>
concept DualNumber = requires {
  D::kOrder;
};

template <class S>
constexpr S square(const S& u) {
  return u * u;
}

template <DualNumber D>
constexpr D square(const D& u) {
  return D::chain(u, u.value * u.value, 2 * u.value, 2);
}

// g(u) = √u. Where u = 0 and all its first partials vanish (u = x² + y² at the origin) the slope is taken as 0: u ≥ 0
// touches its minimum there, and 0 is a subgradient of √u. Elsewhere at 0 it is infinite, as it is. The second
// derivatives are gᵢⱼ = uᵢⱼ/(2g) − gᵢgⱼ/g, where g'' = −1/(4g³) would overflow close to 0.
template <DualNumber D>
D sqrt(const D& u) {
  const double g = std::sqrt(u.value);
  if (g == 0 && u.is_flat()) {
    D tip(g);
    tip.forget_curvature();
    return tip;
  }
  D r = D::chain(u, g, 0.5 / g, 0);
  r.add_curvature(-1 / g);
  return r;
}

template <DualNumber D>
D exp(const D& u) {
  const double g = std::exp(u.value);
  return D::chain(u, g, g, g);
}

template <DualNumber D>
D log(const D& u) {
  const double g1 = 1 / u.value;
  return D::chain(u, std::log(u.value), g1, -g1 * g1);
}

template <DualNumber D>
D log2(const D& u) {
  const double g1 = 1 / (std::numbers::ln2 * u.value);
  return D::chain(u, std::log2(u.value), g1, -g1 / u.value);
}

template <DualNumber D>
D log10(const D& u) {
  const double g1 = 1 / (std::numbers::ln10 * u.value);
  return D::chain(u, std::log10(u.value), g1, -g1 / u.value);
}

// uⁿ for whole n by repeated squaring (right to left), exact where the products are; u⁰ = 1 also at 0.
constexpr double pow(double u, int n) {
  double result = 1;
  double base = u;
  for (unsigned k = n < 0 ? 0U - static_cast<unsigned>(n) : static_cast<unsigned>(n); k != 0; k >>= 1U) {
    if ((k & 1U) != 0) result *= base;
    base *= base;
  }
  return n < 0 ? 1 / result : result;
}

template <DualNumber D>
constexpr D pow(const D& u, int n) {
  const double g1 = n == 0 ? 0 : n * pow(u.value, n - 1);
  const double g2 = n == 0 || n == 1 ? 0 : static_cast<double>(n) * (n - 1.0) * pow(u.value, n - 2);
  return D::chain(u, pow(u.value, n), g1, g2);
}

// uᵖ for real p. Coefficients that vanish stay 0 at u = 0, where the power beside them is infinite. A broken p has
// uᵖ = O(|d|²ᵖ) at a distance d from a point where u and its slope are 0: level there where p > 1/2, with no curvature
// where p > 1. Where u's slope is 0 by choice, so is that of uᵖ, and u's unknown curvature stays unknown.
template <DualNumber D>
D pow(const D& u, double p) {
  if (u.value == 0 && p > 0.5 && p != std::floor(p) && u.is_flat()) {
    D level = D::chain(u, 0, 0, 0);
    if (p < 1) level.forget_curvature();
    return level;
  }
  const double g1 = p == 0 ? 0 : p * std::pow(u.value, p - 1);
  double g2 = 0;
  if constexpr (D::kOrder == 2)
    if (p != 0 && p != 1) g2 = p * (p - 1) * std::pow(u.value, p - 2);
  return D::chain(u, std::pow(u.value, p), g1, g2);
}

// uᵛ, u > 0:  g_u = v uᵛ⁻¹, g_v = uᵛ ln u,  g_uu = v(v−1) uᵛ⁻², g_uv = uᵛ⁻¹ (1 + v ln u), g_vv = uᵛ ln² u.
// Elsewhere the rule above holds with v at rest. Along a direction in which v moves,
//   u < 0           nothing is known: beside a whole exponent uᵛ is not defined
//   u = 0, v > 1    g_v = g_uv = g_vv = 0, since 0ᵛ = 0 for every v near
//   u = 0, v > 0    g_v = 0, and no second derivatives: v 0ᵛ⁻¹ jumps at v = 1
//   u = 0, v ≤ 0    nothing: 0ᵛ jumps
// `moving` has bit i set where v moves along direction i, though its derivatives may vanish at this point.
template <DualNumber D>
D pow(const D& u, const D& v, unsigned moving = 0) {
  for (std::size_t i = 0; i < D::kDirections; ++i)
    if (v.moves(i)) moving |= 1U << i;
  if (moving == 0) return pow(u, v.value);
  if (!(u.value > 0)) {
    D r = pow(u, v.value);
    const bool slope = u.value == 0 && v.value > 0;
    for (std::size_t i = 0; i < D::kDirections; ++i) {
      if ((moving >> i & 1U) == 0) continue;
      if (!slope) r.forget(i);
      if (slope && v.value <= 1) r.forget_curvature(i);
    }
    return r;
  }
  const double g = std::pow(u.value, v.value);
  const double g_over_u = std::pow(u.value, v.value - 1);
  const double ln = std::log(u.value);
  const double g_uu = v.value * (v.value - 1) * g_over_u / u.value;
  return D::chain(u, v, g, {v.value * g_over_u, g * ln}, {g_uu, g_over_u * (1 + v.value * ln), g * ln * ln});
}

template <DualNumber D>
D pow(double c, const D& v) {
  const double g = std::pow(c, v.value);
  const double ln = std::log(c);
  return D::chain(v, g, g * ln, g * ln * ln);
}

template <DualNumber D>
D sin(const D& u) {
  const double g = std::sin(u.value);
  return D::chain(u, g, std::cos(u.value), -g);
}

template <DualNumber D>
D cos(const D& u) {
  const double g = std::cos(u.value);
  return D::chain(u, g, -std::sin(u.value), -g);
}

template <DualNumber D>
D tan(const D& u) {
  const double g = std::tan(u.value);
  const double g1 = 1 + g * g;
  return D::chain(u, g, g1, 2 * g * g1);
}

template <DualNumber D>
D sinh(const D& u) {
  const double g = std::sinh(u.value);
  return D::chain(u, g, std::cosh(u.value), g);
}

template <DualNumber D>
D cosh(const D& u) {
  const double g = std::cosh(u.value);
  return D::chain(u, g, std::sinh(u.value), g);
}

template <DualNumber D>
D tanh(const D& u) {
  const double g = std::tanh(u.value);
  const double g1 = 1 - g * g;
  return D::chain(u, g, g1, -2 * g * g1);
}

template <DualNumber D>
D asin(const D& u) {
  const double g1 = 1 / std::sqrt(1 - u.value * u.value);
  return D::chain(u, std::asin(u.value), g1, u.value * g1 * g1 * g1);
}

template <DualNumber D>
D acos(const D& u) {
  const double g1 = -1 / std::sqrt(1 - u.value * u.value);
  return D::chain(u, std::acos(u.value), g1, u.value * g1 * g1 * g1);
}

template <DualNumber D>
D atan(const D& u) {
  const double g1 = 1 / (1 + u.value * u.value);
  return D::chain(u, std::atan(u.value), g1, -2 * u.value * g1 * g1);
}

// The angle of (x, y), r² = x² + y²:  g_y = x/r², g_x = −y/r²,  g_yy = −2xy/r⁴, g_xy = (y² − x²)/r⁴, g_xx = 2xy/r⁴.
template <DualNumber D>
D atan2(const D& y, const D& x) {
  const double r2 = x.value * x.value + y.value * y.value;
  const double cy = x.value / r2;
  const double cx = -y.value / r2;
  return D::chain(y, x, std::atan2(y.value, x.value), {cy, cx}, {2 * cx * cy, cx * cx - cy * cy, -2 * cx * cy});
}

// |u|; at 0 the subgradient 0.
template <DualNumber D>
constexpr D abs(const D& u) {
  if (u.value == 0) return D::corner(u, -1, 1);
  return u.value < 0 ? -u : u;
}

// The smaller, the larger; on a tie the mean of both slopes, as in PyTorch. NaN on either side wins.
constexpr double min(double a, double b) {
  return b < a || b != b ? b : a;
}
constexpr double max(double a, double b) {
  return b > a || b != b ? b : a;
}
// a = b: b + corner(a − b), with the mean slope.
template <DualNumber D>
constexpr D tied(const D& a, const D& b, double below, double above) {
  D r = b + D::corner(a - b, below, above);
  r.value = a.value;
  for (std::size_t i = 0; i < D::kDirections; ++i) r.gradient[i] = 0.5 * a.gradient[i] + 0.5 * b.gradient[i];
  return r;
}
template <DualNumber D>
constexpr D min(const D& a, const std::type_identity_t<D>& b) {
  if (a.value == b.value) return tied(a, b, 1, 0);
  return b.value < a.value || b.value != b.value ? b : a;
}
template <DualNumber D>
constexpr D max(const D& a, const std::type_identity_t<D>& b) {
  if (a.value == b.value) return tied(a, b, 0, 1);
  return b.value > a.value || b.value != b.value ? b : a;
}

// 1 / (1 + e⁻ᵘ), from the exponential that cannot overflow, w = e^−|u|:  g' = w/(1+w)², g'' = g' (1 − 2g).
inline double sigmoid(double u) {
  const double w = std::exp(-std::abs(u));
  return (u >= 0 ? 1 : w) / (1 + w);
}
template <DualNumber D>
D sigmoid(const D& u) {
  const double w = std::exp(-std::abs(u.value));
  const double g1 = w / ((1 + w) * (1 + w));
  return D::chain(u, sigmoid(u.value), g1, g1 * ((u.value >= 0 ? w - 1 : 1 - w) / (1 + w)));
}

// max(u, 0); at 0 the subgradient 0.
constexpr double relu(double u) {
  return u <= 0 ? 0 : u;
}
template <DualNumber D>
constexpr D relu(const D& u) {
  if (u.value == 0) return D::corner(u, 0, 1);
  return u.value < 0 ? D(0) : u;
}

// e^−u²:  g' = −2u g, g'' = (4u² − 2) g.
inline double gaussian(double u) {
  return std::exp(-u * u);
}
template <DualNumber D>
D gaussian(const D& u) {
  const double g = gaussian(u.value);
  return D::chain(u, g, -2 * u.value * g, (4 * u.value * u.value - 2) * g);
}

}  // namespace descent::autodiff
