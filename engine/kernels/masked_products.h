// SPDX-License-Identifier: MIT
// Sums of products of three numbers, of which two are often 0: what second moments of activations behind a ReLU are
// made of. Where the zeros are is known beforehand, as bits, so that nothing is read for them.
#pragma once

#include <cstdint>
#include <span>

namespace descent::kernels {

inline constexpr int kMaskBits = 32;  // terms that a word of a mask stands for
inline constexpr int kMaxMaskWords = 4;

// to (columns) = Σ_i a_i b_i w_i over the terms i whose bit is set in both masks, bit i % 32 of word i / 32. a, b:
// (kMaskBits * words); w: (kMaskBits * words, columns); nothing is read where a bit is missing. The masks have at most
// kMaxMaskWords words, as many the one as the other. The terms are added in their order, in single precision.
void masked_products(std::span<const std::uint32_t> a_mask, const float* a, std::span<const std::uint32_t> b_mask,
                     const float* b, int columns, const float* w, float* to);

}  // namespace descent::kernels
