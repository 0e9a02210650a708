// SPDX-License-Identifier: MIT
#include "engine/inspect/answers/calibration.h"

#include <algorithm>
#include <cmath>

namespace descent::inspect {
namespace {

constexpr int kMostIterations = 60;
constexpr double kEnough = 1e-12;  // relative, of the inverse temperature

double largest_of(std::span<const float> logits) {
  return static_cast<double>(*std::max_element(logits.begin(), logits.end()));
}

// Images first, first + step, … of the table.
struct Part {
  std::size_t first = 0, step = 1;
};

std::vector<CalibrationBin> bins_of(const AnswerTable& table, Part part, int count, double temperature) {
  std::vector<CalibrationBin> bins(static_cast<std::size_t>(count));
  for (std::size_t i = part.first; i < table.images(); i += part.step) {
    const std::span<const float> logits = table.row(i);
    const auto answer = static_cast<std::size_t>(answer_of(logits));
    const double confidence = std::exp(-loss_at(logits, answer, temperature));
    const double place = std::isfinite(confidence) ? std::ceil(confidence * count) - 1 : 0;
    CalibrationBin& bin = bins[static_cast<std::size_t>(std::clamp(place, 0.0, count - 1.0))];
    bin.confidence += confidence;
    bin.accuracy += answer == table.labels[i] ? 1 : 0;
    ++bin.count;
  }
  for (CalibrationBin& bin : bins) {
    if (bin.count == 0) continue;
    bin.confidence /= static_cast<double>(bin.count);
    bin.accuracy /= static_cast<double>(bin.count);
  }
  return bins;
}

CalibrationScore score_of(const AnswerTable& table, Part part, std::span<const CalibrationBin> bins,
                          double temperature) {
  CalibrationScore score;
  double images = 0;
  for (std::size_t i = part.first; i < table.images(); i += part.step) {
    score.nll += loss_at(table.row(i), table.labels[i], temperature);
    ++images;
  }
  score.nll /= images;
  for (const CalibrationBin& bin : bins)
    score.ece += std::abs(bin.accuracy - bin.confidence) * static_cast<double>(bin.count) / images;
  return score;
}

// First and second derivative of the summed loss with respect to β = 1/T: Σ (E[z] − z of the label) and Σ Var[z], with
// the mean and the variance of the logits under softmax(βz).
struct Slope {
  double first = 0, second = 0;
};

Slope slope_at(const AnswerTable& table, Part part, double beta) {
  Slope slope;
  for (std::size_t i = part.first; i < table.images(); i += part.step) {
    const std::span<const float> logits = table.row(i);
    const double largest = largest_of(logits);
    double sum = 0, mean = 0, square = 0;
    for (const float logit : logits) {
      const double z = static_cast<double>(logit) - largest, weight = std::exp(beta * z);
      sum += weight;
      mean += weight * z;
      square += weight * z * z;
    }
    mean /= sum;
    slope.first += mean - (static_cast<double>(logits[table.labels[i]]) - largest);
    slope.second += square / sum - mean * mean;
  }
  return slope;
}

// The loss is convex in β: its minimum is where the slope changes sign, by Newton's steps, and halves where those would
// leave the interval that is known to hold it.
double fitted_temperature(const AnswerTable& table, Part part) {
  double low = 1 / kHighestTemperature, high = 1 / kLowestTemperature, beta = 1;
  if (slope_at(table, part, low).first >= 0) return 1 / low;
  if (slope_at(table, part, high).first <= 0) return 1 / high;
  for (int i = 0; i < kMostIterations; ++i) {
    const Slope slope = slope_at(table, part, beta);
    (slope.first > 0 ? high : low) = beta;
    double next = beta - slope.first / slope.second;
    if (!(next > low && next < high)) next = std::sqrt(low * high);
    const bool enough = std::abs(next - beta) <= kEnough * beta;
    beta = next;
    if (enough) break;
  }
  return 1 / beta;
}

}  // namespace

double loss_at(std::span<const float> logits, std::size_t label, double temperature) {
  const double largest = largest_of(logits);
  double sum = 0;
  for (const float logit : logits) sum += std::exp((static_cast<double>(logit) - largest) / temperature);
  return std::log(sum) - (static_cast<double>(logits[label]) - largest) / temperature;
}

Calibration calibration(const AnswerTable& table, int bins, double temperature) {
  constexpr Part kAll{0, 1}, kEven{0, 2}, kOdd{1, 2};
  Calibration found{.bins = bins_of(table, kAll, bins, temperature)};
  found.all = score_of(table, kAll, found.bins, temperature);
  if (table.images() < 2) return found;
  found.fitted_temperature = fitted_temperature(table, kEven);
  found.judged_bins = bins_of(table, kOdd, bins, 1);
  found.judged = score_of(table, kOdd, found.judged_bins, 1);
  found.fitted_bins = bins_of(table, kOdd, bins, found.fitted_temperature);
  found.fitted = score_of(table, kOdd, found.fitted_bins, found.fitted_temperature);
  return found;
}

}  // namespace descent::inspect
