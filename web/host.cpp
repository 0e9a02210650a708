// SPDX-License-Identifier: MIT
// Starting the workers: each makes its core on its own thread, so that none of it delays the first frame.
#include "web/host.h"

namespace descent::web {

Host::Host()
    : race_(std::make_unique<RaceWorker>([] { return std::make_unique<train::Race>(); })),
      trainer_(std::make_unique<TrainerWorker>([] { return std::make_unique<train::Trainer>(); })),
      jobs_(std::make_unique<JobWorker>([] { return std::make_unique<train::Jobs>(); })) {}

Host::~Host() = default;

Host::ExplorerWorker& Host::explorer() {
  if (!explorer_) explorer_ = std::make_unique<ExplorerWorker>([] { return std::make_unique<train::Explorer>(); });
  return *explorer_;
}

const train::ExplorerSnapshot& Host::explored() {
  return explorer_ ? explorer_->snapshot() : nothing_explored_;
}

Host::SamplerWorker& Host::sampler() {
  if (!sampler_) sampler_ = std::make_unique<SamplerWorker>([] { return std::make_unique<train::Sampler>(); });
  return *sampler_;
}

const train::SamplerSnapshot& Host::sampled() {
  return sampler_ ? sampler_->snapshot() : nothing_sampled_;
}

std::uint64_t Host::snapshots_read() const {
  return race_->snapshots_read() + trainer_->snapshots_read() + (explorer_ ? explorer_->snapshots_read() : 0) +
         (sampler_ ? sampler_->snapshots_read() : 0);
}

}  // namespace descent::web
