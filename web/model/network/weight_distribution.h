// SPDX-License-Identifier: MIT
// Counts how often which value is among the elements of a matrix, beside the law that its first values were drawn from.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/initialization.h"

namespace descent::web {

// A curve to be drawn: x ascending, with steps where an x comes twice.
struct DensityCurve {
  std::vector<double> x, y;
};

struct WeightFigures {
  double mean = 0, deviation = 0;
  double largest = 0;  // absolute value
};
// weight_figures() are those of the finite values; everything is 0 when there are none.
[[nodiscard]] WeightFigures weight_figures(std::span<const float> values);

// reach_of() says how far a picture of both reaches to either side of 0.
[[nodiscard]] double reach_of(const WeightFigures& figures, const nn::WeightLaw& law);
// The outline of a histogram with equal bins from −reach to reach, which holds all finite values; its area is 1.
[[nodiscard]] DensityCurve histogram(std::span<const float> values, double reach, int bins);
// The law's density over the same range.
[[nodiscard]] DensityCurve law_curve(const nn::WeightLaw& law, double reach);

// "Glorot uniform"
[[nodiscard]] std::string_view scheme_title(nn::InitializationScheme scheme);
// law_words() gives the law's formula with the numbers filled in, of a weight matrix: "normal, standard deviation √(2 /
// fan-in) = √(2 / 9) = 0.4714."
[[nodiscard]] std::string law_words(const nn::Initialization& how);

}  // namespace descent::web
