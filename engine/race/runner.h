// SPDX-License-Identifier: MIT
// Runner: one optimizer on one surface, with its whole history. Step k goes from point k-1 to point k with t = k, the
// scheduled learning rate and the step's noise (conditions.h), so a run equals the same calls of the optimizer by hand,
// bit for bit. The history holds finite points only: a step that leads out of the finite world is not recorded, it ends
// the run as diverged.
//
// Time travel (with keep_states, every step also stores the optimizer's memory): the run stands at a position in its
// record. seek() moves it without forgetting anything, and step() goes along the record as long as there is any; only
// at its end a step is computed. back_to(), and changed settings, forget what comes after the position. branch() makes
// another run that shares the record up to a step.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "engine/core/result.h"
#include "engine/optim/optimizer.h"
#include "engine/race/conditions.h"
#include "engine/race/outcome/divergence.h"
#include "engine/race/outcome/run_end.h"
#include "engine/race/race.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr double kConvergedGradientNorm = 1e-10;

struct RunnerOptions {
  bool keep_states = true;        // seek(), back_to() and branch() work
  bool stop_when_settled = true;  // a run that has converged or stalled makes no further steps
  std::int64_t max_steps = kMaxRaceSteps;
  std::size_t runs = 1;  // runs of the race, whose records are about as long as this one
};

class Runner {
 public:
  // `surface` must outlive the runner; the start is checked by the caller (finite value and gradient), the environment
  // too.
  [[nodiscard]] static core::Result<Runner> make(const surfaces::Surface& surface, const RunnerConfig& config,
                                                 const Environment& environment, surfaces::Point start,
                                                 const RunnerOptions& options);

  void restart(surfaces::Point start);
  void step();  // along the record, then beyond it; does nothing unless can_step()
  // Makes a step from a point moved by `by`, which the optimizer knows nothing of; a frozen or converged run goes on
  // with it. What is recorded after the present position is forgotten. The moved point costs an evaluation beside the
  // step's own: does nothing when fewer than two are left, or when the run has diverged.
  void push(surfaces::Point by);
  // Goes to a recorded step; a later one means the last.
  void seek(std::int64_t step);
  // Forgets what came after `steps` steps; from there the run goes on with the present hyper-parameters.
  void back_to(std::int64_t steps);
  // Changed settings act from the next step on; what is recorded after the present position is forgotten, and a frozen
  // run goes on.
  core::Status change(const RunnerSettings& settings);
  core::Status set_hyperparameter(int index, double value);
  // Freezes a run that stands at the end of its record and could make a step: it makes none until thawed or changed.
  void freeze(const Diagnosis& diagnosis);
  void thaw();
  [[nodiscard]] bool is_frozen() const { return end_status_ == RunStatus::frozen; }  // at the end of its record
  // A run that shares the record up to `step` (0 … recorded()) and goes on with hyper-parameters of its own, checked
  // here. It stands at `step`.
  [[nodiscard]] core::Result<Runner> branch(std::int64_t step, std::span<const double> hyperparameters, int slot) const;

