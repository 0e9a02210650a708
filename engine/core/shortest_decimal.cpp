// SPDX-License-Identifier: MIT
// Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020). A double is c × 2^q, and whatever is
// nearer to it than to its neighbours reads back as it. In units of 10^k, with k such that this interval is at least
// one and less than ten units long, the shortest number is a multiple of ten inside it, or else the nearest of the
// units. The powers of ten that this needs, to 128 bits, are computed when a number is written for the first time.
#include "engine/core/shortest_decimal.h"

#include <array>
#include <bit>
#include <cstddef>
#include <vector>

namespace descent::core {
namespace {

constexpr int kLeast = -292, kMost = 324;  // the exponents of the powers of ten that doubles need

struct Product {
  std::uint64_t high, low;
};

Product multiply(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const std::uint64_t low = a0 * b0, cross = a1 * b0 + (low >> 32), other = a0 * b1 + (cross & 0xffffffff);
  return {a1 * b1 + (cross >> 32) + (other >> 32), a * b};
}

// A whole number of 1216 bits, the least significant first: it holds 10^324, and 2^1215 / 10^292 to 245 bits.
using Words = std::array<std::uint32_t, 38>;

// The topmost 128 bits, of which the first is set, and one more where bits below them are cut off.
Product top_bits(const Words& words, bool cut) {
  std::size_t top = words.size() - 1;
  while (words[top] == 0) --top;
  const int shift = std::countl_zero(words[top]);
  std::array<std::uint32_t, 4> parts{};
  const auto word = [&](std::size_t below) { return below <= top ? words[top - below] : 0U; };
  for (std::size_t i = 0; i < parts.size(); ++i)
    parts[i] = static_cast<std::uint32_t>(((std::uint64_t{word(i)} << 32 | word(i + 1)) << shift) >> 32);
  for (std::size_t i = 4; i <= top; ++i) cut = cut || (i == 4 ? word(i) << shift : word(i)) != 0;
  Product bits{std::uint64_t{parts[0]} << 32 | parts[1], std::uint64_t{parts[2]} << 32 | parts[3]};
  bits.low += cut ? 1 : 0;
  bits.high += cut && bits.low == 0 ? 1 : 0;
  return bits;
}

std::vector<Product> make_powers() {
  std::vector<Product> powers(kMost - kLeast + 1);
  Words words{1};
  for (int k = 0; k <= kMost; ++k) {
    powers[static_cast<std::size_t>(k - kLeast)] = top_bits(words, false);
    std::uint64_t carry = 0;
    for (std::uint32_t& word : words) {
      carry += std::uint64_t{word} * 10;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  words = {};
  words.back() = 0x80000000;
  for (int k = -1; k >= kLeast; --k) {
    std::uint64_t rest = 0;
    for (std::size_t i = words.size(); i-- > 0;) {
      rest = rest << 32 | words[i];
      words[i] = static_cast<std::uint32_t>(rest / 10);
      rest %= 10;
    }
    powers[static_cast<std::size_t>(k - kLeast)] = top_bits(words, true);  // no negative power of ten is exact
  }
  return powers;
}

// The product's part above 2^128, with a last bit that says whether anything is below.
std::uint64_t scale(const Product& power, std::uint64_t factor) {
  const Product low = multiply(power.low, factor), high = multiply(power.high, factor);
  const std::uint64_t middle = high.low + low.high;
  return (high.high + (middle < high.low ? 1 : 0)) | (middle > 1 ? 1 : 0);
}

ShortestDecimal without_zeros(std::uint64_t digits, int exponent) {
  for (; digits % 10 == 0; digits /= 10) ++exponent;
  return {digits, exponent};
}

}  // namespace

ShortestDecimal shortest_decimal(double value) {
  static const std::vector<Product> kPowers = make_powers();
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const std::uint64_t fraction = bits & 0xfffffffffffff;
  const int biased = static_cast<int>(bits >> 52);
  const std::uint64_t c = biased > 0 ? fraction | 1ULL << 52 : fraction;
  const int q = (biased > 0 ? biased : 1) - 1075;
  // Below a power of two the doubles are twice as dense.
  const std::uint64_t dense = fraction == 0 && biased > 1 ? 1 : 0;
  const std::uint64_t open = c % 2;  // a number half way between two doubles reads back as the one whose c is even
  // ⌊log10(2^q)⌋, or of ¾ 2^q, and ⌊log2(10^-k)⌋.
  const int k = (q * 1262611 - (dense != 0 ? 524031 : 0)) >> 22;
  const int shift = q + ((-k * 1741647) >> 19) + 1;
  const Product& power = kPowers[static_cast<std::size_t>(-k - kLeast)];
  // In quarters of a unit: the interval's ends and the value.
  const std::uint64_t lower = scale(power, (4 * c - 2 + dense) << shift) + open;
  const std::uint64_t upper = scale(power, (4 * c + 2) << shift) - open;
  const std::uint64_t middle = scale(power, (4 * c) << shift);
  const std::uint64_t unit = middle / 4, ten = unit / 10;
  const auto inside = [&](std::uint64_t number) { return lower <= 4 * number && 4 * number <= upper; };
  if (ten > 0 && inside(10 * ten) != inside(10 * ten + 10))
    return without_zeros(inside(10 * ten) ? ten : ten + 1, k + 1);
  if (inside(unit) != inside(unit + 1)) return without_zeros(inside(unit) ? unit : unit + 1, k);
  const std::uint64_t half = 4 * unit + 2;
  return without_zeros(unit + (middle > half || (middle == half && unit % 2 == 1) ? 1 : 0), k);
}

}  // namespace descent::core
