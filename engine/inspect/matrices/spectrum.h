// SPDX-License-Identifier: MIT
// Spectrum: the singular values of a layer's weights and what they say; and the law that they follow before training,
// when the weights are independent random numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/network.h"

namespace descent::inspect {

// A weight as a matrix (out, rest): a convolution's is (out, in * kernel * kernel), in torch's order.
struct WeightMatrix {
  nn::ParameterInfo info;
  int rows = 0, columns = 0;
  std::vector<double> values;  // (rows, columns)
};

struct Spectrum {
  std::string parameter;  // "7.weight"
  int rows = 0, columns = 0;
  std::vector<double> singular_values;  // (min(rows, columns)), descending
  // e to the entropy of σ / Σσ: how many directions the matrix spreads over, 0 for zeros. Roy & Vetterli, "The
  // effective rank: a measure of effective dimensionality", EUSIPCO 2007.
  double effective_rank = 0;
  double frobenius = 0;  // √Σσ²
  double spectral = 0;   // the largest
  double condition = 0;  // the largest by the smallest, infinite when that is 0
};

// An error when there is no such parameter, or when it is no matrix (a bias).
[[nodiscard]] core::Result<WeightMatrix> weight_matrix(const nn::Network<float>& network, std::string_view parameter);

// spectrum() decomposes one weight, or all in the order of the layers when `parameter` is empty.
[[nodiscard]] core::Result<std::vector<Spectrum>> spectrum(const nn::Network<float>& network,
                                                           std::string_view parameter = {});

// summary() says what follows from the values alone; everything is NaN when they are.
[[nodiscard]] Spectrum summary(const WeightMatrix& matrix, std::vector<double> singular_values);

// The singular values of a large matrix of independent numbers with mean 0 and one variance v, whatever their
// distribution: Marchenko & Pastur, "Distribution of eigenvalues for some sets of random matrices", Math. USSR Sb. 1,
// 1967. With m = min and n = max of rows and columns, they lie between √v (√n − √m) and √v (√n + √m) with density
//   √((upper² − σ²) (σ² − lower²)) / (π v m σ).
struct MarchenkoPastur {
  int smaller = 1;  // m
  double variance = 1;
  double lower = 0, upper = 0;

  MarchenkoPastur(int rows, int columns, double weight_variance);
  // density() has the integral 1 and is 0 outside the edges.
  [[nodiscard]] double density(double sigma) const;
};

}  // namespace descent::inspect
