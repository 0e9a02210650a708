// SPDX-License-Identifier: MIT
// Product: z = W x + b of a dense layer for one image as sums of vectors: of W's columns, each as often as its input
// says, and of W's sheets σ_k u_k v_kᵀ, each of which takes one direction of x and answers in one direction of z.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/inspect/matrices/truncation.h"
#include "engine/nn/network.h"

namespace descent::inspect {

// factor · (a vector of that length).
struct SumTerm {
  std::int64_t index = 0;  // of the column, in torch's order, or of the singular value
  double factor = 0;       // x_j, or v_kᵀ x
  double length = 0;       // ‖column j‖, or σ_k
};

// W x as a sum, its terms in the order in which they are added.
struct VectorSum {
  static constexpr std::size_t kNamed = 6;
  std::vector<SumTerm> terms;   // the first ones
  std::vector<double> vectors;  // (terms, rows): what each adds
  // (all terms + 1): ‖W x − the sum of the first n terms‖ by ‖W x‖, which is 1 for n = 0.
  std::vector<double> gaps;
};

struct Product {
  std::vector<float> input;      // (columns) x in torch's order
  std::vector<float> bias;       // (rows)
  std::vector<float> output;     // (rows) z
  std::vector<double> weighted;  // (rows) W x, in double
  VectorSum columns;             // the largest |factor| · length first; inputs of 0 add nothing and are left out
  VectorSum sheets;              // the largest singular value first
  std::vector<float> left;       // (sheets.terms, rows) u_k
  std::vector<float> right;      // (sheets.terms, columns) v_k
};

// trace: an image's way through the network with the same parameters as `factors` was made of. Nothing when that is
// about a convolution, whose W has as many x as places.
[[nodiscard]] std::optional<Product> product(const nn::Network<float>& network, const nn::Trace<float>& trace,
                                             const Truncation& factors);

}  // namespace descent::inspect
