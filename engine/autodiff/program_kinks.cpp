// SPDX-License-Identifier: MIT
// Second derivatives where a program meets kinks, see Program::expand. The size s of what has a kink (s = |u|, s = √u)
// is O(|d|) at a distance d and has no derivatives there, but its square often has: |u|² = u², (√u)² = u. So s is
// carried as one more variable beside x and y, and f comes out as
//     f = c + g·d + βᵀs + ½ dᵀHd + dᵀΔs + ½ sᵀΓs + o(|d|²).
// If β = 0, f has the gradient g; if besides Δ = 0 and Γ is diagonal, f has the Hessian H + ½ Σ Γₖₖ ∇²(sₖ²). So
// cos √(x² + y²) curves down at the origin as it should, relu(x)² has no curvature at 0, and |x| nothing but a slope by
// choice. All kinks are of this kind: relu u = (u + |u|)/2, max(a, b) = (a + b + |a − b|)/2.
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "engine/autodiff/operations.h"
#include "engine/autodiff/program.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kMostKinks = 4;  // met at one point; where there are more nothing is known
constexpr double kSameSlope = 1e-9;    // relative to max(1, the slope): all that rounding can do
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

using Expansion = HyperDual<2 + kMostKinks>;
using Form = std::array<double, 3>;  // a Hessian in x and y: xx, xy, yy

class KinkedPoint {
 public:
  Expansion apply_at(const Program::Instruction& step, const Expansion& a, const Expansion& b);
  // The second derivatives of f with their gradient, if there are any.
  [[nodiscard]] std::optional<HyperDual<2>> curvature(const Expansion& f) const;

 private:
  Expansion magnitude(const Expansion& u);
  Expansion root(const Expansion& u);
  Expansion broken_power(const Expansion& u, double p);
  Expansion size_of(const Expansion& u, Form square);
  [[nodiscard]] std::optional<Form> form_of(const Expansion& u) const;
  [[nodiscard]] bool negligible(std::size_t k) const { return squares_[k] == Form{}; }

  std::size_t count_ = 0;
  std::array<Form, kMostKinks> squares_{};      // ∇²(sₖ²); 0 where sₖ = o(|d|), NaN where there is none
  std::array<Expansion, kMostKinks> inside_{};  // u of |u|
};

HyperDual<2> as_form(const Form& form) {
  HyperDual<2> u;
  u.hessian = form;
  return u;
}

// Level, and nothing is known of its curvature.
Expansion uncurved() {
  Expansion u;
  u.forget_curvature();
  return u;
}

Expansion unknown() {
  Expansion u;
  for (std::size_t i = 0; i < Expansion::kDirections; ++i) u.forget(i);
  return u;
}

bool finite_slope(const Expansion& u) {
  for (const double partial : u.gradient)
    if (!std::isfinite(partial)) return false;
  return true;
}

// The one direction in which u moves, and does so in proportion; none where there are others.
std::optional<std::size_t> only_direction(const Expansion& u) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < Expansion::kDirections; ++i) {
    if (u.gradient[i] == 0) continue;
    if (found) return {};
    found = i;
  }
  for (const double partial : u.hessian)
    if (partial != 0) return {};
  return found;
}

// The form of u in x and y alone, if it is one to second order; u is level in x, y and every s.
std::optional<Form> KinkedPoint::form_of(const Expansion& u) const {
  Form form{u.hessian[Expansion::pair(0, 0)], u.hessian[Expansion::pair(0, 1)], u.hessian[Expansion::pair(1, 1)]};
  for (std::size_t k = 0; k < count_; ++k) {
    const double square = u.hessian[Expansion::pair(2 + k, 2 + k)];
    for (std::size_t i = 0; i < 3; ++i)
      if (square != 0) form[i] += 0.5 * square * squares_[k][i];
    for (std::size_t i = 0; i < 2 + k; ++i) {
      const bool matters = !negligible(k) && (i < 2 || !negligible(i - 2));
      if (matters && u.hessian[Expansion::pair(i, 2 + k)] != 0) return {};
    }
  }
  for (const double entry : form)
    if (!std::isfinite(entry)) return {};
  return form;
}

// One more s.
Expansion KinkedPoint::size_of(const Expansion& u, Form square) {
  if (count_ == kMostKinks || !finite_slope(u)) return unknown();
  squares_[count_] = square;
  inside_[count_] = u;
  return Expansion::variable(0, 2 + count_++);
}

