// SPDX-License-Identifier: MIT
#include "engine/inspect/matrices/spectrum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "engine/core/fill.h"
#include "engine/inspect/matrices/svd.h"

namespace descent::inspect {
namespace {

WeightMatrix read(const nn::Network<float>& network, const nn::ParameterInfo& info) {
  std::vector<float> torch(static_cast<std::size_t>(info.size));
  network.export_parameter(info, network.parameters(), torch);
  const std::int64_t rows = info.shape.front();
  return {info, static_cast<int>(rows), static_cast<int>(info.size / rows), {torch.begin(), torch.end()}};
}

}  // namespace

core::Result<WeightMatrix> weight_matrix(const nn::Network<float>& network, std::string_view parameter) {
  std::string names;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.shape.size() < 2) continue;
    if (info.name == parameter) return read(network, info);
    names += (names.empty() ? "" : ", ") + info.name;
  }
  return core::Error{core::fill("there is no weight matrix \"{}\"; this network has {}", parameter, names)};
}

core::Result<std::vector<Spectrum>> spectrum(const nn::Network<float>& network, std::string_view parameter) {
  std::vector<Spectrum> result;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (parameter.empty() ? info.shape.size() < 2 : info.name != parameter) continue;
    const core::Result<WeightMatrix> matrix = weight_matrix(network, info.name);
    if (!matrix.ok()) return matrix.error();
    result.push_back(summary(*matrix, singular_values(matrix->values, matrix->rows, matrix->columns)));
  }
  if (result.empty() && !parameter.empty()) return weight_matrix(network, parameter).error();
  return result;
}

Spectrum summary(const WeightMatrix& matrix, std::vector<double> singular_values) {
  const double largest = singular_values.front(), smallest = singular_values.back();
  Spectrum result{.parameter = matrix.info.name,
                  .rows = matrix.rows,
                  .columns = matrix.columns,
                  .singular_values = std::move(singular_values),
                  .spectral = largest,
                  .condition = smallest == 0 ? std::numeric_limits<double>::infinity() : largest / smallest};
  if (largest == 0) return result;
  // Relative to the largest, so that no square leaves the range.
  double sum = 0, squares = 0, entropy = 0;
  for (const double sigma : result.singular_values) {
    sum += sigma / largest;
    squares += sigma / largest * (sigma / largest);
  }
  for (const double sigma : result.singular_values) {
    const double share = sigma / largest / sum;
    if (share != 0) entropy -= share * std::log(share);
  }
  result.effective_rank = std::exp(entropy);
  result.frobenius = largest * std::sqrt(squares);
  return result;
}

MarchenkoPastur::MarchenkoPastur(int rows, int columns, double weight_variance)
    : smaller(std::min(rows, columns)), variance(weight_variance) {
  const double deviation = std::sqrt(variance), m = std::sqrt(smaller), n = std::sqrt(std::max(rows, columns));
  lower = deviation * (n - m);
  upper = deviation * (n + m);
}

double MarchenkoPastur::density(double sigma) const {
  if (!(sigma >= lower && sigma < upper)) return 0;
  // A square matrix reaches down to 0, where the density does not vanish.
  const double below = lower == 0 ? 0 : lower / sigma;
  return std::sqrt((upper * upper - sigma * sigma) * (1 - below * below)) / (std::numbers::pi * variance * smaller);
}

}  // namespace descent::inspect
