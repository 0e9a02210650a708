// SPDX-License-Identifier: MIT
// Procedural digits: the built-in data set, so that the page can train without any download. Each digit is one of
// several pen-stroke skeletons, bent by random pen jitter, affine and elastic distortion (after Simard, Steinkraus,
// Platt, "Best practices for convolutional neural networks", ICDAR 2003), drawn with a round pen of random width,
// anti-aliased, and placed as MNIST places its digits (20x20 box, centre of mass in the middle of 28x28). The same seed
// gives the same images on every platform and in any order of asking. Never to be called MNIST.
#pragma once

#include <cstdint>
#include <span>

#include "engine/data/dataset.h"

namespace descent::data {

inline constexpr const char* kProceduralDigits = "procedural digits";

// One image of `digit` (0 … 9), decided by (seed, index) alone. out: (28, 28).
void draw_digit(int digit, std::uint64_t seed, std::uint64_t index, std::span<std::uint8_t> out);

// `count` images, the ten digits in equal numbers and shuffled order; image i is draw_digit(…, seed, first_index + i).
[[nodiscard]] Dataset synthetic_digits(std::int64_t count, std::uint64_t seed, std::uint64_t first_index = 0);

// A training and a test set from different images of one seed. Defaults: 10,000 and 2,000.
[[nodiscard]] DataSplit synthetic_split(std::uint64_t seed, std::int64_t train_count = 10000,
                                        std::int64_t test_count = 2000);

}  // namespace descent::data
