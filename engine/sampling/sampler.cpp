// SPDX-License-Identifier: MIT
// The sampler's commands, pacing and snapshots, see sampler.h.
#include "engine/sampling/sampler.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/core/number_text.h"
#include "engine/core/rng.h"
#include "engine/parallel/clock.h"
#include "engine/parallel/pacer.h"
#include "engine/race/start_check.h"
#include "engine/sampling/visit_histogram.h"

namespace descent::sampling {
namespace {

constexpr double kSlice = 0.004;               // seconds of work before the worker looks for commands
constexpr double kPublishInterval = 0.033;     // snapshots carry whole histograms
constexpr std::size_t kPointsPerClock = 2000;  // evaluations between two looks at the clock

core::Status check_range(std::string_view name, double value, double minimum, double maximum) {
  if (value >= minimum && value <= maximum) return {};
  return core::range_error(name, core::format_number(value), core::format_number(minimum),
                           core::format_number(maximum));
}

core::Status check(const SamplerConfig& config) {
  for (const core::Status& status :
       {check_range("temperature", config.temperature, 0, kMaxTemperature),
        check_range("learning_rate", config.learning_rate, 0, kMaxSamplingRate),
        check_range("chains", config.chains, 1, kMaxChains), check_range("bins", config.bins, kMinBins, kMaxBins),
        check_range("burn_in", static_cast<double>(config.burn_in), 0, static_cast<double>(kMaxSamplerSteps)),
        check_range("seed", static_cast<double>(config.seed), 0, static_cast<double>(core::kMaxSeed)),
        check_range("steps_per_second", config.steps_per_second, race::kMinRaceSpeed, race::kMaxRaceSpeed)})
    if (!status.ok()) return status;
  return {};
}

}  // namespace

struct Sampler::Impl {
  SamplerConfig config;
  std::uint64_t config_version = 0;
  std::unique_ptr<surfaces::Surface> surface;
  std::unique_ptr<Langevin> chains;
  Visits visits;
  std::int64_t begun_at = 0;                               // the step after which this histogram began
  std::uint64_t proposed_before = 0, accepted_before = 0;  // the chains' counts up to that step
  std::vector<double> trail;                               // (kTrail, 2) ring
  std::int64_t steps = 0;
  bool playing = false;
  parallel::Pacer pacer;
  core::Status last_command;

  core::Status refuse(core::Status status) {
    last_command = status;
    return status;
  }

  core::Status accept(SamplerConfig wanted) {
    if (core::Status status = check(wanted); !status.ok()) return status;
    auto made = surfaces::make_surface(wanted.surface);
    if (!made.ok()) return made.error();
    if (wanted.surface.parameters.empty()) wanted.surface.parameters = core::default_values((*made)->info().parameters);
    SamplerConfig live = config;  // what can change while the chains go on
    live.steps_per_second = wanted.steps_per_second;
    const bool only_speed = surface && live == wanted && wanted != config;
    live.temperature = wanted.temperature;
    live.learning_rate = wanted.learning_rate;
    live.method = wanted.method;
    const bool goes_on = surface && live == wanted && wanted != config;
    if (!goes_on)
      if (core::Status status = race::check_start(**made, wanted.start); !status.ok()) return status;
    config = std::move(wanted);
    if (playing) pacer.set_rate(config.steps_per_second);
    if (only_speed) return {};
    if (goes_on) {
      begin_histogram();
      return {};
    }
    chains.reset();  // the chains refer to the surface
    surface = std::move(made).value();
    ++config_version;
    restart();
    return {};
  }

  void restart() {
    playing = false;
    chains = std::make_unique<Langevin>(*surface, config.start, config.chains, config.seed);
    steps = 0;
    trail.clear();
    remember_trail();
    begin_histogram();
  }

  void begin_histogram() {
    visits.begin(*surface, config, *chains);
    begun_at = steps;
    proposed_before = chains->proposed();
    accepted_before = chains->accepted();
  }

  void remember_trail() {
    const std::size_t at = 2 * (static_cast<std::size_t>(steps) % SamplerSnapshot::kTrail);
    if (trail.size() < at + 2) trail.resize(at + 2);
    trail[at] = chains->x()[0];
    trail[at + 1] = chains->y()[0];
  }

  [[nodiscard]] bool can_step() const {
    return chains->lost() < static_cast<std::size_t>(config.chains) && steps < kMaxSamplerSteps;
  }

  void one_step() {
    chains->step({config.method, config.temperature, config.learning_rate});
    ++steps;
    remember_trail();
    if (steps > begun_at + config.burn_in) visits.add(*chains);
  }

  [[nodiscard]] race::RunStatus status() const {
    if (chains->lost() == static_cast<std::size_t>(config.chains)) return race::RunStatus::diverged;
    if (steps >= kMaxSamplerSteps) return race::RunStatus::stopped;
    return steps == 0 ? race::RunStatus::ready : race::RunStatus::running;
  }

