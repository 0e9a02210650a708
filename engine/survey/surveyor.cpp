// SPDX-License-Identifier: MIT
#include "engine/survey/surveyor.h"

#include <string_view>
#include <utility>

#include "engine/survey/chosen_steps.h"

namespace descent::survey {
namespace {

constexpr double kPublishInterval = 0.03;  // seconds; a map is a megabyte
constexpr std::string_view kCancelled = "cancelled";
constexpr std::string_view kReplaced = "cancelled: the next call of the same kind took its place";

}  // namespace

Surveyor::Surveyor(int threads) : pool_(threads > 0 ? threads : parallel::hardware_threads()) {}

core::Status Surveyor::refuse(core::Status status) {
  notice_.say(status);
  return status;
}

// A configuration without a number of steps gets the one that says something.
template <class Job, class Config>
core::Status Surveyor::show_with_steps(Job& job, Config config) {
  if (config.steps == 0) {
    const auto steps = chosen_steps(config, pool_);
    if (!steps.ok()) return refuse(steps.error());
    config.steps = *steps;
  }
  return refuse(job.configure(config));
}

core::Status Surveyor::show(const RateSweepConfig& config) {
  return show_with_steps(shown_.sweep, config);
}
core::Status Surveyor::show(const HeatMapConfig& config) {
  return refuse(shown_.heat_map.configure(config));
}
core::Status Surveyor::show(const BasinConfig& config) {
  return show_with_steps(shown_.basins, config);
}

// A job under way hears of its end before the new one begins, and keeps running when the new one is refused.
template <class Job, class Config>
void Surveyor::begin(Asked<Job>& asked, const Config& config, std::int64_t ticket, Done<Job> done) {
  Job fresh;
  if (core::Status status = fresh.configure(config); !status.ok()) return done(status, fresh);
  end(asked, core::Error{std::string(kReplaced)});
  asked.job = std::move(fresh);
  asked.done = std::move(done);
  asked.ticket = ticket;
}

template <class Job>
void Surveyor::end(Asked<Job>& asked, const core::Status& status) {
  if (Done<Job> done = std::exchange(asked.done, nullptr)) done(status, asked.job);
  asked.job = Job();  // a map has megabytes
}

void Surveyor::ask(const RateSweepConfig& config, std::int64_t ticket, Done<RateSweep> done) {
  begin(sweep_, config, ticket, std::move(done));
}
void Surveyor::ask(const HeatMapConfig& config, std::int64_t ticket, Done<HeatMap> done) {
  begin(heat_map_, config, ticket, std::move(done));
}
void Surveyor::ask(const BasinConfig& config, std::int64_t ticket, Done<BasinMap> done) {
  begin(basins_, config, ticket, std::move(done));
}
void Surveyor::ask_tuning(const RateSweepConfig& config, std::int64_t ticket, Done<RateSweep> done) {
  begin(tuning_, config, ticket, std::move(done));
}

template <class Job>
void Surveyor::withdraw(Asked<Job>& asked, std::int64_t ticket) {
  if (asked.ticket != ticket || !asked.done) return;
  asked.job.cancel();
  end(asked, core::Error{std::string(kCancelled)});
}

void Surveyor::withdraw(std::int64_t ticket) {
  withdraw(tuning_, ticket);
  withdraw(sweep_, ticket);
  withdraw(heat_map_, ticket);
  withdraw(basins_, ticket);
}

bool Surveyor::was_cancelled(const core::Status& status) {
  return !status.ok() && (status.message() == kCancelled || status.message() == kReplaced);
}

bool Surveyor::busy() const {
  return shown_.sweep.busy() || shown_.heat_map.busy() || shown_.basins.busy() || tuning_.job.busy() ||
         sweep_.job.busy() || heat_map_.job.busy() || basins_.job.busy();
}

bool Surveyor::advance(TiledJob& job) {
  if (!job.busy()) return false;
  job.advance(pool_);
  return true;
}

template <class Job>
bool Surveyor::advance(Asked<Job>& asked) {
  if (!advance(static_cast<TiledJob&>(asked.job))) return false;
  if (!asked.job.busy()) end(asked, {});
  return true;
}

void Surveyor::advance() {
  static_cast<void>(advance(tuning_) || advance(shown_.sweep) || advance(sweep_) || advance(shown_.heat_map) ||
                    advance(heat_map_) || advance(shown_.basins) || advance(basins_));
}

void Surveyor::publish(Snapshot& snapshot) const {
  shown_.sweep.publish(snapshot.sweep);
  shown_.heat_map.publish(snapshot.heat_map);
  shown_.basins.publish(snapshot.basins);
  const RateSweepSnapshot& tuning = tuning_.job.result();
  snapshot.tuning = {tuning_.job.busy(), tuning.completed, tuning.total, tuning.config.budget};
  snapshot.message = notice_.text();
  snapshot.message_number = notice_.number();
  snapshot.busy = shown_.sweep.busy() || shown_.heat_map.busy() || shown_.basins.busy();
}

double Surveyor::publish_interval() const {
  return kPublishInterval;
}

}  // namespace descent::survey
