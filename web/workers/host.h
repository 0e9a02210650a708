// SPDX-License-Identifier: MIT
// Host: the page's end of the engine. Owns the worker threads (race, trainer, one-off jobs, sampler, surveys); commands
// and the scripting bridge talk to them through post() and read snapshots, and never wait, lock or compute on the
// page's main thread. One more worker is one more line in `Workers`; panels read its snapshots from Snapshots.
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

// A worker's place in the page.
template <class Core>
struct Hosted {
  std::unique_ptr<parallel::Worker<Core>> worker;
  bool asked = false;  // for something, since the start or the restart: there is a snapshot to show
  typename Core::Snapshot nothing;
};

// They end in the opposite order: those that are told or asked by another stand before it.
using Workers = std::tuple<Hosted<race::Race>, Hosted<training::Trainer>, Hosted<parallel::Jobs>,
                           Hosted<sampling::Sampler>, Hosted<survey::Surveyor>>;

// Snapshots are what the page last read of its workers: a view, through which nothing can be asked of them. The
// snapshots stay as they are for a whole frame. Main thread only.
class Snapshots {
 public:
  explicit Snapshots(const Workers& workers) : workers_(workers) {}

  // The snapshot of the worker whose core that is; an empty one as long as nothing has been asked of it.
  template <class Core>
  [[nodiscard]] const typename Core::Snapshot& of() const {
    return shown(std::get<Hosted<Core>>(workers_));
  }
  // True when it shows the effect of everything that was asked of the worker.
  template <class Core>
  [[nodiscard]] bool settled() const {
    const Hosted<Core>& hosted = std::get<Hosted<Core>>(workers_);
    return !hosted.worker || hosted.worker->settled();
  }
  // `act` on every snapshot, in the order of the list.
  template <class Act>
  void each(Act act) const {
    std::apply([&](const auto&... hosted) { (act(shown(hosted)), ...); }, workers_);
  }

 private:
  template <class Core>
  static const typename Core::Snapshot& shown(const Hosted<Core>& hosted) {
    return hosted.asked ? hosted.worker->last_read() : hosted.nothing;
  }

  const Workers& workers_;
};

class Host {
 public:
  using RaceWorker = parallel::Worker<race::Race>;
  using TrainerWorker = parallel::Worker<training::Trainer>;
  using JobWorker = parallel::Worker<parallel::Jobs>;

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
  RaceWorker& race() { return worker<race::Race>(); }
  TrainerWorker& trainer() { return worker<training::Trainer>(); }
  JobWorker& jobs() { return worker<parallel::Jobs>(); }
  parallel::Worker<survey::Surveyor>& surveyor() { return worker<survey::Surveyor>(); }
  parallel::Worker<sampling::Sampler>& sampler() { return worker<sampling::Sampler>(); }

  // Reads the newest snapshot of every worker.
  void read_snapshots();
  // The same of one: what Snapshots::of() gives from then on.
  template <class Core>
  [[nodiscard]] const typename Core::Snapshot& snapshot() {
    if (const auto& worker = std::get<Hosted<Core>>(workers_).worker) static_cast<void>(worker->snapshot());
    return snapshots().template of<Core>();
  }
  // snapshots() are what was read last.
  [[nodiscard]] Snapshots snapshots() const { return Snapshots(workers_); }
  [[nodiscard]] std::uint64_t snapshots_read() const;  // of all workers that have a display
  // True when the newest snapshots, which are read, show the effect of everything posted so far.
  [[nodiscard]] bool settled();

  // Every worker goes on with a new core, and nothing of the old ones is left; the new race and the new trainer run
  // these first.
  void restart(RaceWorker::Command race, TrainerWorker::Command trainer);

 private:
  template <class Core>
  static constexpr bool kStartsWithPage = std::is_same_v<Core, race::Race> || std::is_same_v<Core, training::Trainer> ||
                                          std::is_same_v<Core, parallel::Jobs>;

  Workers workers_;
};

}  // namespace descent::web