  void publish_points(SamplerSnapshot& out) const {
    const std::size_t n = chains->x().size();
    out.points.resize(2 * n);
    for (std::size_t i = 0; i < n; ++i) {
      out.points[2 * i] = chains->x()[i];
      out.points[2 * i + 1] = chains->y()[i];
    }
    const std::size_t oldest = trail.size() < 2 * SamplerSnapshot::kTrail
                                   ? 0
                                   : 2 * ((static_cast<std::size_t>(steps) + 1) % SamplerSnapshot::kTrail);
    out.trail.assign(trail.begin() + static_cast<std::ptrdiff_t>(oldest), trail.end());
    out.trail.insert(out.trail.end(), trail.begin(), trail.begin() + static_cast<std::ptrdiff_t>(oldest));
    out.gatherings.clear();
    if (config.temperature > 0) return;
    const surfaces::Domain& d = surface->info().domain;
    const double side = std::max(d.x1 - d.x0, d.y1 - d.y0);
    out.gatherings =
        sampling::gatherings(*chains, SamplerSnapshot::kGatheringRadius * side, SamplerSnapshot::kMostGatherings);
  }
};

Sampler::Sampler() : impl_(std::make_unique<Impl>()) {
  SamplerConfig config;
  config.start = surfaces::find_surface(config.surface.surface)->info->start;
  const core::Status status = impl_->accept(config);
  DESCENT_ASSERT(status.ok());
}
Sampler::~Sampler() = default;

core::Status Sampler::configure(const SamplerConfig& config) {
  return impl_->refuse(impl_->accept(config));
}

void Sampler::play() {
  impl_->last_command = {};
  if (impl_->playing) return;
  impl_->playing = impl_->can_step();
  impl_->pacer.start(parallel::seconds_now(), impl_->config.steps_per_second);
}

void Sampler::pause() {
  impl_->last_command = {};
  impl_->playing = false;
}

void Sampler::step(std::int64_t n) {
  if (!impl_->refuse(core::check_positive("step: n", n)).ok()) return;
  for (std::int64_t i = 0; i < n && impl_->can_step(); ++i) impl_->one_step();
}

void Sampler::reset() {
  impl_->last_command = {};
  impl_->restart();
}

const core::Status& Sampler::last_command() const {
  return impl_->last_command;
}

const SamplerConfig& Sampler::config() const {
  return impl_->config;
}

bool Sampler::busy() const {
  return impl_->playing;
}

void Sampler::advance() {
  if (!impl_->playing) return;
  const double begin = parallel::seconds_now();
  double now = begin;
  const auto steps_per_clock =
      static_cast<std::int64_t>(kPointsPerClock / static_cast<std::size_t>(impl_->config.chains)) + 1;
  for (std::int64_t due = impl_->pacer.due(now); due > 0 && now - begin < kSlice; due = impl_->pacer.due(now)) {
    const std::int64_t steps = std::min(due, steps_per_clock);
    for (std::int64_t i = 0; i < steps && impl_->can_step(); ++i) impl_->one_step();
    impl_->pacer.take(steps);
    if (!impl_->can_step()) {
      impl_->playing = false;
      return;
    }
    now = parallel::seconds_now();
  }
}

double Sampler::idle_seconds() const {
  return impl_->pacer.wait(parallel::seconds_now());
}

void Sampler::publish(Snapshot& out) const {
  const Impl& sampler = *impl_;
  out.config = sampler.config;
  out.config_version = sampler.config_version;
  out.playing = sampler.playing;
  out.status = sampler.status();
  out.step = sampler.steps;
  out.lost = sampler.chains->lost();
  out.acceptance = static_cast<double>(sampler.chains->accepted() - sampler.accepted_before) /
                   static_cast<double>(sampler.chains->proposed() - sampler.proposed_before);
  out.burnt_in = std::min(sampler.steps - sampler.begun_at, sampler.config.burn_in);
  out.message = sampler.last_command.ok() ? std::string() : sampler.last_command.message();
  sampler.publish_points(out);
  sampler.visits.publish(out);
}

double Sampler::publish_interval() const {
  return kPublishInterval;
}

core::Result<SamplerSnapshot> sample(const SamplerConfig& config, std::int64_t steps) {
  if (steps < 0 || steps > kMaxSamples / std::max(1, config.chains))
    return core::Error{core::fill("steps is {} for {} chains; chains times steps must be between 0 and {}", steps,
                                  config.chains, core::grouped(kMaxSamples))};
  Sampler sampler;
  if (core::Status status = sampler.configure(config); !status.ok()) return status.error();
  if (steps > 0) sampler.step(steps);
  SamplerSnapshot snapshot;
  sampler.publish(snapshot);
  return snapshot;
}

}  // namespace descent::sampling
