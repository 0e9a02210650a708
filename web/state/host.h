// SPDX-License-Identifier: MIT
// Host: the page's end of the engine. Owns the worker threads (race, trainer, one-off jobs, surveys, sampler); panels
// and the scripting bridge talk to them through post() and read snapshots, and never wait, lock or compute on the
// page's main thread.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/parallel/jobs.h"
#include "engine/parallel/worker.h"
#include "engine/race/race.h"
#include "engine/sampling/sampler.h"
#include "engine/survey/explorer.h"
#include "engine/training/trainer.h"

namespace descent::web {

class Host {
 public:
  using RaceWorker = parallel::Worker<race::Race>;
  using TrainerWorker = parallel::Worker<training::Trainer>;
  using JobWorker = parallel::Worker<parallel::Jobs>;
  using ExplorerWorker = parallel::Worker<survey::Explorer>;
  using SamplerWorker = parallel::Worker<sampling::Sampler>;

  Host();
  ~Host();

  RaceWorker& race() { return *race_; }
  TrainerWorker& trainer() { return *trainer_; }
  JobWorker& jobs() { return *jobs_; }
  // Sweeps and maps. Its threads start with the first call.
  ExplorerWorker& explorer();
  // Its newest snapshot; an empty one as long as nothing has been asked of it.
  [[nodiscard]] const survey::ExplorerSnapshot& explored();
  // Langevin chains. Its thread starts with the first call.
  SamplerWorker& sampler();
  // Its newest snapshot; one without chains as long as it has not been started.
  [[nodiscard]] const sampling::SamplerSnapshot& sampled();
  [[nodiscard]] std::uint64_t snapshots_read() const;  // of all workers that have a display
  // True when the newest snapshots show the effect of everything posted so far.
  [[nodiscard]] bool settled();

  // Every worker goes on with a new core, and nothing of the old ones is left; the new race and the new trainer run
  // these first.
  void restart(RaceWorker::Command race, TrainerWorker::Command trainer);

 private:
  std::unique_ptr<RaceWorker> race_;
  std::unique_ptr<TrainerWorker> trainer_;
  std::unique_ptr<JobWorker> jobs_;
  // A worker that has been asked for nothing since the start, or the restart, has no snapshot to show.
  std::unique_ptr<ExplorerWorker> explorer_;
  bool explores_ = false;
  survey::ExplorerSnapshot nothing_explored_;
  std::unique_ptr<SamplerWorker> sampler_;
  bool samples_ = false;
  sampling::SamplerSnapshot nothing_sampled_;
};

}  // namespace descent::web
