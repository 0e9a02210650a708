// SPDX-License-Identifier: MIT
// Program: an expression with its parameters' values put in, as a flat list of instructions on registers. Operations on
// numbers are done beforehand, equal parts are computed once, registers are used again when their value is no longer
// needed. Evaluation is const, thread-safe and allocates nothing (but see expand).
//
// evaluate_many runs each instruction over a block of points before the next (structure of arrays, forward mode, each
// partial derivative only where the instruction depends on that coordinate), so the cost of reading the program is
// shared by the block. evaluate<S> runs it once on a scalar: double, Dual<2> or HyperDual<2>. Finite results are equal
// bit for bit (up to the sign of zero) whichever way they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/autodiff/dual.h"
#include "engine/autodiff/expression.h"
#include "engine/autodiff/hyper_dual.h"

namespace descent::autodiff {

class Program {
 public:
  // parameters: (expression.parameters().size()).
  Program(const Expression& expression, std::span<const double> parameters);

  // S: double, Dual<2> or HyperDual<2>.
  template <class S>
  [[nodiscard]] S evaluate(const S& x, const S& y) const;

  // f, ∇f and ∇²f at a point. Where the rules know no second derivatives, at a kink, they are looked for in an
  // expansion that keeps what has the kink as a variable of its own (program_kinks.cpp, the only evaluation that
  // allocates): there the Hessian is that of f, or NaN where f has none or a kink's slope is a choice.
  [[nodiscard]] HyperDual<2> expand(double x, double y) const;

  // f and, unless fx and fy are empty, ∇f at the points (x[i], y[i]). All arrays: (n). Where f is NaN so is ∇f.
  void evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f, std::span<double> fx,
                     std::span<double> fy) const;

  [[nodiscard]] std::size_t instruction_count() const { return instructions_.size(); }
  [[nodiscard]] std::size_t register_count() const { return registers_; }

  // One step: register `to` becomes op(a, b).
  struct Instruction {
    Op op = Op::constant;
    std::uint8_t depends = 0;    // of the result: 1 = on x, 2 = on y
    std::uint8_t depends_a = 0;  // of the inputs
    std::uint8_t depends_b = 0;
    std::uint16_t to = 0;
    std::uint16_t a = 0;
    std::uint16_t b = 0;
    std::int32_t index = 0;  // exponent of whole_power
  };
  // A register that holds a number throughout.
  struct Number {
    std::uint16_t to = 0;
    double value = 0;
  };
  static constexpr std::uint16_t kX = 0;  // the registers of the coordinates
  static constexpr std::uint16_t kY = 1;

 private:
  struct PointArrays {
    std::span<const double> x, y;
    std::span<double> f, fx, fy;
  };
  void assign_registers(std::span<const ExpressionNode> nodes);
  template <bool kGradient>
  void run_blocks(const PointArrays& points) const;

  std::vector<Number> numbers_;
  std::vector<Instruction> instructions_;
  std::uint16_t result_ = 0;
  std::uint8_t result_depends_ = 0;
  std::size_t registers_ = 2;
};

extern template double Program::evaluate(const double&, const double&) const;
extern template Dual<2> Program::evaluate(const Dual<2>&, const Dual<2>&) const;
extern template HyperDual<2> Program::evaluate(const HyperDual<2>&, const HyperDual<2>&) const;

}  // namespace descent::autodiff
