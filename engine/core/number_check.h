// SPDX-License-Identifier: MIT
// Checks of numbers that come from outside, and the words in which they are refused: each sentence stands here once,
// whoever checks. Parameters that are described by a ParamSpec are checked in param_spec.h.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/fill.h"
#include "engine/core/param_spec.h"
#include "engine/core/result.h"

namespace descent::core {

// "noise is -1; it must be between 0 and 1,000,000": for numbers whose digits the caller chooses.
[[nodiscard]] Error range_error(std::string_view name, const FillValue& value, const FillValue& low,
                                const FillValue& high);

// A whole number from low to high: "steps is 0; it must be between 1 and 100,000".
[[nodiscard]] Status check_whole(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high);

// A count that has no upper limit: "step: n is 0; it must be at least 1".
[[nodiscard]] Status check_positive(std::string_view name, std::int64_t value);

// A seed of random numbers, up to kMaxSeed (rng.h): "seed is 9007199254740992; it must be below 2^53".
[[nodiscard]] Status check_seed(std::uint64_t seed);

// The index of a hyper-parameter: "adam: hyper-parameter 7 does not exist; it has 4". `owner` names the optimizer.
[[nodiscard]] Status check_hyperparameter(std::string_view owner, std::span<const ParamSpec> specs, int index);

}  // namespace descent::core
