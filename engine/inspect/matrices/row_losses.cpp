// SPDX-License-Identifier: MIT
// The exponential's reduction and polynomial are those of expf in the Cephes library (Moshier, 1989): e^x = 2^n e^r
// with n = round(x / ln 2) and ln 2 in two parts.
#include "engine/inspect/matrices/row_losses.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace descent::inspect {
namespace {

constexpr std::size_t kTogether = 32;

// For x <= 0, to a few units in the last place; below −87 as at −87. NaN stays NaN.
inline float exponential(float x) {
  constexpr float kLowest = -87, kLog2E = 1.44269504F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
  constexpr float kRound = 12582912;  // 3 * 2^22: what is added to it is rounded to whole numbers, in its lowest bits
  x = x < kLowest ? kLowest : x;
  const float shifted = x * kLog2E + kRound;
  const float n = shifted - kRound;
  const float r = x - n * kLn2High - n * kLn2Low;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1;
  return p * std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) << 23) + 0x3F800000U);
}

}  // namespace

RowResult row_losses(int classes, int leading, const float* logits, std::span<const std::uint16_t> labels,
                     std::vector<float>& scratch) {
  const auto width = static_cast<std::size_t>(classes);
  const std::size_t size = labels.size() * width;
  if (scratch.size() < size) scratch.resize(size);
  float* values = scratch.data();
  RowResult result;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const float* z = logits + row * static_cast<std::size_t>(leading);
    float largest = z[0];
    for (std::size_t c = 1; c < width; ++c) largest = z[c] > largest ? z[c] : largest;
    for (std::size_t c = 0; c < width; ++c) values[row * width + c] = z[c] - largest;
    const std::size_t label = labels[row];
    result.loss -= static_cast<double>(values[row * width + label]);
    bool first = z[label] == largest;
    for (std::size_t c = 0; first && c < label; ++c) first = z[c] != largest;
    result.correct += first ? 1 : 0;
  }
  for (std::size_t i = 0; i < size; ++i) values[i] = exponential(values[i]);
  // One logarithm for the product of several sums, each of which is 1 at least and 65,536 at most.
  for (std::size_t row = 0; row < labels.size();) {
    double product = 1;
    for (const std::size_t end = std::min(row + kTogether, labels.size()); row < end; ++row) {
      double sum = 0;
      for (std::size_t c = 0; c < width; ++c) sum += static_cast<double>(values[row * width + c]);
      product *= sum;
    }
    result.loss += std::log(product);
  }
  return result;
}

}  // namespace descent::inspect
