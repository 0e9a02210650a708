// SPDX-License-Identifier: MIT
// A program on a block of points, see program.h. Each register is three arrays: value, ∂/∂x, ∂/∂y. Sums and products
// are plain loops that a compiler turns into SIMD; functions of one argument give value and slope by their rule on
// Dual<1>, and the chain rule multiplies; what looks at its argument's derivatives or takes two arguments runs on
// Dual<2>, point by point.
#include <algorithm>
#include <array>
#include <limits>

#include "engine/autodiff/operations.h"
#include "engine/autodiff/program.h"
#include "engine/autodiff/program_limits.h"
#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

constexpr std::array<double, kBlockPoints> kZeros{};

template <bool kGradient>
class Block {
 public:
  static constexpr std::size_t kArrays = kGradient ? 3 : 1;

  explicit Block(std::size_t registers)
      : width_(std::clamp(kBlockDoubles / (kArrays * registers), std::size_t{2}, kBlockPoints)) {
    DESCENT_ASSERT(kArrays * registers * width_ <= kBlockDoubles);
  }

  [[nodiscard]] std::size_t width() const { return width_; }
  void set_count(std::size_t n) { n_ = n; }
  double* value(std::size_t r) { return memory_ + kArrays * width_ * r; }
  double* slope(std::size_t r, std::size_t axis) { return value(r) + (axis + 1) * width_; }
  void fill(std::size_t r, double number) { std::fill_n(value(r), width_, number); }

  void run(const Program::Instruction& step);

 private:
  using Step = Program::Instruction;

  static bool on_axis(std::uint8_t depends, std::size_t axis) { return (depends >> axis & 1U) != 0; }
  // ∂/∂axis of an input, or nullptr where it does not depend on that coordinate.
  const double* input_slope(std::uint16_t r, std::uint8_t depends, std::size_t axis) {
    return on_axis(depends, axis) ? slope(r, axis) : nullptr;
  }
  // The loop of one array: out[i] = f(i).
  template <class F>
  void each(double* __restrict out, F f) {
    for (std::size_t i = 0; i < n_; ++i) out[i] = f(i);
  }
  void sum(const Step& step, double sign);
  void product(const Step& step);
  void quotient(const Step& step);
  template <class F>
  void function(const Step& step, F f);
  template <class F>
  void pointwise(const Step& step, F f);
  void run_function(const Step& step);

  double memory_[kBlockDoubles];  // uninitialised: a program reads what it has written
  std::size_t width_;
  std::size_t n_ = 0;
};

// a ± b
template <bool kGradient>
void Block<kGradient>::sum(const Step& step, double sign) {
  const double* a = value(step.a);
  const double* b = value(step.b);
  each(value(step.to), [=](std::size_t i) { return a[i] + sign * b[i]; });
  if constexpr (kGradient) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const double* da = input_slope(step.a, step.depends_a, axis);
      const double* db = input_slope(step.b, step.depends_b, axis);
      double* d = slope(step.to, axis);
      if (da != nullptr && db != nullptr)
        each(d, [=](std::size_t i) { return da[i] + sign * db[i]; });
      else if (da != nullptr)
        std::copy_n(da, n_, d);
      else if (db != nullptr)
        each(d, [=](std::size_t i) { return sign * db[i]; });
    }
  }
}

template <bool kGradient>
void Block<kGradient>::product(const Step& step) {
  const double* a = value(step.a);
  const double* b = value(step.b);
  each(value(step.to), [=](std::size_t i) { return a[i] * b[i]; });
  if constexpr (kGradient) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const double* da = input_slope(step.a, step.depends_a, axis);
      const double* db = input_slope(step.b, step.depends_b, axis);
      double* d = slope(step.to, axis);
      if (da != nullptr && db != nullptr)
        each(d, [=](std::size_t i) { return da[i] * b[i] + a[i] * db[i]; });
      else if (da != nullptr)
        each(d, [=](std::size_t i) { return da[i] * b[i]; });
      else if (db != nullptr)
        each(d, [=](std::size_t i) { return a[i] * db[i]; });
    }
  }
}

// q = a / b:  q' = (a' − q b') / b
template <bool kGradient>
void Block<kGradient>::quotient(const Step& step) {
  const double* a = value(step.a);
  const double* b = value(step.b);
  double* q = value(step.to);
  each(q, [=](std::size_t i) { return a[i] / b[i]; });
  if constexpr (kGradient) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const double* da = input_slope(step.a, step.depends_a, axis);
      const double* db = input_slope(step.b, step.depends_b, axis);
      double* d = slope(step.to, axis);
      if (da != nullptr && db != nullptr)
        each(d, [=](std::size_t i) { return (da[i] - q[i] * db[i]) / b[i]; });
      else if (da != nullptr)
        each(d, [=](std::size_t i) { return da[i] / b[i]; });
      else if (db != nullptr)
        each(d, [=](std::size_t i) { return (0 - q[i] * db[i]) / b[i]; });
    }
  }
}

