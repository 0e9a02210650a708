// SPDX-License-Identifier: MIT
// Surveyor: the surveys of a surface (sweeps of learning rates, heat maps, basin maps, tuning) on all threads.
// Synchronous; lives inside Worker<Surveyor>. There are two sets of them: one that the page shows, whose results are in
// the snapshot, and one for scripts, whose results are handed to a function. Within a set the next configuration of a
// survey replaces the one under way; short surveys go before long ones.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/core/notice.h"
#include "engine/parallel/thread_pool.h"
#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"

namespace descent::survey {

// TuningProgress says how far the tuning that is under way has come, whoever asked for it.
struct TuningProgress {
  bool busy = false;
  std::size_t completed = 0, total = 0;  // runs
  std::int64_t budget = 0;               // gradients of one run
};

struct SurveyorSnapshot {
  RateSweepSnapshot sweep;
  HeatMapSnapshot heat_map;
  BasinSnapshot basins;
  TuningProgress tuning;
  std::string message;               // last refused command, empty otherwise
  std::uint64_t message_number = 0;  // core::Notice
  bool busy = false;                 // with what the page shows
};

class Surveyor {
 public:
  using Snapshot = SurveyorSnapshot;
  // Done is called once, on the worker's thread: with success when the survey is complete, with a sentence when it was
  // refused, cancelled or replaced.
  template <class Job>
  using Done = std::function<void(const core::Status& status, const Job& job)>;

  explicit Surveyor(int threads = 0);  // 0: the hardware's

  // The page shows these surveys; of a sweep and of basins 0 steps are as many as suit (chosen_steps.h). A
  // refusal also stands in the snapshot's message until the next accepted command.
  core::Status show(const RateSweepConfig& config);
  core::Status show(const HeatMapConfig& config);
  core::Status show(const BasinConfig& config);
  void cancel_sweep() { shown_.sweep.cancel(); }
  void cancel_heat_map() { shown_.heat_map.cancel(); }
  void cancel_basins() { shown_.basins.cancel(); }

  // ask() is for scripts. `ticket` names the request for withdraw(), which cancels it if it is still under way.
  void ask(const RateSweepConfig& config, std::int64_t ticket, Done<RateSweep> done);
  void ask(const HeatMapConfig& config, std::int64_t ticket, Done<HeatMap> done);
  void ask(const BasinConfig& config, std::int64_t ticket, Done<BasinMap> done);
  // A sweep on behalf of tuning, beside those above.
  void ask_tuning(const RateSweepConfig& config, std::int64_t ticket, Done<RateSweep> done);
  void withdraw(std::int64_t ticket);
  // was_cancelled() says whether a request ended with this status because it was withdrawn or replaced, not because it
  // was wrong.
  [[nodiscard]] static bool was_cancelled(const core::Status& status);

  // Worker<Surveyor>.
  [[nodiscard]] bool busy() const;
  void advance();
  void publish(Snapshot& snapshot) const;
  [[nodiscard]] double publish_interval() const;

 private:
  struct Shown {
    RateSweep sweep;
    HeatMap heat_map;
    BasinMap basins;
  };
  template <class Job>
  struct Asked {
    Job job;
    Done<Job> done;
    std::int64_t ticket = 0;
  };

  core::Status refuse(core::Status status);
  template <class Job, class Config>
  core::Status show_with_steps(Job& job, Config config);
  template <class Job, class Config>
  void begin(Asked<Job>& asked, const Config& config, std::int64_t ticket, Done<Job> done);
  template <class Job>
  void end(Asked<Job>& asked, const core::Status& status);
  template <class Job>
  void withdraw(Asked<Job>& asked, std::int64_t ticket);
  template <class Job>
  bool advance(Asked<Job>& asked);
  bool advance(TiledJob& job);

  parallel::ThreadPool pool_;
  Shown shown_;
  Asked<RateSweep> tuning_;
  Asked<RateSweep> sweep_;
  Asked<HeatMap> heat_map_;
  Asked<BasinMap> basins_;
  core::Notice notice_;
};

}  // namespace descent::survey
