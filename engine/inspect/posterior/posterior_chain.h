// SPDX-License-Identifier: MIT
// PosteriorChain: draws last layers from the posterior itself, as a check of its approximation (posterior.h). Of
//   U(w) = Σ_i cross-entropy of image i + precision / 2 ‖w‖²,
// the exact −log density up to a constant, over all images of the curvature, it takes steps of the Metropolis-adjusted
// Langevin algorithm (Roberts & Tweedie, Bernoulli 2, 1996), in coordinates u in which Laplace's approximation is
// N(0, I): w = w_network + L⁻ᵀ u, L Lᵀ = H + precision I. A step proposes  u' = u − η ∇U + √(2η) ξ  and accepts it
// with probability min(1, exp(U(u) − U(u') + ‖ξ‖²/2 − ‖u − u' + η ∇U(u')‖²/(4η))).
// The features are computed once and kept; a step is a logistic regression's. Losses and gradients of kChunk images are
// summed in single precision, these sums in double.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/result.h"
#include "engine/core/rng.h"
#include "engine/inspect/posterior/posterior.h"
#include "engine/inspect/posterior/votes.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct ChainSettings {
  int samples = kDefaultVotes;  // 1 … kMaxVotes
  int burn_in = 200;            // steps before the first sample, in which η is adapted to an acceptance of 0.574
  int steps = 5;                // from one sample to the next
  std::uint64_t seed = 1;
};

class PosteriorChain {
 public:
  // Features of more bytes are not kept.
  static constexpr std::uint64_t kFeatureBytes = 64'000'000;
  static constexpr int kChunk = 256;

  // posterior: its status is ok. features: φ of the image to vote on. The chain starts from the network's weights. An
  // error when the images' features take too much memory.
  [[nodiscard]] static core::Result<PosteriorChain> start(std::shared_ptr<const Posterior> posterior,
                                                          std::span<const double> features,
                                                          const ChainSettings& settings);

  // Goes on for about so many seconds; false when all samples are drawn. Results depend neither on the number of
  // threads nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] double progress() const;
  [[nodiscard]] double learning_rate() const { return rate_; }  // η
  // Share of the proposals taken since the burn-in; NaN before the first.
  [[nodiscard]] double acceptance() const;
  // The samples so far, of which there must be some. Those of a chain depend on each other: it takes more of them.
  [[nodiscard]] Votes votes() const { return count_.votes(); }

 private:
  struct Point {
    std::vector<double> u, w;      // (weights)
    double energy = 0;             // U
    std::vector<double> gradient;  // (weights) of U by u
  };
  struct Worker {
    LastLayer::Memory memory;
    std::vector<float> images;
    core::AlignedVector<float> logits;
  };
  // A chunk of images adds this.
  struct Part {
    double loss = 0;
    core::AlignedVector<float> gradient;  // (features, columns_)
  };

  PosteriorChain(std::shared_ptr<const Posterior> posterior, std::span<const double> features,
                 const ChainSettings& settings);
  [[nodiscard]] int chunks() const;
  void read_chunk(int chunk, Worker& worker);
  void evaluate_chunk(int chunk, Worker& worker);
  void evaluate(Point& point, parallel::ThreadPool& pool);  // all else from u
  void step(parallel::ThreadPool& pool);

  std::shared_ptr<const Posterior> posterior_;
  std::vector<double> shown_;  // φ of the image to vote on
  ChainSettings settings_;
  core::Rng rng_;
  double rate_;
  int columns_;            // the classes, up to whole vectors: those left over take as long as one
  std::int64_t read_ = 0;  // images whose features are there
  std::int64_t step_ = 0, accepted_ = 0;
  std::vector<double> network_;          // (weights)
  core::AlignedVector<float> features_;  // (images, inputs)
  core::AlignedVector<float> matrix_;    // (features, columns_) of the point that is evaluated
  std::vector<Part> parts_;              // (chunks)
  std::vector<Worker> workers_;
  Point at_, proposal_;
  std::vector<double> noise_;  // ξ
  VoteCount count_;
};

}  // namespace descent::inspect
