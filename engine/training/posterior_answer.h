// SPDX-License-Identifier: MIT
// The question to the trainer how sure the network is of one image, and its answer: networks are drawn and vote on it
// (engine/inspect/posterior).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/inspect/posterior/posterior.h"

namespace descent::training {

// How the networks are drawn: from Laplace's approximation of the last layer's posterior, by a Langevin chain from that
// posterior itself, or by silencing values as the network's dropout layers do while it trains.
enum class PosteriorMethod { laplace, mala, dropout };
inline constexpr std::size_t kPosteriorMethods = 3;

// Draws are not cut into slices: more of them would hold training up.
inline constexpr int kMaxPosteriorSamples = 100'000;

struct PosteriorSettings {
  PosteriorMethod method = PosteriorMethod::laplace;
  // The prior is N(0, 1/precision) on each weight and bias of the last layer. 0: the prior is as wide as these weights
  // are themselves, 1/precision is their mean square, so that the weights there are no surprise to it.
  double precision = 0;
  int samples = inspect::kDefaultVotes;  // 1 … kMaxPosteriorSamples
  std::uint64_t seed = 1;
};

struct PosteriorAnswer {
  PosteriorMethod method = PosteriorMethod::laplace;
  std::int64_t step = 0;  // of the network's weights
  inspect::Votes votes;
  // The posterior of the last layer; 0 or empty with dropout.
  double precision = 0;
  double weight_decay = 0;       // of the mean loss, that the prior is
  std::int64_t images = 0;       // of the training set: all
  std::vector<float> network;    // (classes) the network's own probabilities
  double curvature_seconds = 0;  // that the curvature of these weights took, once for all images and priors
  double acceptance = std::numeric_limits<double>::quiet_NaN();  // of MALA's proposals; NaN without a chain
  double seconds = 0;                                            // of work for this answer
};
using PosteriorDone = std::function<void(core::Result<PosteriorAnswer>)>;

// The lens wishes for the votes on its digit; and those of dropout where the network has it.
struct PosteriorWish {
  double precision = 0;  // see PosteriorSettings
  bool mala = false;     // too
  friend bool operator==(const PosteriorWish&, const PosteriorWish&) = default;
};

// The lens shows this of each method.
struct PosteriorShown {
  std::shared_ptr<const PosteriorAnswer> answer;  // about the digit that is looked at; none: not yet
  std::string refusal;                            // why there will be none, a sentence; else empty
  bool under_way = false;
  double progress = 0;  // 0 … 1 of what is under way
};
using PosteriorsShown = std::array<PosteriorShown, kPosteriorMethods>;

}  // namespace descent::training
