// SPDX-License-Identifier: MIT
// Expression: a typed formula f(x, y) as a graph. Grammar, the tightest first:
//   numbers (2, .5, 1e-3), pi (π), e, the variables x and y, any other name = a parameter; f(…), parentheses, |a|
//   a^b (also a**b and superscript digits, x²)    right associative: 2^3^2 = 2^9, 2^-x is allowed
//   -a, +a                                        weaker than ^: -x^2 = -(x²)
//   sin a, sin² a                                 the argument without parentheses: a product without signs
//   a * b (·, ×), a / b, 2x, x(y + 1)             left associative, with and without a sign: 1/2x = (1/2)·x
//   a + b, a - b (−)                              left associative
// In front f(x, y) = or z = may stand. Functions: sin cos tan asin acos atan atan2(y, x) sinh cosh tanh exp log (ln)
// log2 log10 sqrt (√) abs min max (two or more) sigmoid relu gaussian(u) = exp(-u²), pow(a, b), hypot cot sec csc, and
// their names in programs and LaTeX (names.cpp). What else is read, and how: x1 and x2 (coordinate_names.h),
// sin2x and 2xy (glued_words.h), LaTeX (latex.h), look-alike characters (characters.h). Wherever a formula is not
// taken as it stands its reading shows what it was taken for, and notes say what might surprise.
// Outside a function's domain the value is NaN, and NaN in a part is NaN of the whole. Where a function has a kink its
// slope is the one stated in functions.h. The graph holds equal subexpressions once and numbers folded. Parsing neither
// recurses nor throws and is bounded by the limits below.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace descent::autodiff {

inline constexpr std::size_t kMaxExpressionLength = 4096;  // bytes
inline constexpr std::size_t kMaxExpressionNodes = 1024;   // after sharing
inline constexpr std::size_t kMaxExpressionDepth = 200;    // open parentheses, signs and operators waiting
inline constexpr std::size_t kMaxExpressionParameters = 16;
inline constexpr std::size_t kMaxParameterName = 32;
inline constexpr int kMaxWholePower = 1000;  // larger whole exponents are powers like any other

enum class Op : std::uint8_t {
  constant,
  variable,
  parameter,
  negate,
  whole_power,  // aⁿ, n = index
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  exp,
  log,
  log2,
  log10,
  sqrt,
  abs,
  sigmoid,
  relu,
  gaussian,
  add,
  subtract,
  multiply,
  divide,
  power,
  atan2,
  min,
  max,
};

[[nodiscard]] std::string_view name_of(Op op);  // "add", "sin", …
[[nodiscard]] int inputs_of(Op op);             // 0, 1 or 2

struct ExpressionNode {
  Op op = Op::constant;
  std::int32_t a = -1;  // inputs: earlier nodes
  std::int32_t b = -1;
  std::int32_t index = 0;   // variable: 0 = x, 1 = y; parameter: which; whole_power: the exponent
  double number = 0;        // constant: its value
  std::uint32_t begin = 0;  // where it (first) stands in the text: bytes [begin, end)
  std::uint32_t end = 0;
};

// dependences() are, per node, the coordinates that it is made of: 1 = x, 2 = y, 3 = both.
[[nodiscard]] std::vector<std::uint8_t> dependences(std::span<const ExpressionNode> nodes);

class Expression {
 public:
  // A refusal is a sentence that begins with the column ("column 7: ')' expected …"), which is in the error as a number
  // too.
  [[nodiscard]] static core::Result<Expression> parse(std::string_view text);
  // parse_count() says how often parse() was called since the program began, on all threads: tests count by it that
  // nobody parses again what has been parsed.
  [[nodiscard]] static std::uint64_t parse_count();

  [[nodiscard]] const std::string& text() const { return text_; }
  // Every node comes after its inputs; the last one is f.
  [[nodiscard]] std::span<const ExpressionNode> nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<std::string>& parameters() const { return parameters_; }  // in order of appearance
  // The formula with every sign, as it was understood: "2·x·y" for "2xy". It is a formula itself, the same one.
  [[nodiscard]] const std::string& reading() const { return reading_; }
  // reads_otherwise() says whether something in it was not taken as it stands: a product without a sign, x1 for x,
  // LaTeX, …
  [[nodiscard]] bool reads_otherwise() const { return reads_otherwise_; }
  // Sentences, without a full stop, about what was read in one of several ways, or is legal and probably not meant:
  // "xc is read as one parameter; …".
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] std::string_view text_of(std::size_t node) const;

 private:
  friend class ExpressionParser;
  Expression() = default;

  std::string text_;
  std::string reading_;
  bool reads_otherwise_ = false;
  std::vector<ExpressionNode> nodes_;
  std::vector<std::string> parameters_;
  std::vector<std::string> notes_;
};

}  // namespace descent::autodiff
