// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/vectors.h"

#include <cstddef>

#include "engine/core/check.h"

namespace descent::inspect {

namespace {

// Σ term(i) for i < size: eight sums at once, so that vectors can be used.
template <class Term>
double sum_of(std::size_t size, const Term& term) {
  constexpr std::size_t kSums = 8;
  double sums[kSums] = {}, total = 0;
  std::size_t i = 0;
  for (; i + kSums <= size; i += kSums)
    for (std::size_t j = 0; j < kSums; ++j) sums[j] += term(i + j);
  for (; i < size; ++i) total += term(i);
  for (const double sum : sums) total += sum;
  return total;
}

}  // namespace

double dot(std::span<const float> a, std::span<const float> b) {
  DESCENT_ASSERT(a.size() == b.size());
  return sum_of(a.size(), [&](std::size_t i) { return static_cast<double>(a[i]) * static_cast<double>(b[i]); });
}

double dot_from(std::span<const float> origin, std::span<const float> a, std::span<const float> b) {
  DESCENT_ASSERT(a.size() == origin.size() && b.size() == origin.size());
  return sum_of(origin.size(), [&](std::size_t i) {
    const double from = static_cast<double>(origin[i]);
    return (static_cast<double>(a[i]) - from) * (static_cast<double>(b[i]) - from);
  });
}

void add_scaled(double scale, std::span<const float> x, std::span<float> y) {
  DESCENT_ASSERT(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = static_cast<float>(static_cast<double>(y[i]) + scale * static_cast<double>(x[i]));
}

void scale_by(double scale, std::span<float> x) {
  for (float& value : x) value = static_cast<float>(scale * static_cast<double>(value));
}

}  // namespace descent::inspect
