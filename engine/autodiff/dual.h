// SPDX-License-Identifier: MIT
// Dual<N>: a number a + Σ aᵢ εᵢ with εᵢ εⱼ = 0, i.e. a value with its first partial derivatives along N directions.
// Evaluating a formula once on duals gives f and its whole gradient, exact to rounding (forward mode). Reference:
// Griewank & Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 3. No allocation, no branches in the
// arithmetic; elementary functions are in functions.h, written once for first and second order.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <limits>

namespace descent::autodiff {

inline constexpr double kVanishing = 1e-150;

template <std::size_t N>
struct Dual {
  static constexpr int kOrder = 1;
  static constexpr std::size_t kDirections = N;

  double value = 0;
  std::array<double, N> gradient{};

  constexpr Dual() = default;
  constexpr Dual(double constant) : value(constant) {}  // NOLINT(google-explicit-constructor): 2 + x reads as written

  // The i-th independent variable at `value`.
  static constexpr Dual variable(double value, std::size_t i) {
    Dual x(value);
    x.gradient[i] = 1;
    return x;
  }

  [[nodiscard]] constexpr bool is_constant() const {
    for (const double partial : gradient)
      if (partial != 0) return false;
    return true;
  }

  // moves() says whether it moves along the i-th direction, as far as its derivatives tell.
  [[nodiscard]] constexpr bool moves(std::size_t i) const { return gradient[i] != 0; }
  // is_flat() says whether no first partial is other than 0, or than what is left of x² + y² where that underflows to
  // 0.
  [[nodiscard]] constexpr bool is_flat() const {
    for (const double partial : gradient)
      if (!(partial <= kVanishing && partial >= -kVanishing)) return false;
    return true;
  }

  // These say that derivatives along the i-th direction, or second ones, do not exist; a Dual has no second ones.
  constexpr void forget(std::size_t i) { gradient[i] = std::numeric_limits<double>::quiet_NaN(); }
  constexpr void forget_curvature(std::size_t /*i*/) {}
  constexpr void forget_curvature() {}

  // Adds c ∇r∇rᵀ to the second derivatives (none are here).
  constexpr void add_curvature(double /*c*/) {}

  // A function of u with the slope `below` where u < 0 and `above` where u > 0, at u = 0: the value 0 and, by choice,
  // the slope 0 (0 times u's, which is not known where that is infinite).
  static constexpr Dual corner(const Dual& u, double /*below*/, double /*above*/) { return chain(u, 0, 0, 0); }

  // g(u) given g and g' at u.value: the chain rule. The second derivative is taken and not used, so that functions.h
  // can serve both orders.
  static constexpr Dual chain(const Dual& u, double g, double g1, double /*g2*/) {
    Dual r(g);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = g1 * u.gradient[i];
    return r;
  }

  // g(u, v) given g and its partial derivatives at (u.value, v.value).
  static constexpr Dual chain(const Dual& u, const Dual& v, double g, const std::array<double, 2>& first,
                              const std::array<double, 3>& /*second*/) {
    Dual r(g);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = first[0] * u.gradient[i] + first[1] * v.gradient[i];
    return r;
  }

  friend constexpr Dual operator-(const Dual& a) { return chain(a, -a.value, -1, 0); }

  friend constexpr Dual operator+(const Dual& a, const Dual& b) {
    Dual r(a.value + b.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = a.gradient[i] + b.gradient[i];
    return r;
  }
  friend constexpr Dual operator+(Dual a, double c) {
    a.value += c;
    return a;
  }
  friend constexpr Dual operator+(double c, Dual a) { return a + c; }

  friend constexpr Dual operator-(const Dual& a, const Dual& b) {
    Dual r(a.value - b.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = a.gradient[i] - b.gradient[i];
    return r;
  }
  friend constexpr Dual operator-(Dual a, double c) {
    a.value -= c;
    return a;
  }
  friend constexpr Dual operator-(double c, const Dual& a) { return chain(a, c - a.value, -1, 0); }

  // (uv)ᵢ = uᵢ v + u vᵢ
  friend constexpr Dual operator*(const Dual& u, const Dual& v) {
    Dual r(u.value * v.value);
    for (std::size_t i = 0; i < N; ++i) r.gradient[i] = u.gradient[i] * v.value + u.value * v.gradient[i];
    return r;
  }
  friend constexpr Dual operator*(const Dual& a, double c) { return chain(a, a.value * c, c, 0); }
  friend constexpr Dual operator*(double c, const Dual& a) { return chain(a, c * a.value, c, 0); }

  // q = u / v:  qᵢ = (uᵢ − q vᵢ) / v
  friend constexpr Dual operator/(const Dual& u, const Dual& v) {
    Dual q(u.value / v.value);
    for (std::size_t i = 0; i < N; ++i) q.gradient[i] = (u.gradient[i] - q.value * v.gradient[i]) / v.value;
    return q;
  }
  friend constexpr Dual operator/(const Dual& a, double c) {
    Dual q(a.value / c);
    for (std::size_t i = 0; i < N; ++i) q.gradient[i] = a.gradient[i] / c;
    return q;
  }
  friend constexpr Dual operator/(double c, const Dual& v) { return Dual(c) / v; }

  constexpr Dual& operator+=(const Dual& b) { return *this = *this + b; }
  constexpr Dual& operator-=(const Dual& b) { return *this = *this - b; }
  constexpr Dual& operator*=(const Dual& b) { return *this = *this * b; }
  constexpr Dual& operator/=(const Dual& b) { return *this = *this / b; }

  // Comparisons look at the values; a plain number on either side is a constant.
  friend constexpr auto operator<=>(const Dual& a, const Dual& b) { return a.value <=> b.value; }
  friend constexpr bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
};

}  // namespace descent::autodiff
