// SPDX-License-Identifier: MIT
// Lanes: many runs of one optimizer on one surface side by side, for sweeps and maps. Each lane is the run that the
// race makes (Runner, with stop_when_settled) from the same start, bit for bit: it ends where the gradient vanishes,
// where a step cannot be made, where its budget is used, or by diverging, and then stands still at its last good point.
//
// All lanes are one long parameter vector (x of every lane, then y of every lane) and a step is one sweep of the
// optimizer's own kernel if every lane has the same hyper-parameters and the optimizer treats each parameter by itself;
// otherwise each lane has an optimizer of its own. Gradients come from one batched evaluation of the surface either
// way. No allocation after the first start() of as many lanes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/optim/optimizer.h"
#include "engine/race/conditions.h"
#include "engine/surfaces/surface.h"

namespace descent::survey {

enum class LaneEnd : std::uint8_t {
  running,    // still on its way
  converged,  // gradient norm at most kConvergedGradientNorm
  stalled,    // the optimizer could not make its step
  diverged,   // as in the race
  spent,      // the budget is used
  undefined,  // value or gradient at the start is not finite
};

class Lanes {
 public:
  // `surface` must outlive the lanes.
  Lanes(const surfaces::Surface& surface, const optim::CatalogEntry& optimizer, const race::Conditions& conditions);

  // Hyper-parameters in the order of the specs, checked by the caller: the same for every lane, or one row for each,
  // (lanes, specs). They hold from the next start() on.
  void configure(std::span<const double> hyperparameters);
  void configure_each(std::span<const double> hyperparameters);

  // x, y: (lanes). surfaces: one for each lane, with the domain of the lanes' own, which must outlive the run; or none:
  // all lanes run on the lanes' own.
  void start(std::span<const double> x, std::span<const double> y,
             std::span<const std::unique_ptr<surfaces::Surface>> surfaces = {});
  // One step of every running lane. False, and nothing done, when no lane is running.
  bool step();

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::int64_t steps() const { return steps_; }  // calls of step() that did something
  [[nodiscard]] std::size_t running() const { return size() - ended_; }
  // The coordinates at which each lane is, or ended: (lanes).
  [[nodiscard]] std::span<const double> x() const { return {points_.data(), size()}; }
  [[nodiscard]] std::span<const double> y() const { return {points_.data() + size(), size()}; }
  [[nodiscard]] std::span<const double> losses() const { return losses_; }
  [[nodiscard]] std::span<const LaneEnd> ends() const { return ends_; }
  // Steps made by each lane: (lanes).
  [[nodiscard]] std::int64_t steps_of(std::size_t lane) const;
  // Gradients asked for by each lane.
  [[nodiscard]] std::int64_t evaluations_of(std::size_t lane) const;

 private:
  using Optimizer = optim::Optimizer<double>;

  [[nodiscard]] const surfaces::Surface& surface_of(std::size_t lane) const {
    return surfaces_.empty() ? surface_ : *surfaces_[lane];
  }
  [[nodiscard]] bool together() const { return each_.empty() && shared_->elementwise(); }
  void step_together(std::int64_t t);
  void step_each(std::int64_t t);
  void evaluate();
  void find_ends();
  void judge(std::size_t lane);
  void end(std::size_t lane, LaneEnd end, std::int64_t steps);

  const surfaces::Surface& surface_;
  std::span<const std::unique_ptr<surfaces::Surface>> surfaces_;
  const optim::CatalogEntry& entry_;
  race::Conditions conditions_;
  double far_ = 0;

  std::unique_ptr<Optimizer> shared_;
  std::vector<double> hyperparameters_;              // of all lanes, or (lanes, specs)
  std::vector<std::unique_ptr<Optimizer>> singles_;  // one for each lane where they do not step together
  std::vector<double> each_;                         // (lanes, specs), or empty

  core::AlignedVector<double> params_;     // (2, lanes): the optimizer's; NaN once a lane has ended
  core::AlignedVector<double> gradients_;  // (2, lanes), exact
  core::AlignedVector<double> noisy_;      // (2, lanes), used under noise
  core::AlignedVector<double> values_;     // (lanes) at params_
  core::AlignedVector<double> points_;     // (2, lanes), the last good ones
  core::AlignedVector<double> losses_;     // (lanes) at points_
  std::vector<LaneEnd> ends_;
  std::vector<std::int64_t> end_steps_;  // of ended lanes
  std::vector<std::int64_t> extra_;      // gradients beyond one a step
  std::size_t ended_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace descent::survey
