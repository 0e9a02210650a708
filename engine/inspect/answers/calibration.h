// SPDX-License-Identifier: MIT
// Calibration: whether a network that says 90 % is right in nine cases of ten, and the temperature T of the softmax
// p = softmax(z / T) with which it would be. Reliability diagram, expected calibration error and temperature scaling:
// Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/inspect/answers/answers.h"

namespace descent::inspect {

inline constexpr int kDefaultBins = 15;
inline constexpr int kMostBins = 1000;
inline constexpr double kLowestTemperature = 0.01, kHighestTemperature = 100;

// Images whose largest probability lies in ((i) / bins, (i + 1) / bins]; 0 everywhere where there are none.
struct CalibrationBin {
  double confidence = 0;  // mean largest probability
  double accuracy = 0;    // share of those that are right
  std::int64_t count = 0;
};

struct CalibrationScore {
  double ece = 0;  // expected calibration error: |accuracy − confidence|, weighted by the bins' counts
  double nll = 0;  // mean −log p of the label, nats
};

struct Calibration {
  std::vector<CalibrationBin> bins;
  CalibrationScore all;  // as `bins`: of all images at the temperature asked for
  // The images with an even number choose the temperature, by the least loss; those with an odd number judge it.
  double fitted_temperature = 1;                         // kLowestTemperature … kHighestTemperature
  CalibrationScore judged;                               // of the odd ones, at temperature 1
  CalibrationScore fitted;                               // of the odd ones, at the fitted temperature
  std::vector<CalibrationBin> judged_bins, fitted_bins;  // likewise; empty where nothing is fitted
};

// −log p of the label at temperature T, nats; infinite or NaN where a logit is.
[[nodiscard]] double loss_at(std::span<const float> logits, std::size_t label, double temperature);

// bins: 1 … kMostBins; temperature: kLowestTemperature … kHighestTemperature. With a single image nothing is fitted.
[[nodiscard]] Calibration calibration(const AnswerTable& table, int bins = kDefaultBins, double temperature = 1);

}  // namespace descent::inspect
