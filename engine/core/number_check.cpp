// SPDX-License-Identifier: MIT
#include "engine/core/number_check.h"

#include "engine/core/number_text.h"
#include "engine/core/rng.h"

namespace descent::core {

Error range_error(std::string_view name, const FillValue& value, const FillValue& low, const FillValue& high) {
  return Error{fill("{} is {}; it must be between {} and {}", name, value, low, high)};
}

Status check_whole(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return range_error(name, value, grouped(low), grouped(high));
}

Status check_positive(std::string_view name, std::int64_t value) {
  if (value >= 1) return {};
  return Error{fill("{} is {}; it must be at least 1", name, value)};
}

Status check_seed(std::uint64_t seed) {
  static_assert(kMaxSeed == (std::uint64_t{1} << 53) - 1, "the sentence names the limit");
  if (seed <= kMaxSeed) return {};
  return Error{fill("seed is {}; it must be below 2^53", seed)};
}

Status check_hyperparameter(std::string_view owner, std::span<const ParamSpec> specs, int index) {
  if (index >= 0 && index < static_cast<int>(specs.size())) return {};
  return Error{fill("{}: hyper-parameter {} does not exist; it has {}", owner, index, specs.size())};
}

}  // namespace descent::core
