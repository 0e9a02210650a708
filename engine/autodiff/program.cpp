// SPDX-License-Identifier: MIT
// Compiling an expression and running it on one scalar, see program.h. Registers of intermediate values are given by a
// linear scan: the graph is in order, so a value's last use is known when the value is made.
#include "engine/autodiff/program.h"

#include <cmath>
#include <limits>

#include "engine/autodiff/bound_graph.h"
#include "engine/autodiff/operations.h"
#include "engine/autodiff/program_limits.h"
#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

// last_uses() gives, per node, the last node that reads it.
std::vector<std::size_t> last_uses(std::span<const ExpressionNode> nodes) {
  std::vector<std::size_t> last(nodes.size(), 0);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (const std::int32_t input : {nodes[i].a, nodes[i].b})
      if (input >= 0) last[static_cast<std::size_t>(input)] = i;
  last.back() = nodes.size();
  return last;
}

// Uninitialised room for registers: only what the program writes is touched.
template <class S>
class Registers {
 public:
  S* data() { return reinterpret_cast<S*>(bytes_); }

 private:
  alignas(S) std::byte bytes_[sizeof(S) * kMaxRegisters];
};

}  // namespace

Program::Program(const Expression& expression, std::span<const double> parameters) {
  DESCENT_ASSERT(parameters.size() == expression.parameters().size());
  assign_registers(bind(expression, parameters).nodes);
  DESCENT_ASSERT(registers_ <= kMaxRegisters);
}

void Program::assign_registers(std::span<const ExpressionNode> nodes) {
  const std::vector<std::size_t> last = last_uses(nodes);
  std::vector<std::uint16_t> home(nodes.size());
  const std::vector<std::uint8_t> depends = dependences(nodes);
  std::vector<std::uint16_t> free;
  const auto fresh = [&] { return static_cast<std::uint16_t>(registers_++); };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const ExpressionNode& node = nodes[i];
    if (node.op == Op::variable) {
      home[i] = node.index == 0 ? kX : kY;
      continue;
    }
    if (node.op == Op::constant) {
      home[i] = fresh();
      numbers_.push_back({home[i], node.number});
      continue;
    }
    const auto a = static_cast<std::size_t>(node.a);
    const auto b = node.b < 0 ? a : static_cast<std::size_t>(node.b);
    // The result never shares a register with its inputs: a block's derivatives still read them.
    if (free.empty()) {
      home[i] = fresh();
    } else {
      home[i] = free.back();
      free.pop_back();
    }
    instructions_.push_back({node.op, depends[i], depends[a], depends[b], home[i], home[a], home[b], node.index});
    const auto release = [&](std::size_t input) {
      if (last[input] == i && inputs_of(nodes[input].op) > 0) free.push_back(home[input]);
    };
    release(a);
    if (b != a) release(b);
  }
  result_ = home.back();
  result_depends_ = depends.back();
}

template <class S>
S Program::evaluate(const S& x, const S& y) const {
  Registers<S> room;
  S* const r = room.data();
  r[kX] = x;
  r[kY] = y;
  for (const Number& number : numbers_) r[number.to] = S(number.value);
  for (const Instruction& step : instructions_)
    r[step.to] = inputs_of(step.op) == 1 ? apply(step.op, r[step.a], step.index)
                                         : apply(step.op, r[step.a], r[step.b], step.depends_b);
  return r[result_];
}

template double Program::evaluate(const double&, const double&) const;
template Dual<2> Program::evaluate(const Dual<2>&, const Dual<2>&) const;
template HyperDual<2> Program::evaluate(const HyperDual<2>&, const HyperDual<2>&) const;

}  // namespace descent::autodiff
