// SPDX-License-Identifier: MIT
// Says how long the records of a race's runs may become, so that they fit into the page's memory together.
#pragma once

#include <cstddef>
#include <cstdint>

namespace descent::race {

// The records of a race may take this many bytes together. What is shown has copies of points and losses, up to as much
// again: 512 MB have room for all of it beside a data set.
inline constexpr std::int64_t kRecordBytes = 96000000;

// Steps that each of `runs` may record when one takes so many bytes: 1 … kMaxRaceSteps.
[[nodiscard]] std::int64_t most_steps(std::size_t runs, std::size_t bytes_per_step);

}  // namespace descent::race
