// SPDX-License-Identifier: MIT
// The race's time travel and its snapshots, see race.h.
#include <algorithm>
#include <cstdint>
#include <limits>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/race/outcome/standings.h"
#include "engine/race/race_impl.h"

namespace descent::race {

void Race::back(std::int64_t n) {
  if (!impl_->refuse(core::check_positive("back: n", n)).ok()) return;
  const std::int64_t target = std::max<std::int64_t>(0, impl_->steps() - std::min(n, impl_->steps()));
  for (RaceEntry& entry : impl_->entries) {
    if (entry.runner.steps() <= target) continue;
    entry.runner.back_to(target);
    entry.generations.rewritten_from(static_cast<std::size_t>(target) + 1, impl_->next_generation++);
  }
}

core::Status Race::seek(std::int64_t step) {
  const std::int64_t recorded = impl_->recorded();
  core::Status status;
  if (step < 0 || step > recorded)
    status = core::Error{core::fill("step is {}; the record goes from 0 to {}", step, core::grouped(recorded))};
  if (status.ok()) {
    impl_->playing = false;
    for (RaceEntry& entry : impl_->entries) entry.runner.seek(step);
  }
  return impl_->refuse(std::move(status));
}

void Race::seek_back() {
  static_cast<void>(seek(std::max<std::int64_t>(impl_->steps() - 1, 0)));
}

core::Status Race::branch(int runner, std::int64_t step, std::span<const double> hyperparameters) {
  return impl_->refuse(impl_->add_branch(runner, step, hyperparameters));
}

core::Status Race::Impl::add_branch(int runner, std::int64_t step, std::span<const double> hyperparameters) {
  if (core::Status status = check_runner(runner); !status.ok()) return status;
  if (entries.size() >= kMaxRunners)
    return core::Error{core::fill("the race has {} optimizers, as many as it can; remove one to branch", kMaxRunners)};
  const Runner& parent = entries[static_cast<std::size_t>(runner)].runner;
  if (step < 0 || step > parent.recorded())
    return core::Error{core::fill("step is {}; the record of runner {} goes from 0 to {}", step, runner,
                                  core::grouped(parent.recorded()))};
  int slot = 0;
  const auto taken = [&] {
    return std::any_of(config.runners.begin(), config.runners.end(),
                       [&](const RunnerConfig& other) { return other.slot == slot; });
  };
  while (taken()) ++slot;
  const std::int64_t present = steps();
  const std::span<const double> own = hyperparameters.empty() ? parent.config().hyperparameters : hyperparameters;
  auto made = parent.branch(step, own, slot);
  if (!made.ok()) return made.error();
  while (made->steps() < present && made->can_step()) made->step();
  config.runners.push_back(made->config());
  entries.push_back({std::move(made).value(), parallel::Generations(next_generation++), {}});
  entries.back().watched_from = step + kCircle;
  forget_preview();
  share_memory();
  tuning = {};
  return {};
}

void Race::Impl::publish_entry(RaceEntry& entry, RunnerSnapshot& out) const {
  const Runner& runner = entry.runner;
  const std::size_t common = entry.generations.common(out.generation);
  const std::size_t count = runner.losses().size();
  const bool same = out.losses.size() == count && common >= count;
  parallel::catch_up(runner.losses(), out.losses, common);
  parallel::catch_up(runner.points(), out.points, common == parallel::kAll ? parallel::kAll : 2 * common);
  if (!same) out.head = surfaces::local_model(*surface, runner.point());
  out.later_points.assign(runner.later_points().begin(), runner.later_points().end());
  out.later_losses.assign(runner.later_losses().begin(), runner.later_losses().end());
  out.changes.assign(runner.changes().begin(), runner.changes().end());
  out.learning_rate = runner.learning_rate();
  out.generation = entry.generations.identity();
  out.config = runner.config();
  out.status = runner.status();
  out.end = runner.end();
  if (auto* rest = std::get_if<Converged>(&out.end.reason); rest != nullptr && rest->curvature > 0) {
    const double above = out.losses.back() - finish.lowest;
    if (above > finish.tolerance) rest->above_best = above;
  }
  const Diagnosis& found = diagnose(entry, out.head);
  const std::int64_t arrived = entry.arrival(finish);
  out.arrival = {arrived, found.at_goal ? std::max(found.since_step, arrived) : 0, config.noise};
  out.diagnosis = found.at_goal ? Diagnosis{} : found;
  out.note = runner.note();
  out.gradient_evaluations = runner.gradient_evaluations();
  out.kind = surfaces::point_kind(out.head, surfaces::domain_length(surface->info().domain));
  out.stability = runner.stability(out.head);
  out.stable_learning_rate =
      out.stability.known ? out.stability.learning_rate : std::numeric_limits<double>::quiet_NaN();
  out.stability_formula = out.stability.formula;
}

void Race::publish(Snapshot& snapshot) const {
  Impl& race = *impl_;
  snapshot.config = race.config;
  snapshot.config_version = race.config_version;
  snapshot.run = race.number;
  snapshot.surface_info = race.surface->shared_info();
  snapshot.playing = race.playing;
  snapshot.step = race.steps();
  snapshot.recorded = race.recorded();
  snapshot.minima = race.minima.minima;
  snapshot.minima_found = race.minima.found && !race.minima.minima.empty();
  snapshot.more_minima = race.minima.more;
  snapshot.finish = race.finish;
  snapshot.over = race.over();
  snapshot.tuning = race.tuning;
  if (snapshot.preview.version != race.preview.version) snapshot.preview = race.preview;
  snapshot.message = race.notice.text();
  snapshot.message_number = race.notice.number();
  snapshot.runners.resize(race.entries.size());
  for (std::size_t i = 0; i < race.entries.size(); ++i) race.publish_entry(race.entries[i], snapshot.runners[i]);
  rank(snapshot);
}

}  // namespace descent::race
