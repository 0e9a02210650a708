// SPDX-License-Identifier: MIT
// Posterior: Laplace's approximation of what the training images leave open about a dense last layer's weights, with
// its full covariance. With a prior N(0, 1/precision) on every weight and bias and the network's weights taken for the
// most probable ones, w ~ N(w_network, (H + precision I)⁻¹), H the curvature (curvature.h). MacKay, "A practical
// Bayesian framework for backpropagation networks", Neural Computation 4 (1992), 448–472; for the last layer alone,
// Kristiadi, Hein & Hennig, "Being Bayesian, even just a bit, fixes overconfidence in ReLU networks", ICML 2020.
// That prior is a weight decay: precision / 2 ‖w‖² beside the sum of n losses is precision / (2 n) ‖w‖² beside their
// mean.
// Networks need not be drawn weight by weight: of one image only the logits z = W φ are seen, and as they are linear in
// w, theirs is exactly N(W φ, C) with C = (I ⊗ φ)ᵀ (H + precision I)⁻¹ (I ⊗ φ), (classes, classes). So a thousand
// networks cost a thousand draws of so few numbers; it is the same distribution.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/inspect/posterior/curvature.h"
#include "engine/inspect/posterior/tiled_cholesky.h"
#include "engine/inspect/posterior/votes.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

inline constexpr double kMinPrecision = 1e-6, kMaxPrecision = 1e9;
inline constexpr int kDefaultVotes = 1000, kMaxVotes = 1'000'000;

// The logits of one image over the posterior.
struct LogitDistribution {
  std::vector<double> mean;        // (classes)
  std::vector<double> covariance;  // (classes, classes)
};

// Draws `samples` (1 … kMaxVotes) logits and counts what they say. Some seed gives the same votes on every machine, up
// to the rounding of its exp and log.
[[nodiscard]] Votes draw_votes(const LogitDistribution& logits, int samples, std::uint64_t seed);

class Posterior {
 public:
  // curvature: complete. precision: kMinPrecision … kMaxPrecision, otherwise, or when memory is short, an error.
  [[nodiscard]] static core::Result<Posterior> start(std::shared_ptr<const Curvature> curvature, double precision);

  // The next column of tiles of the factor, some milliseconds of work; false when there is nothing left to do. The same
  // bits for any number of threads.
  bool advance(parallel::ThreadPool& pool);
  // Once advance() has said false: an error where H + precision I is not positive definite, since the weights are not
  // finite, or the precision is too small beside the rounding of H.
  [[nodiscard]] core::Status status() const;

  [[nodiscard]] const Curvature& curvature() const { return *curvature_; }
  [[nodiscard]] const TiledCholesky& factor() const { return factor_; }  // L Lᵀ = H + precision I
  [[nodiscard]] double precision() const { return precision_; }
  // The weight decay of the mean loss that this prior is.
  [[nodiscard]] double weight_decay() const { return precision_ / static_cast<double>(curvature_->images()); }

  // The rest needs a status that is ok. log |H + precision I|:
  [[nodiscard]] double log_determinant() const { return factor_.log_determinant(); }
  // features: φ of an image (LastLayer::features_of).
  [[nodiscard]] LogitDistribution logits(std::span<const double> features) const;
  [[nodiscard]] Votes votes(std::span<const double> features, int samples, std::uint64_t seed) const {
    return draw_votes(logits(features), samples, seed);
  }

 private:
  Posterior(std::shared_ptr<const Curvature> curvature, double precision);
  void fill_rows(int tile);

  std::shared_ptr<const Curvature> curvature_;
  double precision_;
  bool filled_ = false;  // the factor holds H + precision I at least
  TiledCholesky factor_;
};

}  // namespace descent::inspect
