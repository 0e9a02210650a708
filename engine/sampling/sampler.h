// SPDX-License-Identifier: MIT
// Sampler: Langevin chains on a surface at a temperature (langevin.h), the histogram of the points they visit beside
// Boltzmann's exact density (boltzmann.h), and the divergence between the two as it falls. Synchronous; lives inside
// Worker<Sampler> like the race. At temperature 0 the chains are plain gradient descent; there is no density then, and
// the divergence is NaN.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race.h"
#include "engine/sampling/chain_statistics.h"
#include "engine/sampling/langevin.h"
#include "engine/surfaces/surface.h"

namespace descent::sampling {

// The chains, wherever they run.
struct ChainSettings {
  SamplingMethod method = SamplingMethod::ula;
  double temperature = 0.5;
  double learning_rate = 0.01;
  int chains = 100;
  std::uint64_t seed = 1;
  int bins = 64;             // of the histogram, along each side of the surface's domain
  std::int64_t burn_in = 0;  // steps that a histogram leaves out when it begins
  double steps_per_second = 240;

  friend bool operator==(const ChainSettings&, const ChainSettings&) = default;
};

struct SamplerConfig : ChainSettings {
  surfaces::SurfaceChoice surface{.surface = "double_well"};
  surfaces::Point start{};

  friend bool operator==(const SamplerConfig&, const SamplerConfig&) = default;
};

inline constexpr double kMaxTemperature = 1e6;
inline constexpr double kMaxSamplingRate = 1000;  // learning rate
inline constexpr int kMaxChains = 10000;
inline constexpr int kMinBins = 2;
inline constexpr int kMaxBins = 256;
inline constexpr std::int64_t kMaxSamplerSteps = 100000000;
inline constexpr std::int64_t kMaxSamples = 50000000;  // chains times steps of one sample()

struct KlPoint {
  std::uint64_t samples = 0;
  double kl = 0;
  double expected = 0;  // expected_divergence() of that many draws; NaN at temperature 0
};

struct SamplerSnapshot {
  SamplerConfig config;
  std::uint64_t config_version = 0;  // changes with the surface, its parameters or the chains
  bool playing = false;
  race::RunStatus status = race::RunStatus::ready;  // diverged: every chain is lost
  std::int64_t step = 0;
  surfaces::Domain domain;          // of the histogram
  std::vector<double> points;       // (chains, 2) where the chains are
  std::vector<double> trail;        // (up to kTrail, 2) the first chain's last points, oldest first
  std::vector<double> histogram;    // (bins, bins) share of the visits inside the domain, row 0 at y0; all 0 before any
  std::vector<double> exact;        // (bins, bins) probabilities; all 0 at temperature 0
  std::uint64_t samples = 0;        // visits in the histogram
  std::uint64_t outside = 0;        // visits outside the domain
  std::size_t lost = 0;             // chains that left the surface (engine/words says it)
  double acceptance = 1;            // share of the proposals taken; NaN before the first
  double kl = 0, kl_bias = 0;       // Divergence
  double kl_expected = 0;           // expected_divergence() of as many draws; NaN before the first
  double effective = 0, r_hat = 0;  // ChainAgreement, of the draws in the histogram and outside
  std::vector<KlPoint> history;     // at growing numbers of samples
  std::vector<Gathering> gatherings;  // at temperature 0: where the chains are, kMostGatherings at most
  std::int64_t burnt_in = 0;          // steps left out of this histogram so far
  std::string message;                // last refused command, empty otherwise

  static constexpr std::size_t kTrail = 1000;
  static constexpr std::size_t kMostGatherings = 8;
  static constexpr double kGatheringRadius = 0.01;  // of the domain's longer side
};

class Sampler {
 public:
  using Snapshot = SamplerSnapshot;

  Sampler();
  ~Sampler();

  // Checked as a whole; on error nothing changes. When only temperature, rate or method differ the chains go on from
  // where they are and the histogram begins anew; when only the speed differs nothing else happens; anything else puts
  // the chains to the start, paused.
  core::Status configure(const SamplerConfig& config);
  void play();
  void pause();
  void step(std::int64_t n);  // n >= 1 steps of every chain
  void reset();               // all chains at the start, the same random numbers again
  [[nodiscard]] const SamplerConfig& config() const;
  [[nodiscard]] const core::Status& last_command() const;  // whether it was accepted

  // Worker<Sampler>.
  [[nodiscard]] bool busy() const;
  void advance();
  [[nodiscard]] double idle_seconds() const;
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] double publish_interval() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// `steps` steps without a display. steps: 0 …; chains times steps at most kMaxSamples.
[[nodiscard]] core::Result<SamplerSnapshot> sample(const SamplerConfig& config, std::int64_t steps);

}  // namespace descent::sampling
