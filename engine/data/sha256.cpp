// SPDX-License-Identifier: MIT
// SHA-256 as FIPS 180-4 writes it: sections 4.1.2 (functions), 5.1.1 (padding), 6.2 (compression). The constants are
// its definition: the first 32 bits of the fractional parts of the square roots (initial state) and cube roots (K) of
// the first primes. They are derived here with integer arithmetic instead of being listed.
#include "engine/data/sha256.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace descent::data {

namespace {

using State = std::array<std::uint32_t, 8>;
using Block = std::span<const std::uint8_t, 64>;

constexpr std::array<std::uint64_t, 64> first_primes() {
  std::array<std::uint64_t, 64> primes{};
  std::size_t found = 0;
  for (std::uint64_t n = 2; found < primes.size(); ++n) {
    bool prime = true;
    for (std::size_t i = 0; i < found; ++i) prime = prime && n % primes[i] != 0;
    if (prime) primes[found++] = n;
  }
  return primes;
}

// 32 fractional bits of the `Degree`-th root of a prime p: the largest r with r^Degree <= p * 2^(32 Degree), its low
// half. r < 2^40 (p < 2^9, so the root is below 2^5 for squares and 2^3 for cubes); the power needs 128 bits, which are
// kept as four 32-bit digits.
struct Wide {
  std::array<std::uint32_t, 4> digits{};  // least significant first

  friend constexpr bool operator<=(const Wide& a, const Wide& b) {
    for (std::size_t i = 4; i-- > 0;) {
      if (a.digits[i] != b.digits[i]) return a.digits[i] < b.digits[i];
    }
    return true;
  }
};

constexpr Wide times(const Wide& a, std::uint64_t b) {  // b < 2^37, the product below 2^128
  Wide product;
  const std::array<std::uint64_t, 2> factor{b & 0xFFFFFFFFU, b >> 32};
  for (std::size_t j = 0; j < 2; ++j) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i + j < 4; ++i) {
      const std::uint64_t sum = product.digits[i + j] + a.digits[i] * factor[j] + carry;
      product.digits[i + j] = static_cast<std::uint32_t>(sum);
      carry = sum >> 32;
    }
  }
  return product;
}

constexpr std::uint32_t root_fraction(std::uint64_t prime, int degree) {
  Wide target;
  target.digits[static_cast<std::size_t>(degree)] = static_cast<std::uint32_t>(prime);
  std::uint64_t root = 0;
  for (int bit = 36; bit >= 0; --bit) {
    const std::uint64_t candidate = root | std::uint64_t{1} << bit;
    Wide power{{1, 0, 0, 0}};
    for (int i = 0; i < degree; ++i) power = times(power, candidate);
    if (power <= target) root = candidate;
  }
  return static_cast<std::uint32_t>(root);
}

constexpr State kInitialState = [] {
  State state{};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] = root_fraction(first_primes()[i], 2);
  return state;
}();

constexpr std::array<std::uint32_t, 64> kRound = [] {
  const std::array<std::uint64_t, 64> primes = first_primes();
  std::array<std::uint32_t, 64> round{};
  for (std::size_t i = 0; i < round.size(); ++i) round[i] = root_fraction(primes[i], 3);
  return round;
}();

void compress(State& state, Block block) {
  std::array<std::uint32_t, 64> w;
  for (std::size_t t = 0; t < 16; ++t) {
    w[t] = 0;
    for (std::size_t byte = 0; byte < 4; ++byte) w[t] = w[t] << 8 | block[4 * t + byte];
  }
  for (std::size_t t = 16; t < 64; ++t) {
    const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
    const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t t = 0; t < 64; ++t) {
    const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + kRound[t] + w[t];
    const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const State working{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += working[i];
}

}  // namespace

Sha256::Sha256() : state_(kInitialState) {}

void Sha256::add(std::span<const std::uint8_t> bytes) {
  const auto begun = static_cast<std::size_t>(size_ % 64);
  size_ += bytes.size();
  if (begun > 0) {
    const std::size_t more = std::min(bytes.size(), 64 - begun);
    std::copy_n(bytes.begin(), more, rest_.begin() + static_cast<std::ptrdiff_t>(begun));
    if (begun + more < 64) return;
    compress(state_, rest_);
    bytes = bytes.subspan(more);
  }
  for (; bytes.size() >= 64; bytes = bytes.subspan(64)) compress(state_, bytes.first<64>());
  std::copy(bytes.begin(), bytes.end(), rest_.begin());
}

std::string Sha256::hex() const {
  // The rest, a one bit, zeros, and the length in bits as the last eight bytes of a block.
  State state = state_;
  std::array<std::uint8_t, 128> tail{};
  const auto rest = static_cast<std::size_t>(size_ % 64);
  std::copy_n(rest_.begin(), rest, tail.begin());
  tail[rest] = 0x80;
  const std::size_t tail_size = rest + 9 <= 64 ? 64 : 128;
  for (std::size_t i = 0; i < 8; ++i) tail[tail_size - 1 - i] = static_cast<std::uint8_t>(8 * size_ >> 8 * i);
  for (std::size_t at = 0; at < tail_size; at += 64) compress(state, std::span(tail).subspan(at).first<64>());

  constexpr const char* kDigits = "0123456789abcdef";
  std::string hex;
  for (const std::uint32_t word : state)
    for (int shift = 28; shift >= 0; shift -= 4) hex += kDigits[word >> shift & 15];
  return hex;
}

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace descent::data
