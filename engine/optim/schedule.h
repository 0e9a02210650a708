// SPDX-License-Identifier: MIT
// Learning-rate schedules: a factor on the base learning rate for every step of a run of known length. A schedule is a
// pure function of (t, total_steps): going back, branching and resuming need no memory. Steps count from 1, as in
// StepContext; the rate of a step is the one at its beginning, so the progress of step t is (t − 1) / total_steps, and
// a run that goes on after total_steps keeps the factor at progress 1. One more schedule is one entry in schedule.cpp;
// menu, sliders, curve and share link read the catalog.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/param_spec.h"
#include "engine/core/result.h"

namespace descent::optim {

struct ScheduleInfo {
  std::string_view name;     // lower snake case: "cosine"
  std::string_view title;    // for people: "Cosine"
  std::string_view formula;  // of the factor, u = progress in 0 … 1
  std::string_view reference;
  std::string_view summary;  // one or two sentences: what it does and when that helps
  std::span<const core::ParamSpec> parameters;
};

// The moment of a run at which a factor is asked for, and the schedule's values.
struct ScheduleMoment {
  std::span<const double> values;  // in the order of the schedule's parameters
  std::int64_t t = 1;              // 1 … total_steps + 1
  std::int64_t total_steps = 1;

  [[nodiscard]] double now() const { return static_cast<double>(t); }
  [[nodiscard]] double elapsed() const { return static_cast<double>(t - 1); }
  [[nodiscard]] double length() const { return static_cast<double>(total_steps); }
  [[nodiscard]] double progress() const { return elapsed() / length(); }
  // The share of the run that value `i` is, in whole steps.
  [[nodiscard]] double steps(std::size_t i) const { return std::round(values[i] * length()); }
};

struct ScheduleEntry {
  ScheduleInfo info;
  double (*scale)(const ScheduleMoment& moment) = nullptr;  // in [0, 1]
};

inline constexpr std::string_view kConstantSchedule = "constant";

// The first one is the constant one.
[[nodiscard]] std::span<const ScheduleEntry> schedule_catalog();
[[nodiscard]] const ScheduleEntry* find_schedule(std::string_view name);  // nullptr when unknown

// A schedule with its values, ready for use; by itself the constant one.
class Schedule {
 public:
  Schedule();

  // Unknown names (listing the known ones) and bad values are refused with a sentence. No values at all means the
  // defaults.
  [[nodiscard]] static core::Result<Schedule> make(std::string_view name, std::span<const double> values);

  // The factor on the base learning rate in step t of a run of total_steps; both are taken as at least 1.
  [[nodiscard]] double scale(std::int64_t t, std::int64_t total_steps) const;

  [[nodiscard]] const ScheduleInfo& info() const { return entry_->info; }
  [[nodiscard]] std::span<const double> values() const { return values_; }

 private:
  const ScheduleEntry* entry_;
  std::vector<double> values_;
};

}  // namespace descent::optim
