// SPDX-License-Identifier: MIT
// A run's record: moving along it, cutting it back, branching from it; see runner.h. Going anywhere copies the
// optimizer's stored memory into place and evaluates the gradient again: the surface is a pure function, so the bits
// are the same.
#include <algorithm>
#include <type_traits>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_text.h"
#include "engine/race/runner.h"

namespace descent::race {
namespace {

constexpr std::size_t kAskedFrom = 1000;  // steps; shorter records fit into the spare bytes
constexpr std::size_t kShownBytes = 3 * (sizeof(surfaces::Point) + sizeof(double));  // a step's, in three snapshots

}  // namespace

void Runner::seek(std::int64_t step) {
  DESCENT_ASSERT(options_.keep_states);
  const std::int64_t target = std::clamp<std::int64_t>(step, 0, recorded());
  if (target == position_) return;
  position_ = target;
  restore();
}

void Runner::back_to(std::int64_t target) {
  seek(std::min(target, position_));
  forget_later();
}

std::size_t Runner::bytes_per_step() const {
  return sizeof(surfaces::Point) + sizeof(double) + sizeof(StepLog) +
         (options_.keep_states ? sizeof(double) * state_size_ : 0);
}

// While a vector grows its old and its new elements are there at once; what is shown will have copies of every run's
// points and losses.
bool Runner::make_room() {
  const std::size_t n = losses_.size() + 1;
  const std::size_t kept = options_.keep_states ? n * state_size_ : 0;
  const bool fits =
      2 * n <= points_.capacity() && n <= losses_.capacity() && n <= log_.capacity() + 1 && kept <= states_.capacity();
  if (fits) return true;
  const std::size_t largest = std::max({sizeof(surfaces::Point), sizeof(StepLog), sizeof(double) * state_size_});
  if (n > kAskedFrom && !core::room_for(n * (largest + bytes_per_step() / 8 + options_.runs * kShownBytes)))
    return false;
  core::reserve_growing(points_, 2 * n);
  core::reserve_growing(losses_, n);
  core::reserve_growing(log_, n - 1);
  core::reserve_growing(states_, kept);
  return true;
}

void Runner::store_state() {
  if (!options_.keep_states) return;
  for (const auto& span : state_) states_.insert(states_.end(), span.values.begin(), span.values.end());
}

void Runner::restore() {
  const double* stored = states_.data() + index() * state_size_;
  for (const auto& span : state_) {
    std::copy(stored, stored + span.values.size(), span.values.begin());
    stored += span.values.size();
  }
  surface_->evaluate(point(), gradient_);
  const bool end = position_ == recorded();
  status_ = end ? end_status_ : (position_ == 0 ? RunStatus::ready : RunStatus::running);
}

void Runner::forget_later() {
  if (position_ == recorded()) return;
  points_.resize(2 * (index() + 1));
  losses_.resize(index() + 1);
  log_.resize(index());
  if (options_.keep_states) states_.resize((index() + 1) * state_size_);
  const std::size_t used = log_.empty() ? 1 : log_.back().settings + 1;
  if (settings_.size() > used) settings_.resize(used);
  apply(settings_.back());
  settle();
}

core::Result<Runner> Runner::branch(std::int64_t step, std::span<const double> hyperparameters, int slot) const {
  DESCENT_ASSERT(options_.keep_states && step >= 0 && step <= recorded());
  const auto k = static_cast<std::size_t>(step);
  if (!core::room_for(k * bytes_per_step()))
    return core::Error{core::fill("the page has no memory for another record of {} steps", core::grouped(step))};
  RunnerConfig config = config_;
  config.hyperparameters.assign(hyperparameters.begin(), hyperparameters.end());
  config.slot = slot;
  config.branch_of = config_.slot;
  config.earlier.clear();
  for (std::size_t i = 0; i < k; ++i) {
    const bool last = i + 1 == k || log_[i + 1].settings != log_[i].settings;
    if (last) config.earlier.push_back({settings_[log_[i].settings], static_cast<std::int64_t>(i) + 1});
  }
  auto made = make(*surface_, config, environment_, {points_[0], points_[1]}, options_);
  if (!made.ok()) return made.error();
  Runner& run = *made;
  const auto upto = [](const auto& from, std::size_t count) {
    return std::remove_cvref_t<decltype(from)>(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
  };
  run.points_ = upto(points_, 2 * (k + 1));
  run.losses_ = upto(losses_, k + 1);
  run.log_ = upto(log_, k);
  run.states_ = upto(states_, (k + 1) * state_size_);
  run.settings_ = upto(settings_, k == 0 ? 1 : log_[k - 1].settings + 1);
  run.apply(run.settings_.back());
  run.position_ = step;
  run.restore();
  run.settle();
  return made;
}

std::span<const SettingsChange> Runner::changes() const {
  return std::span(settings_).first(log_.empty() ? 0 : log_.back().settings + 1);
}

std::span<const double> Runner::settings_of(std::int64_t k) const {
  return settings_[log_[static_cast<std::size_t>(k) - 1].settings].hyperparameters;
}

}  // namespace descent::race
