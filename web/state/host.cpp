// SPDX-License-Identifier: MIT
// Starting the workers: each makes its core on its own thread, so that none of it delays the first frame.
#include "web/state/host.h"

#include <utility>

namespace descent::web {

Host::Host()
    : race_(std::make_unique<RaceWorker>([] { return std::make_unique<race::Race>(); })),
      trainer_(std::make_unique<TrainerWorker>([] { return std::make_unique<training::Trainer>(); })),
      jobs_(std::make_unique<JobWorker>([] { return std::make_unique<parallel::Jobs>(); })) {}

Host::~Host() = default;

Host::ExplorerWorker& Host::explorer() {
  if (!explorer_) explorer_ = std::make_unique<ExplorerWorker>([] { return std::make_unique<survey::Explorer>(); });
  explores_ = true;
  return *explorer_;
}

const survey::ExplorerSnapshot& Host::explored() {
  return explores_ ? explorer_->snapshot() : nothing_explored_;
}

Host::SamplerWorker& Host::sampler() {
  if (!sampler_) sampler_ = std::make_unique<SamplerWorker>([] { return std::make_unique<sampling::Sampler>(); });
  samples_ = true;
  return *sampler_;
}

const sampling::SamplerSnapshot& Host::sampled() {
  return samples_ ? sampler_->snapshot() : nothing_sampled_;
}

std::uint64_t Host::snapshots_read() const {
  return race_->snapshots_read() + trainer_->snapshots_read() + (explorer_ ? explorer_->snapshots_read() : 0) +
         (sampler_ ? sampler_->snapshots_read() : 0);
}

bool Host::settled() {
  const auto answered = [](auto* worker) {
    if (worker == nullptr) return true;
    static_cast<void>(worker->snapshot());
    return worker->settled();
  };
  return answered(race_.get()) && answered(trainer_.get()) && answered(jobs_.get()) && answered(explorer_.get()) &&
         answered(sampler_.get());
}

void Host::restart(RaceWorker::Command race, TrainerWorker::Command trainer) {
  race_->restart(std::move(race));
  trainer_->restart(std::move(trainer));
  if (explorer_) explorer_->restart([](survey::Explorer&) {});
  if (sampler_) sampler_->restart([](sampling::Sampler&) {});
  explores_ = samples_ = false;
}

}  // namespace descent::web