// f: a function of one argument on double and on Dual<1>.
template <bool kGradient>
template <class F>
void Block<kGradient>::function(const Step& step, F f) {
  const double* a = value(step.a);
  double* g = value(step.to);
  if constexpr (!kGradient) {
    each(g, [=](std::size_t i) { return f(a[i]); });
  } else {
    std::array<double, kBlockPoints> g1;
    for (std::size_t i = 0; i < n_; ++i) {
      const Dual<1> result = f(Dual<1>::variable(a[i], 0));
      g[i] = result.value;
      g1[i] = result.gradient[0];
    }
    for (std::size_t axis = 0; axis < 2; ++axis)
      if (const double* da = input_slope(step.a, step.depends_a, axis); da != nullptr)
        each(slope(step.to, axis), [&](std::size_t i) { return g1[i] * da[i]; });
  }
}

// f: of one or two arguments (the second is the first then) on double and on Dual<2>.
template <bool kGradient>
template <class F>
void Block<kGradient>::pointwise(const Step& step, F f) {
  const double* a = value(step.a);
  const double* b = value(step.b);
  double* g = value(step.to);
  if constexpr (!kGradient) {
    each(g, [=](std::size_t i) { return f(a[i], b[i]); });
  } else {
    std::array<const double*, 4> d{input_slope(step.a, step.depends_a, 0), input_slope(step.a, step.depends_a, 1),
                                   input_slope(step.b, step.depends_b, 0), input_slope(step.b, step.depends_b, 1)};
    for (const double*& array : d)
      if (array == nullptr) array = kZeros.data();
    for (std::size_t i = 0; i < n_; ++i) {
      Dual<2> u(a[i]);
      Dual<2> v(b[i]);
      u.gradient = {d[0][i], d[1][i]};
      v.gradient = {d[2][i], d[3][i]};
      const Dual<2> result = f(u, v);
      g[i] = result.value;
      slope(step.to, 0)[i] = result.gradient[0];
      slope(step.to, 1)[i] = result.gradient[1];
    }
  }
}

template <bool kGradient>
void Block<kGradient>::run(const Step& step) {
  switch (step.op) {
    case Op::add:
      return sum(step, 1);
    case Op::subtract:
      return sum(step, -1);
    case Op::multiply:
      return product(step);
    case Op::divide:
      return quotient(step);
    case Op::power:
    case Op::atan2:
    case Op::min:
    case Op::max:
      return pointwise(step, [op = step.op, moving = step.depends_b](const auto& u, const auto& v) {
        return apply(op, u, v, moving);
      });
    case Op::sqrt:
      return pointwise(step, [](const auto& u, const auto&) { return sqrt(u); });
    case Op::relu:
      return pointwise(step, [](const auto& u, const auto&) { return relu(u); });
    case Op::whole_power:
      if (step.index == 2) return function(step, [](const auto& u) { return square(u); });
      return function(step, [n = step.index](const auto& u) { return whole_power_or_hole(u, n); });
    default:
      return run_function(step);
  }
}

template <bool kGradient>
void Block<kGradient>::run_function(const Step& step) {
  switch (step.op) {
    case Op::negate:
      return function(step, [](const auto& u) { return -u; });
    case Op::sin:
      return function(step, [](const auto& u) { return sin(u); });
    case Op::cos:
      return function(step, [](const auto& u) { return cos(u); });
    case Op::exp:
      return function(step, [](const auto& u) { return exp(u); });
    case Op::log:
      return function(step, [](const auto& u) { return log(u); });
    default:
      return function(step, [op = step.op](const auto& u) { return apply(op, u, 0); });
  }
}

}  // namespace

template <bool kGradient>
void Program::run_blocks(const PointArrays& points) const {
  Block<kGradient> block(registers_);
  for (const Number& number : numbers_) block.fill(number.to, number.value);
  if constexpr (kGradient) {
    std::fill_n(block.slope(kX, 0), block.width(), 1.0);
    std::fill_n(block.slope(kY, 1), block.width(), 1.0);
  }
  const std::size_t total = points.x.size();
  for (std::size_t begin = 0; begin < total; begin += block.width()) {
    const std::size_t n = std::min(block.width(), total - begin);
    block.set_count(n);
    std::copy_n(points.x.data() + begin, n, block.value(kX));
    std::copy_n(points.y.data() + begin, n, block.value(kY));
    for (const Instruction& step : instructions_) block.run(step);
    const double* f = block.value(result_);
    std::copy_n(f, n, points.f.data() + begin);
    if constexpr (kGradient) {
      for (std::size_t axis = 0; axis < 2; ++axis) {
        const bool there = (result_depends_ >> axis & 1U) != 0;
        const double* slope = there ? block.slope(result_, axis) : kZeros.data();
        double* out = (axis == 0 ? points.fx : points.fy).data() + begin;
        for (std::size_t i = 0; i < n; ++i) out[i] = f[i] == f[i] ? slope[i] : f[i];
      }
    }
  }
}

void Program::evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f,
                            std::span<double> fx, std::span<double> fy) const {
  DESCENT_ASSERT(y.size() == x.size() && f.size() == x.size() && fx.size() == fy.size());
  DESCENT_ASSERT(fx.empty() || fx.size() == x.size());
  if (x.empty()) return;
  const PointArrays points{x, y, f, fx, fy};
  fx.empty() ? run_blocks<false>(points) : run_blocks<true>(points);
}

}  // namespace descent::autodiff
