// SPDX-License-Identifier: MIT
// HyperDual<N>: a value with its first and second partial derivatives along N directions. A hyper-dual number
// a + a₁ε₁ + a₂ε₂ + a₁₂ε₁ε₂ (ε₁² = ε₂² = 0, ε₁ε₂ ≠ 0) carries one mixed derivative; the numbers for all pairs (i, j)
// share the value and the first partials, so here they are kept once, with the upper triangle of the Hessian beside
// them: one evaluation of a formula gives f, ∇f and ∇²f, exact to rounding and without step size. Reference: Fike &
// Alonso, "The development of hyper-dual numbers for exact second-derivative calculations", AIAA 2011-886. Elementary
// functions are in functions.h.
#pragma once

#include <array>
#include <cmath>
#include <compare>
#include <cstddef>
#include <limits>

#include "engine/autodiff/dual.h"

namespace descent::autodiff {

template <std::size_t N>
struct HyperDual {
  static constexpr int kOrder = 2;
  static constexpr std::size_t kDirections = N;
  static constexpr std::size_t kPairs = N * (N + 1) / 2;

  double value = 0;
  std::array<double, N> gradient{};
  std::array<double, kPairs> hessian{};  // upper triangle by rows: (0,0) (0,1) … (0,N−1) (1,1) …

  constexpr HyperDual() = default;
  constexpr HyperDual(double constant) : value(constant) {}  // NOLINT(google-explicit-constructor)

  static constexpr HyperDual variable(double value, std::size_t i) {
    HyperDual x(value);
    x.gradient[i] = 1;
    return x;
  }

  // Position of ∂²/∂xᵢ∂xⱼ in `hessian`; i <= j.
  static constexpr std::size_t pair(std::size_t i, std::size_t j) { return i * N - i * (i + 1) / 2 + j; }

  [[nodiscard]] constexpr bool is_constant() const {
    for (const double partial : gradient)
      if (partial != 0) return false;
    for (const double partial : hessian)
      if (partial != 0) return false;
    return true;
  }

  [[nodiscard]] constexpr bool moves(std::size_t i) const {
    if (gradient[i] != 0) return true;
    for (std::size_t j = 0; j < N; ++j)
      if (hessian[j < i ? pair(j, i) : pair(i, j)] != 0) return true;
    return false;
  }
  [[nodiscard]] constexpr bool is_flat() const {
    for (const double partial : gradient)
      if (!(partial <= kVanishing && partial >= -kVanishing)) return false;
    return true;
  }

  // These say that derivatives do not exist: none along the i-th direction; no second ones along it, or at all.
  constexpr void forget(std::size_t i) {
    gradient[i] = kNone;
    forget_curvature(i);
  }
  constexpr void forget_curvature(std::size_t i) {
    for (std::size_t j = 0; j < N; ++j) hessian[j < i ? pair(j, i) : pair(i, j)] = kNone;
  }
  constexpr void forget_curvature() { hessian.fill(kNone); }

  // Adds c ∇r∇rᵀ to the second derivatives.
  constexpr void add_curvature(double c) {
    each_pair([&](std::size_t i, std::size_t j, std::size_t k) { hessian[k] += c * (gradient[i] * gradient[j]); });
  }

  // The way the quadratic form of the second derivatives goes: everywhere up (or level), everywhere down, or both. It
  // is known for one and two directions; `mixed` also stands for what is not known.
  enum class Bend { none, up, down, mixed };
  [[nodiscard]] Bend bend() const {
    bool none = true, up = true, down = true;
    for (const double partial : hessian) none = none && partial == 0;
    if (none) return Bend::none;
    for (std::size_t i = 0; i < N; ++i) {
      up = up && hessian[pair(i, i)] >= 0;
      down = down && hessian[pair(i, i)] <= 0;
    }
    if constexpr (N == 2) {
      // b² ≤ ac, with room for the rounding of each.
      const double mean = std::sqrt(std::abs(hessian[0])) * std::sqrt(std::abs(hessian[2]));
      if (!(std::abs(hessian[1]) <= mean * (1 + 4 * std::numeric_limits<double>::epsilon()))) return Bend::mixed;
    }
    if (N > 2 || up == down) return Bend::mixed;
    return up ? Bend::up : Bend::down;
  }

  // A function of u with the slope `below` where u < 0 and `above` where u > 0, at u = 0: the value 0 and, by choice,
  // the slope 0 (0 times u's, which is not known where that is infinite). It has second derivatives where u is level
  // and, to second order, never changes its sign.
  static HyperDual corner(const HyperDual& u, double below, double above) {
    HyperDual r = chain(u, 0, 0, 0);
    const Bend bend = u.is_flat() ? u.bend() : Bend::mixed;
    if (bend == Bend::mixed) r.forget_curvature();
    const double slope = bend == Bend::up ? above : below;
    if (bend == Bend::up || bend == Bend::down)
      for (std::size_t k = 0; k < kPairs; ++k) r.hessian[k] = slope * u.hessian[k];
    return r;
  }

  // g(u):  gᵢ = g' uᵢ,  gᵢⱼ = g' uᵢⱼ + g'' uᵢ uⱼ
  static constexpr HyperDual chain(const HyperDual& u, double g, double g1, double g2) {
    HyperDual r(g);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = g1 * u.gradient[i];
    each_pair([&](std::size_t i, std::size_t j, std::size_t k) {
      r.hessian[k] = g1 * u.hessian[k] + g2 * (u.gradient[i] * u.gradient[j]);
    });
    return r;
  }

