// SPDX-License-Identifier: MIT
// The terms of a unit's sum as people look at them: the largest of them and the rest together, and all of them as a
// patch of the map that they come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/inspect/unit.h"
#include "engine/nn/spec.h"

namespace descent::web {

struct TermSum {
  std::vector<std::size_t> largest;  // indices into the list, by size, the largest first
  std::size_t rest = 0;              // how many terms that are not 0 there are beside those
  double rest_sum = 0;
  std::size_t zeros = 0;
  double sum = 0;  // of all
};
// At most `most` are named; terms of 0 never are.
[[nodiscard]] TermSum sum_terms(std::span<const float> terms, std::size_t most);

// The part of a map that the terms come from. Arrays are (shape.size()), channels innermost, NaN where there is no
// term.
struct TermPatch {
  nn::Shape shape;
  int y = 0, x = 0, channel = 0;  // where in the map it begins
  std::vector<float> values, derivatives, terms;
  std::vector<std::int64_t> index;  // into the list; -1: none
};
// map: the shape that the list's units count in; a flattened one counts as the map that it was made of.
[[nodiscard]] TermPatch patch_of(const inspect::TermList& list, const nn::Shape& map);

// A CellRange says between which values a picture of cells has its colours: signed ones the same to both sides of 0,
// others from 0, or their least value where that is below. NaN counts for nothing; `high` is always above `low`.
struct CellRange {
  float low = 0, high = 0;
};
[[nodiscard]] CellRange range_of(std::span<const float> values, bool has_sign);

}  // namespace descent::web
