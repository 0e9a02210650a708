// SPDX-License-Identifier: MIT
// Host: the page's end of the engine. Owns the worker threads (race, trainer, one-off jobs); panels and the scripting
// bridge talk to them through post() and read snapshots, and never wait, lock or compute on the page's main thread.
#pragma once

#include <memory>

#include "engine/train/jobs.h"
#include "engine/train/race.h"
#include "engine/train/trainer.h"
#include "engine/train/worker.h"

namespace descent::web {

class Host {
 public:
  using RaceWorker = train::Worker<train::Race>;
  using TrainerWorker = train::Worker<train::Trainer>;
  using JobWorker = train::Worker<train::Jobs>;

  Host();
  ~Host();

  RaceWorker& race() { return *race_; }
  TrainerWorker& trainer() { return *trainer_; }
  JobWorker& jobs() { return *jobs_; }

 private:
  std::unique_ptr<RaceWorker> race_;
  std::unique_ptr<TrainerWorker> trainer_;
  std::unique_ptr<JobWorker> jobs_;
};

}  // namespace descent::web