  // g(u, v) with first = {g_u, g_v}, second = {g_uu, g_uv, g_vv}:
  // gᵢⱼ = g_u uᵢⱼ + g_v vᵢⱼ + g_uu uᵢuⱼ + g_uv (uᵢvⱼ + vᵢuⱼ) + g_vv vᵢvⱼ
  static constexpr HyperDual chain(const HyperDual& u, const HyperDual& v, double g, const std::array<double, 2>& first,
                                   const std::array<double, 3>& second) {
    HyperDual r(g);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = first[0] * u.gradient[i] + first[1] * v.gradient[i];
    each_pair([&](std::size_t i, std::size_t j, std::size_t k) {
      const double cross = u.gradient[i] * v.gradient[j] + v.gradient[i] * u.gradient[j];
      r.hessian[k] = first[0] * u.hessian[k] + first[1] * v.hessian[k] + second[0] * (u.gradient[i] * u.gradient[j]) +
                     second[1] * cross + second[2] * (v.gradient[i] * v.gradient[j]);
    });
    return r;
  }

  friend constexpr HyperDual operator-(const HyperDual& a) { return scaled(a, -a.value, -1); }

  friend constexpr HyperDual operator+(const HyperDual& a, const HyperDual& b) {
    HyperDual r(a.value + b.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = a.gradient[i] + b.gradient[i];
    for (std::size_t k = 0; k < kPairs; ++k) r.hessian[k] = a.hessian[k] + b.hessian[k];
    return r;
  }
  friend constexpr HyperDual operator+(HyperDual a, double c) {
    a.value += c;
    return a;
  }
  friend constexpr HyperDual operator+(double c, HyperDual a) { return a + c; }

  friend constexpr HyperDual operator-(const HyperDual& a, const HyperDual& b) {
    HyperDual r(a.value - b.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = a.gradient[i] - b.gradient[i];
    for (std::size_t k = 0; k < kPairs; ++k) r.hessian[k] = a.hessian[k] - b.hessian[k];
    return r;
  }
  friend constexpr HyperDual operator-(HyperDual a, double c) {
    a.value -= c;
    return a;
  }
  friend constexpr HyperDual operator-(double c, const HyperDual& a) { return scaled(a, c - a.value, -1); }

  // (uv)ᵢⱼ = uᵢⱼ v + uᵢ vⱼ + vᵢ uⱼ + u vᵢⱼ
  friend constexpr HyperDual operator*(const HyperDual& u, const HyperDual& v) {
    HyperDual r(u.value * v.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = u.gradient[i] * v.value + u.value * v.gradient[i];
    each_pair([&](std::size_t i, std::size_t j, std::size_t k) {
      const double cross = u.gradient[i] * v.gradient[j] + v.gradient[i] * u.gradient[j];
      r.hessian[k] = u.hessian[k] * v.value + cross + u.value * v.hessian[k];
    });
    return r;
  }
  friend constexpr HyperDual operator*(const HyperDual& a, double c) { return scaled(a, a.value * c, c); }
  friend constexpr HyperDual operator*(double c, const HyperDual& a) { return scaled(a, c * a.value, c); }

  // q = u / v, from u = q v:  qᵢ = (uᵢ − q vᵢ) / v,  qᵢⱼ = (uᵢⱼ − qᵢ vⱼ − vᵢ qⱼ − q vᵢⱼ) / v
  friend constexpr HyperDual operator/(const HyperDual& u, const HyperDual& v) {
    HyperDual q(u.value / v.value);
    for (std::size_t i = 0; i < N; ++i) q.gradient[i] = (u.gradient[i] - q.value * v.gradient[i]) / v.value;
    each_pair([&](std::size_t i, std::size_t j, std::size_t k) {
      const double cross = q.gradient[i] * v.gradient[j] + v.gradient[i] * q.gradient[j];
      q.hessian[k] = (u.hessian[k] - cross - q.value * v.hessian[k]) / v.value;
    });
    return q;
  }
  friend constexpr HyperDual operator/(const HyperDual& a, double c) {
    HyperDual q(a.value / c);
    for (std::size_t i = 0; i < N; ++i) q.gradient[i] = a.gradient[i] / c;
    for (std::size_t k = 0; k < kPairs; ++k) q.hessian[k] = a.hessian[k] / c;
    return q;
  }
  friend constexpr HyperDual operator/(double c, const HyperDual& v) { return HyperDual(c) / v; }

  constexpr HyperDual& operator+=(const HyperDual& b) { return *this = *this + b; }
  constexpr HyperDual& operator-=(const HyperDual& b) { return *this = *this - b; }
  constexpr HyperDual& operator*=(const HyperDual& b) { return *this = *this * b; }
  constexpr HyperDual& operator/=(const HyperDual& b) { return *this = *this / b; }

  // Comparisons look at the values; a plain number on either side is a constant.
  friend constexpr auto operator<=>(const HyperDual& a, const HyperDual& b) { return a.value <=> b.value; }
  friend constexpr bool operator==(const HyperDual& a, const HyperDual& b) { return a.value == b.value; }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  template <class Visit>
  static constexpr void each_pair(Visit visit) {
    std::size_t k = 0;
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = i; j < N; ++j) visit(i, j, k++);
  }

  static constexpr HyperDual scaled(const HyperDual& a, double value, double c) {
    HyperDual r(value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = c * a.gradient[i];
    for (std::size_t k = 0; k < kPairs; ++k) r.hessian[k] = c * a.hessian[k];
    return r;
  }
};

}  // namespace descent::autodiff
