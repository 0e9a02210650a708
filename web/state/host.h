// SPDX-License-Identifier: MIT
// Host: the page's end of the engine. Owns the worker threads (race, trainer, one-off jobs, surveys, sampler); commands
// and the scripting bridge talk to them through post() and read snapshots, and never wait, lock or compute on the
// page's main thread. One more worker is one more line in `workers_`.
#pragma once

#include <cstdint>
#include <memory>
#include <tuple>
#include <type_traits>

#include "engine/parallel/jobs.h"
#include "engine/parallel/worker.h"
#include "engine/race/race.h"
#include "engine/sampling/sampler.h"
#include "engine/survey/surveyor.h"
#include "engine/training/trainer.h"

namespace descent::web {

class Host {
 public:
  using RaceWorker = parallel::Worker<race::Race>;
  using TrainerWorker = parallel::Worker<training::Trainer>;
  using JobWorker = parallel::Worker<parallel::Jobs>;
  using SurveyorWorker = parallel::Worker<survey::Surveyor>;
  using SamplerWorker = parallel::Worker<sampling::Sampler>;

  Host();
  ~Host();

  // The worker whose core that is. What does not start with the page starts with the first call.
  template <class Core>
  [[nodiscard]] parallel::Worker<Core>& worker() {
    Hosted<Core>& hosted = std::get<Hosted<Core>>(workers_);
    if (!hosted.asked) hosted.asked = true;  // workers ask for each other: what is true is not written again
    if (!hosted.worker)
      hosted.worker = std::make_unique<parallel::Worker<Core>>([] { return std::make_unique<Core>(); });
    return *hosted.worker;
  }
  // The worker's newest snapshot; an empty one as long as nothing has been asked of it.
  template <class Core>
  [[nodiscard]] const typename Core::Snapshot& snapshot() {
    Hosted<Core>& hosted = std::get<Hosted<Core>>(workers_);
    return hosted.asked ? hosted.worker->snapshot() : hosted.nothing;
  }

  RaceWorker& race() { return worker<race::Race>(); }
  TrainerWorker& trainer() { return worker<training::Trainer>(); }
  JobWorker& jobs() { return worker<parallel::Jobs>(); }
  // Sweeps and maps.
  SurveyorWorker& surveyor() { return worker<survey::Surveyor>(); }
  [[nodiscard]] const survey::SurveyorSnapshot& surveys() { return snapshot<survey::Surveyor>(); }
  // Langevin chains.
  SamplerWorker& sampler() { return worker<sampling::Sampler>(); }
  [[nodiscard]] const sampling::SamplerSnapshot& sampled() { return snapshot<sampling::Sampler>(); }

  [[nodiscard]] std::uint64_t snapshots_read() const;  // of all workers that have a display
  // True when the newest snapshots show the effect of everything posted so far.
  [[nodiscard]] bool settled();

  // Every worker goes on with a new core, and nothing of the old ones is left; the new race and the new trainer run
  // these first.
  void restart(RaceWorker::Command race, TrainerWorker::Command trainer);

 private:
  template <class Core>
  struct Hosted {
    std::unique_ptr<parallel::Worker<Core>> worker;
    bool asked = false;  // for something, since the start or the restart: there is a snapshot to show
    typename Core::Snapshot nothing;
  };
  template <class Core>
  static constexpr bool kStartsWithPage = std::is_same_v<Core, race::Race> || std::is_same_v<Core, training::Trainer> ||
                                          std::is_same_v<Core, parallel::Jobs>;

  std::tuple<Hosted<race::Race>, Hosted<training::Trainer>, Hosted<parallel::Jobs>, Hosted<survey::Surveyor>,
             Hosted<sampling::Sampler>>
      workers_;
};

}  // namespace descent::web
