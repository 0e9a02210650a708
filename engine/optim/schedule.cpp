// SPDX-License-Identifier: MIT
// The schedules, see schedule.h. Lengths are shares of the run, so that one choice suits runs of any length; they are
// rounded to whole steps. u = (t − 1)/T is the progress of step t of T, W the steps of a warm-up.
#include "engine/optim/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/fill.h"

namespace descent::optim {
namespace {

// The factor along half a cosine, from `from` at u = 0 to `to` at u = 1.
double half_cosine(double from, double to, double u) {
  return to + 0.5 * (from - to) * (1 + std::cos(std::numbers::pi * u));
}

constexpr core::ParamSpec share_spec(std::string_view name, double default_value, double minimum,
                                     std::string_view doc) {
  return {.name = name, .default_value = default_value, .minimum = minimum, .maximum = 1, .doc = doc};
}

// The parameter of a schedule that is a factor on the rate; it may be very small.
constexpr core::ParamSpec factor_spec(std::string_view name, double default_value, double minimum, double slider_from,
                                      std::string_view doc) {
  return {.name = name,
          .default_value = default_value,
          .minimum = minimum,
          .maximum = 1,
          .scale = slider_from > 0 ? core::ParamScale::log : core::ParamScale::linear,
          .doc = doc,
          .slider_minimum = slider_from,
          .slider_maximum = 1};
}

constexpr std::string_view kFinalDoc =
    "What is left of the learning rate at the end, as a factor. Smaller settles closer to the minimum under noise.";
constexpr std::string_view kWarmupDoc =
    "Share of the run in which the rate grows from 0 to its full value. Longer protects the first steps of methods "
    "whose averages are still empty.";

constexpr std::array kStepParameters{
    share_spec("interval", 0.25, 0.001, "Share of the run between two drops. 0.25 drops three times on the way."),
    factor_spec("factor", 0.5, 0, 0, "What each drop multiplies the learning rate by.")};
constexpr std::array kExponentialParameters{factor_spec("final_scale", 0.01, 1e-9, 1e-6, kFinalDoc)};
constexpr std::array kInverseTimeParameters{share_spec(
    "half_life", 0.1, 0.001, "Share of the run after which the rate has halved; after three of them it is a quarter.")};
constexpr std::array kCosineParameters{factor_spec("final_scale", 0, 0, 0, kFinalDoc)};
constexpr std::array kWarmupParameters{share_spec("warmup", 0.1, 0, kWarmupDoc)};
constexpr std::array kWarmupCosineParameters{share_spec("warmup", 0.1, 0, kWarmupDoc),
                                             factor_spec("final_scale", 0, 0, 0, kFinalDoc)};
constexpr std::array kOneCycleParameters{
    share_spec("peak_at", 0.3, 0, "Share of the run after which the rate is at its full value."),
    factor_spec("initial_scale", 0.04, 0, 0, "The factor on the rate at the beginning of the run."),
    factor_spec("final_scale", 4e-6, 0, 1e-8, kFinalDoc)};

// The factor inside a warm-up, whose share of the run is the first value.
double warming(const ScheduleMoment& m) {
  return m.now() / m.steps(0);
}

constexpr std::array kCatalog{
    ScheduleEntry{{.name = kConstantSchedule,
                   .title = "Constant",
                   .formula = "1",
                   .reference = "Robbins & Monro, Ann. Math. Stat. 22 (1951) 400, for why it cannot settle under noise",
                   .summary = "The same learning rate all the time. Right without noise; under noise the run ends in a "
                              "jitter whose size is that of the rate.",
                   .parameters = {}},
                  [](const ScheduleMoment& /*m*/) { return 1.0; }},
    ScheduleEntry{{.name = "step",
                   .title = "Step decay",
                   .formula = "factor^⌊u / interval⌋",
                   .reference = "He et al., Deep residual learning, CVPR 2016, section 3.4",
                   .summary = "Drops the rate at regular intervals: the loss falls at each drop, because the jitter of "
                              "the larger rate dies away.",
                   .parameters = kStepParameters},
                  [](const ScheduleMoment& m) {
                    return std::pow(m.values[1], std::floor(m.elapsed() / std::max(1.0, m.steps(0))));
                  }},
    ScheduleEntry{{.name = "exponential",
                   .title = "Exponential",
                   .formula = "final^u",
                   .reference = "Li & Arora, An exponential learning rate schedule for deep learning, ICLR 2020",
                   .summary = "Shrinks the rate by the same factor in every step, down to the final factor.",
                   .parameters = kExponentialParameters},
                  [](const ScheduleMoment& m) { return std::pow(m.values[0], m.progress()); }},
    ScheduleEntry{{.name = "inverse_time",
                   .title = "Inverse time",
                   .formula = "1 / (1 + u / half_life)",
                   .reference = "Robbins & Monro, Ann. Math. Stat. 22 (1951) 400",
                   .summary = "The classical decay like 1/t: slow enough to get anywhere, fast enough for the noise to "
                              "average out.",
                   .parameters = kInverseTimeParameters},
                  [](const ScheduleMoment& m) { return 1 / (1 + m.progress() / m.values[0]); }},
    ScheduleEntry{{.name = "cosine",
                   .title = "Cosine",
                   .formula = "final + (1 − final) (1 + cos πu) / 2",
                   .reference = "Loshchilov & Hutter, SGDR, ICLR 2017, equation 5, one period",
                   .summary = "Stays high for long, falls in the middle and lands softly. The usual choice when the "
                              "length of the run is known.",
                   .parameters = kCosineParameters},
                  [](const ScheduleMoment& m) { return half_cosine(1, m.values[0], m.progress()); }},
    ScheduleEntry{{.name = "warmup",
                   .title = "Warm-up",
                   .formula = "min(1, t / W)",
                   .reference = "Goyal et al., arXiv:1706.02677 (2017), section 2.2",
                   .summary = "Grows linearly to the full rate, then stays. Survives starts so steep that the full "
                              "rate would throw the run out.",
                   .parameters = kWarmupParameters},
                  [](const ScheduleMoment& m) { return m.now() < m.steps(0) ? warming(m) : 1; }},
    ScheduleEntry{{.name = "warmup_cosine",
                   .title = "Warm-up, then cosine",
                   .formula = "t / W up to W, then final + (1 − final) (1 + cos π(t − 1 − W)/(T − W)) / 2",
                   .reference = "Goyal et al., arXiv:1706.02677 (2017), section 2.2; Loshchilov & Hutter, ICLR 2017",
                   .summary = "A gentle start and a soft landing: how most large networks are trained.",
                   .parameters = kWarmupCosineParameters},
                  [](const ScheduleMoment& m) {
                    const double past = m.elapsed() - m.steps(0);
                    if (past < 0) return warming(m);
                    return half_cosine(1, m.values[1], past / std::max(1.0, m.length() - m.steps(0)));
                  }},
    ScheduleEntry{
        {.name = "one_cycle",
         .title = "One cycle",
         .formula = "initial → 1 up to the peak, then 1 → final in the last step, both along half a cosine",
         .reference =
             "Smith & Topin, Super-convergence, arXiv:1708.07120 (2018); cosines and steps as in PyTorch's OneCycleLR",
         .summary = "Up to a rate that would be too large for a whole run, then down far below the usual one. "
                    "The learning rate is the peak.",
         .parameters = kOneCycleParameters},
        [](const ScheduleMoment& m) {
          const double last = m.length() - 1;
          const double at = std::min(m.elapsed(), last);
          const double peak = m.values[0] * m.length() - 1;
          if (at <= peak) return half_cosine(m.values[1], 1, peak > 0 ? at / peak : 1);
          return half_cosine(1, m.values[2], (at - peak) / (last - peak));
        }},
};

}  // namespace

std::span<const ScheduleEntry> schedule_catalog() {
  return kCatalog;
}

const ScheduleEntry* find_schedule(std::string_view name) {
  for (const ScheduleEntry& entry : kCatalog)
    if (entry.info.name == name) return &entry;
  return nullptr;
}

Schedule::Schedule() : entry_(&kCatalog.front()) {}

core::Result<Schedule> Schedule::make(std::string_view name, std::span<const double> values) {
  Schedule schedule;
  schedule.entry_ = find_schedule(name);
  if (schedule.entry_ == nullptr) {
    std::string known;
    for (const ScheduleEntry& one : kCatalog) known += (known.empty() ? "" : ", ") + std::string(one.info.name);
    return core::Error{core::fill("there is no schedule '{}'; known are {}", name, known)};
  }
  const std::span<const core::ParamSpec> specs = schedule.entry_->info.parameters;
  schedule.values_ = values.empty() ? core::default_values(specs) : std::vector<double>(values.begin(), values.end());
  if (core::Status status = core::check_params(name, specs, schedule.values_); !status.ok()) return status.error();
  return schedule;
}

double Schedule::scale(std::int64_t t, std::int64_t total_steps) const {
  const std::int64_t total = std::max<std::int64_t>(1, total_steps);
  return entry_->scale({values_, std::clamp<std::int64_t>(t, 1, total + 1), total});
}

}  // namespace descent::optim
