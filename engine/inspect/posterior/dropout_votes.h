// SPDX-License-Identifier: MIT
// DropoutVotes: Monte-Carlo dropout. An image goes through the network many times with dropout on, a network with other
// silenced values each time, and these vote (votes.h): Gal & Ghahramani, "Dropout as a Bayesian approximation", ICML
// 2016. What lies before the first dropout layer runs once. Unlike the posterior of the last layer it asks nothing of
// the training images: how far these networks disagree is chosen with the rate.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/inspect/posterior/votes.h"
#include "engine/nn/network.h"
#include "engine/nn/network_range.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

// Whether a network has dropout layers that silence anything.
[[nodiscard]] bool has_dropout(const nn::NetworkSpec& spec);

class DropoutVotes {
 public:
  // image: (input_size). samples: 1 … kMaxVotes passes. The parameters are copied: the network may go on. An error when
  // the network has no dropout, or memory is short.
  [[nodiscard]] static core::Result<DropoutVotes> start(const nn::Network<float>& network, std::span<const float> image,
                                                        int samples, std::uint64_t seed);

  // Goes on for about so many seconds; false when all passes are made. Results depend neither on the number of threads
  // nor on how the work was sliced.
  bool advance(parallel::ThreadPool& pool, double seconds = 0.01);

  [[nodiscard]] double progress() const { return static_cast<double>(done_) / samples_; }
  // The votes of the passes made so far, of which there must be some.
  [[nodiscard]] Votes votes() const { return count_.votes(); }

 private:
  // A dropout layer and the layers behind it, up to the next one.
  struct Part {
    double rate = 0;
    nn::LayerRange<float> layers;
  };
  struct Worker {
    std::vector<nn::LayerRange<float>::Memory> memories;  // one a part
    std::vector<float> values;
    std::vector<std::uint8_t> kept;
  };

  DropoutVotes(nn::Network<float> network, std::span<const float> image, int samples, std::uint64_t seed);
  void run(int first, int count, Worker& worker);  // passes, into logits_

  nn::Network<float> network_;
  int samples_;
  std::uint64_t seed_;
  std::vector<float> before_;  // what the first dropout layer reads
  std::vector<Part> parts_;
  std::vector<Worker> workers_;
  std::vector<double> logits_;  // (kRound, classes)
  int done_ = 0;
  VoteCount count_;
};

}  // namespace descent::inspect
