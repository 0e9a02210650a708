// SPDX-License-Identifier: MIT
// Runner: one optimizer on one surface, with its whole history. Step k goes from point k-1 to point k with t = k and
// the learning rate handed straight through, so a run equals the same calls of the optimizer by hand, bit for bit. With
// keep_states every step also stores the optimizer's memory; back_to(k) then restores it exactly. The history holds
// finite points only: a step that leads out of the finite world is not recorded, it ends the run as diverged.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/surface.h"
#include "engine/train/divergence.h"
#include "engine/train/race.h"

namespace descent::train {

inline constexpr double kConvergedGradientNorm = 1e-10;

struct RunnerOptions {
  bool keep_states = true;        // back_to() works
  bool stop_when_settled = true;  // converged or stalled: no further steps
  std::int64_t max_steps = kMaxRaceSteps;
};

class Runner {
 public:
  // `surface` must outlive the runner; the start is checked by the caller (finite value and gradient).
  [[nodiscard]] static core::Result<Runner> make(const surfaces::Surface& surface, const RunnerConfig& config,
                                                 surfaces::Point start, const RunnerOptions& options);

  void restart(surfaces::Point start);
  void step();  // does nothing unless can_step()
  // Forgets what came after `steps` steps; from there the run goes on with the present hyper-parameters.
  void back_to(std::int64_t steps);
  core::Status set_hyperparameter(int index, double value);

  [[nodiscard]] bool can_step() const { return status_ == RunStatus::ready || status_ == RunStatus::running; }
  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(losses_.size()) - 1; }
  [[nodiscard]] surfaces::Point point() const { return {points_[points_.size() - 2], points_.back()}; }
  [[nodiscard]] double gradient_norm() const;
  [[nodiscard]] const RunnerConfig& config() const { return config_; }
  [[nodiscard]] const std::vector<double>& points() const { return points_; }
  [[nodiscard]] const std::vector<double>& losses() const { return losses_; }
  [[nodiscard]] RunStatus status() const { return status_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] std::string_view note() const { return log_.empty() ? std::string_view() : log_.back().note; }
  [[nodiscard]] std::int64_t gradient_evaluations() const { return log_.empty() ? 0 : log_.back().evaluations; }

 private:
  // What is kept of a step beside its point and loss.
  struct StepLog {
    double learning_rate = 0;
    std::int64_t evaluations = 0;  // gradients so far, line searches included
    std::string_view note;
  };

  Runner() = default;
  [[nodiscard]] Breakdown evaluate_at(surfaces::Point next, double& loss, surfaces::Point& gradient) const;
  void record(surfaces::Point next, double loss, surfaces::Point gradient, const optim::StepReport& report);
  void settle();  // status of a run that stands at a finite point
  void diverge(Breakdown breakdown, surfaces::Point failed);
  void store_state();

  const surfaces::Surface* surface_ = nullptr;
  RunnerConfig config_;
  RunnerOptions options_;
  std::unique_ptr<optim::Optimizer<double>> optimizer_;
  std::vector<optim::StateSpan<double>> state_;  // the optimizer's memory, fixed from reset to reset
  std::size_t state_size_ = 0;                   // doubles in it

  std::vector<double> points_;  // (steps + 1, 2)
  std::vector<double> losses_;  // (steps + 1)
  std::vector<StepLog> log_;    // (steps)
  std::vector<double> states_;  // (steps + 1, state_size_) when kept
  surfaces::Point gradient_{};  // at the newest point
  RunStatus status_ = RunStatus::ready;
  std::string reason_;
};

}  // namespace descent::train
