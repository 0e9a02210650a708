// SPDX-License-Identifier: MIT
// The operations of a formula on any scalar (double, Dual, HyperDual), by name: what an expression computes is written
// here once, for folding numbers, for the interpreter and for the tape. NaN in gives NaN out, also where the C library
// thinks otherwise (NaN⁰ = 1 there): a hole in a part is a hole in the whole.
#pragma once

#include <cmath>
#include <limits>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/functions.h"
#include "engine/core/check.h"

namespace descent::autodiff {

constexpr double value_of(double u) {
  return u;
}
template <DualNumber D>
constexpr double value_of(const D& u) {
  return u.value;
}

template <class S>
S power_or_hole(const S& u, const S& v, unsigned moving) {
  if (std::isnan(value_of(u)) || std::isnan(value_of(v))) return S(std::numeric_limits<double>::quiet_NaN());
  if constexpr (DualNumber<S>)
    return pow(u, v, moving);
  else
    return pow(u, v);
}

template <class S>
S whole_power_or_hole(const S& u, int n) {
  if (std::isnan(value_of(u))) return u;
  return pow(u, n);
}

// op(u); n is the exponent of whole_power. Contract: inputs_of(op) == 1.
template <class S>
S apply(Op op, const S& u, int n) {
  switch (op) {
    case Op::negate:
      return -u;
    case Op::whole_power:
      return whole_power_or_hole(u, n);
    case Op::sin:
      return sin(u);
    case Op::cos:
      return cos(u);
    case Op::tan:
      return tan(u);
    case Op::asin:
      return asin(u);
    case Op::acos:
      return acos(u);
    case Op::atan:
      return atan(u);
    case Op::sinh:
      return sinh(u);
    case Op::cosh:
      return cosh(u);
    case Op::tanh:
      return tanh(u);
    case Op::exp:
      return exp(u);
    case Op::log:
      return log(u);
    case Op::log2:
      return log2(u);
    case Op::log10:
      return log10(u);
    case Op::sqrt:
      return sqrt(u);
    case Op::abs:
      return abs(u);
    case Op::sigmoid:
      return sigmoid(u);
    case Op::relu:
      return relu(u);
    default:
      DESCENT_ASSERT(op == Op::gaussian);
      return gaussian(u);
  }
}

// op(u, v). `moving`: bit i is set where v depends on coordinate i, whatever its derivatives are at this point; a power
// of a negative number asks for it. Contract: inputs_of(op) == 2.
template <class S>
S apply(Op op, const S& u, const S& v, unsigned moving) {
  switch (op) {
    case Op::add:
      return u + v;
    case Op::subtract:
      return u - v;
    case Op::multiply:
      return u * v;
    case Op::divide:
      return u / v;
    case Op::power:
      return power_or_hole(u, v, moving);
    case Op::atan2:
      return atan2(u, v);
    case Op::min:
      return min(u, v);
    default:
      DESCENT_ASSERT(op == Op::max);
      return max(u, v);
  }
}

}  // namespace descent::autodiff