// |u| where u = 0.
Expansion KinkedPoint::magnitude(const Expansion& u) {
  if (u.is_flat()) {
    const std::optional<Form> form = form_of(u);
    if (!form) return uncurved();
    const HyperDual<2> size = HyperDual<2>::corner(as_form(*form), -1, 1);
    Expansion r;
    r.hessian[Expansion::pair(0, 0)] = size.hessian[0];
    r.hessian[Expansion::pair(0, 1)] = size.hessian[1];
    r.hessian[Expansion::pair(1, 1)] = size.hessian[2];
    return r;
  }
  // Every s is ≥ 0 itself.
  if (const auto k = only_direction(u); k && *k >= 2) return u.gradient[*k] < 0 ? -u : u;
  // A difference of o(|d|²) in u is one of o(|d|²) in |u|.
  for (std::size_t k = 0; k < count_; ++k)
    for (const Expansion& other : {inside_[k], -inside_[k]})
      if (other.gradient == u.gradient && other.hessian == u.hessian) return Expansion::variable(0, 2 + k);
  bool smooth = true;
  for (std::size_t k = 2; k < Expansion::kDirections; ++k) smooth = smooth && u.gradient[k] == 0;
  const double a = u.gradient[0], b = u.gradient[1];
  return size_of(u, smooth ? Form{2 * a * a, 2 * a * b, 2 * b * b} : Form{kNone, kNone, kNone});
}

// √u where u = 0.
Expansion KinkedPoint::root(const Expansion& u) {
  if (!u.is_flat()) return sqrt(u);
  const std::optional<Form> form = form_of(u);
  if (!form) return size_of({}, {kNone, kNone, kNone});
  const auto bend = as_form(*form).bend();
  if (bend != HyperDual<2>::Bend::up && bend != HyperDual<2>::Bend::none) return uncurved();
  return size_of({}, *form);
}

// uᵖ where u = 0, p broken: o(|d|) where u is level and p > 1/2, or p > 1.
Expansion KinkedPoint::broken_power(const Expansion& u, double p) {
  if (!finite_slope(u)) return unknown();
  const double order = u.is_flat() ? 2 * p : p;  // uᵖ = O(|d|^order)
  if (order > 2) return {};
  return order > 1 ? size_of({}, {}) : pow(u, p);
}

Expansion KinkedPoint::apply_at(const Program::Instruction& step, const Expansion& a, const Expansion& b) {
  const bool zero = a.value == 0;
  if (zero && step.op == Op::abs) return magnitude(a);
  if (zero && step.op == Op::relu) return 0.5 * (a + magnitude(a));
  if (zero && step.op == Op::sqrt) return root(a);
  if (zero && step.op == Op::power && step.depends_b == 0 && b.value != std::floor(b.value))
    return broken_power(a, b.value);
  if (a.value == b.value && (step.op == Op::min || step.op == Op::max)) {
    const Expansion size = magnitude(a - b);
    return 0.5 * (a + b + (step.op == Op::max ? size : -size));
  }
  return inputs_of(step.op) == 1 ? apply(step.op, a, step.index) : apply(step.op, a, b, step.depends_b);
}

std::optional<HyperDual<2>> KinkedPoint::curvature(const Expansion& f) const {
  for (std::size_t k = 2; k < Expansion::kDirections; ++k)
    if (f.gradient[k] != 0) return {};
  const std::optional<Form> form = form_of(f);
  if (!form) return {};
  HyperDual<2> result = as_form(*form);
  result.gradient = {f.gradient[0], f.gradient[1]};
  return result;
}

bool same_slope(double a, double b) {
  return std::abs(a - b) <= kSameSlope * std::max(1.0, std::abs(a));
}

}  // namespace

HyperDual<2> Program::expand(double x, double y) const {
  HyperDual<2> f = evaluate(HyperDual<2>::variable(x, 0), HyperDual<2>::variable(y, 1));
  bool curved = true;
  for (const double partial : f.hessian) curved = curved && !std::isnan(partial);
  if (curved || !std::isfinite(f.value + f.gradient[0] + f.gradient[1])) return f;
  KinkedPoint point;
  std::vector<Expansion> r(registers_);
  r[kX] = Expansion::variable(x, 0);
  r[kY] = Expansion::variable(y, 1);
  for (const Number& number : numbers_) r[number.to] = Expansion(number.value);
  for (const Instruction& step : instructions_) r[step.to] = point.apply_at(step, r[step.a], r[step.b]);
  const std::optional<HyperDual<2>> found = point.curvature(r[result_]);
  if (found && same_slope(found->gradient[0], f.gradient[0]) && same_slope(found->gradient[1], f.gradient[1]))
    f.hessian = found->hessian;
  return f;
}

}  // namespace descent::autodiff