  // bytes_per_step() is what a step adds to the record.
  [[nodiscard]] std::size_t bytes_per_step() const;
  // Sets other limits than the options' max_steps and runs; a record that is longer stays, and ends with its next step.
  void limit(std::int64_t max_steps, std::size_t runs) {
    options_.max_steps = max_steps;
    options_.runs = runs;
  }
  [[nodiscard]] bool can_step() const { return status_ == RunStatus::ready || status_ == RunStatus::running; }
  [[nodiscard]] std::int64_t steps() const { return position_; }  // up to the present position
  [[nodiscard]] std::int64_t recorded() const { return static_cast<std::int64_t>(losses_.size()) - 1; }
  [[nodiscard]] surfaces::Point point() const;
  [[nodiscard]] double gradient_norm() const;
  // The bound on the learning rate of the next step from the present position; head: the local model there.
  [[nodiscard]] optim::StabilityBound stability(const surfaces::LocalModel& head) const;
  [[nodiscard]] const RunnerConfig& config() const { return config_; }
  // The record up to the present position: (steps + 1, 2) and (steps + 1).
  [[nodiscard]] std::span<const double> points() const { return {points_.data(), 2 * index() + 2}; }
  [[nodiscard]] std::span<const double> losses() const { return {losses_.data(), index() + 1}; }
  [[nodiscard]] std::span<const double> recorded_losses() const { return losses_; }
  // These were recorded after the present position.
  [[nodiscard]] std::span<const double> later_points() const { return std::span(points_).subspan(2 * index() + 2); }
  [[nodiscard]] std::span<const double> later_losses() const { return std::span(losses_).subspan(index() + 1); }
  // The settings along the record, each with the steps made when they came into force.
  [[nodiscard]] std::span<const SettingsChange> changes() const;
  // The learning rate of step k, 1 … recorded(), scheduled.
  [[nodiscard]] double learning_rate_of(std::int64_t k) const { return log_[static_cast<std::size_t>(k) - 1].rate; }
  // The hyper-parameters of step k, 1 … recorded().
  [[nodiscard]] std::span<const double> settings_of(std::int64_t k) const;
  // The scheduled rate of the newest step up to the present position; before the first, the one it will have.
  [[nodiscard]] double learning_rate() const;
  [[nodiscard]] RunStatus status() const { return status_; }
  // end() says why it makes no more steps; anywhere before the end of the record the run has not ended.
  [[nodiscard]] RunEnd end() const { return position_ == recorded() ? end_ : RunEnd{}; }
  // divergence() says why a run has diverged; only asked of a run that has.
  [[nodiscard]] const DivergenceReport& divergence() const { return *std::get_if<DivergenceReport>(&end_.reason); }
  [[nodiscard]] bool noisy() const { return conditions_.noisy(); }
  [[nodiscard]] optim::StepNote note() const { return position_ == 0 ? optim::StepNote() : newest().note; }
  [[nodiscard]] std::int64_t gradient_evaluations() const { return position_ == 0 ? 0 : newest().evaluations; }

 private:
  // A StepLog is kept of each step, beside its point and loss.
  struct StepLog {
    double rate = 0;               // the scheduled learning rate
    std::int64_t evaluations = 0;  // gradients so far, line searches included
    std::size_t settings = 0;      // index of the settings
    optim::StepNote note;
  };

  Runner() = default;
  [[nodiscard]] std::size_t index() const { return static_cast<std::size_t>(position_); }
  [[nodiscard]] const StepLog& newest() const { return log_[index() - 1]; }
  [[nodiscard]] const RunnerSettings& settings_at(std::int64_t t) const;
  void put_in_force(const RunnerSettings& settings);
  void apply(const RunnerSettings& settings);
  void compute_step(surfaces::Point push = {});
  [[nodiscard]] optim::StepReport make_step(surfaces::Point& point, double rate, std::int64_t spent);
  [[nodiscard]] Breakdown evaluate_at(surfaces::Point next, double& loss, surfaces::Point& gradient) const;
  void record(surfaces::Point next, double loss, surfaces::Point gradient, double rate,
              const optim::StepReport& report);
  [[nodiscard]] bool schedule_over() const;
  void settle();  // finds the status of a run that stands at the end of its record
  void finish(RunStatus status, const EndReason& reason);
  void diverge(Breakdown breakdown, surfaces::Point failed, double rate);
  [[nodiscard]] bool make_room();  // makes room for one more step; false when there is no memory
  void store_state();
  void restore();  // restores what belongs to the present position
  void forget_later();

  const surfaces::Surface* surface_ = nullptr;
  RunnerConfig config_;
  RunnerSettings latest_;  // the settings in config_
  Environment environment_;
  Conditions conditions_;
  RunnerOptions options_;
  std::unique_ptr<optim::Optimizer<double>> optimizer_;
  std::vector<optim::StateSpan<double>> state_;  // the optimizer's memory, fixed from reset to reset
  std::size_t state_size_ = 0;                   // doubles in it

  std::vector<double> points_;            // (recorded + 1, 2)
  std::vector<double> losses_;            // (recorded + 1)
  std::vector<StepLog> log_;              // (recorded)
  std::vector<double> states_;            // (recorded + 1, state_size_) when kept
  std::vector<SettingsChange> settings_;  // those of the record; the last ones are in force
  std::int64_t position_ = 0;
  surfaces::Point gradient_{};  // at the present position, exact
  RunStatus status_ = RunStatus::ready;
  RunStatus end_status_ = RunStatus::ready;  // at the end of the record
  RunEnd end_;
};

}  // namespace descent::race
