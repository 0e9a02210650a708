// SPDX-License-Identifier: MIT
// Says what the runs of a race are called, the one place where names are formed: the optimizer's title, of a branch
// also where it left, of runs that share those what differs between them, and a number where nothing does: "Adam",
// "Adam, rate 0.3", "Adam from step 120", "Adam from step 120 (2)". A name is unique in its race.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "engine/race/race.h"

namespace descent::race {

struct RunnerName {
  std::string title;         // of the optimizer
  std::string origin;        // " from step 120 (2)", ", rate 0.3"; empty where the title is enough
  std::string short_origin;  // " from 120 (2)"
  std::string difference;    // "rate 0.3" where all runs of the race are of this optimizer and differ; else empty
  std::string item;          // what scripts find its controls by: "adam", "adam 2", …

  [[nodiscard]] std::string full() const { return title + origin; }
  [[nodiscard]] std::string brief() const { return difference.empty() ? title + short_origin : difference; }
  // The end of brief() that tells runs apart.
  [[nodiscard]] const std::string& brief_end() const { return difference.empty() ? short_origin : difference; }
};

// "Gradient descent" for gradient_descent; the name itself when unknown.
[[nodiscard]] std::string optimizer_title(std::string_view name);

// by_number: what differs is not named, for a class that is to find it out: "Adam (2)".
enum class Naming { by_difference, by_number };

// The name of the run at `index`.
[[nodiscard]] RunnerName runner_name(std::span<const RunnerConfig> runners, std::size_t index,
                                     Naming naming = Naming::by_difference);
[[nodiscard]] RunnerName runner_name(const RaceSnapshot& race, std::size_t index,
                                     Naming naming = Naming::by_difference);

}  // namespace descent::race
