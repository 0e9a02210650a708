// SPDX-License-Identifier: MIT
// Sharpness: the largest eigenvalue of the Hessian of a network's loss over the first images of a data set, by Lanczos'
// method with full re-orthogonalisation (Golub & Van Loan, "Matrix Computations", 4th edition, 10.1) on exact products.
// Gradient descent with rate η is stable along an eigenvector as long as λ < 2/η; with a positive diagonal P between
// gradient and step, w⁺ = w − η P⁻¹ ∇L, that holds for the eigenvalues of P^-½ H P^-½ (Cohen et al., "Adaptive
// gradient methods at the edge of stability", 2022), which are those of H d = λ P d.
// With ReLUs or max pooling the loss has kinks; the Hessian is that of the smooth piece that the weights lie in.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/inspect/loss/subset_loss.h"
#include "engine/nn/network.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct SharpnessOptions {
  int iterations = 20;      // most products before the last one, which makes the residual; 1 … kMaxIterations
  double tolerance = 1e-3;  // enough when the residual stays below this share of λ
  std::uint64_t seed = 1;   // of the first vector
  std::span<const float> preconditioner;  // (parameters) P, in the order of Network::parameters(); empty: none
  std::span<const float> guess;           // (parameters) an eigenvector of similar weights, to begin with; empty: none
  static constexpr int kMaxIterations = 64;
};

struct SharpnessResult {
  double lambda_max = 0;
  // ‖A y − λ y‖ of the unit vector y found, made by a product of its own: an eigenvalue lies this close to λ. Every
  // λ = yᵀA y is a lower bound of the largest eigenvalue.
  double residual = 0;
  int iterations = 0;  // products before the last one
  std::int64_t images = 0;
  std::vector<float> vector;  // (parameters), of length 1: the direction d in the weights
};

class Sharpness {
 public:
  // The first `images` of the data set, as SubsetLoss::build() wants them. The parameters are copied: the network may
  // go on. An error when P has an element that is not above 0, or memory is short.
  [[nodiscard]] static core::Result<Sharpness> start(const nn::Network<float>& network,
                                                     std::shared_ptr<const data::Dataset> dataset, data::Layout layout,
                                                     std::int64_t images, const SharpnessOptions& options);

  // Some images more, for about so many seconds; false when it is done. Results depend neither on the number of threads
  // nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] double progress() const;  // 0 … 1; jumps to 1 when fewer iterations are enough
  [[nodiscard]] bool done() const { return done_; }
  // The result so far: NaN where a weight or a product is not finite.
  [[nodiscard]] const SharpnessResult& result() const { return result_; }

 private:
  explicit Sharpness(SubsetLoss<float> loss) : loss_(std::move(loss)) {}
  void start_product(std::span<const float> vector);
  void read_product();
  void iterate();
  void finish();
  void find_vector(std::span<const double> parts);

  SubsetLoss<float> loss_;
  std::vector<float> scale_;                       // P^-½; empty: none
  std::vector<core::AlignedVector<float>> basis_;  // orthonormal
  core::AlignedVector<float> product_;             // A times the newest vector
  std::vector<double> diagonal_, beside_;          // of the tridiagonal matrix
  int iterations_ = 0, settled_ = 0;
  double tolerance_ = 0;
  bool last_ = false, done_ = false;  // the last product is being made
  SharpnessResult result_;
};

}  // namespace descent::inspect
