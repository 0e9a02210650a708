// SPDX-License-Identifier: MIT
#include "web/model/network/terms.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::web {
namespace {

constexpr float kLeastRange = 1e-30f;

struct Place {
  int y = 0, x = 0, channel = 0;
};

Place place_of(const nn::Shape& map, std::int64_t unit) {
  const std::int64_t at = unit / map.channels;
  return {static_cast<int>(at / map.width), static_cast<int>(at % map.width), static_cast<int>(unit % map.channels)};
}

}  // namespace

TermSum sum_terms(std::span<const float> terms, std::size_t most) {
  TermSum result;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    result.sum += static_cast<double>(terms[i]);
    if (terms[i] == 0)
      ++result.zeros;
    else
      order.push_back(i);
  }
  const std::size_t named = std::min(most, order.size());
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(named);
  std::partial_sort(order.begin(), middle, order.end(), [&](std::size_t a, std::size_t b) {
    const float of_a = std::fabs(terms[a]), of_b = std::fabs(terms[b]);
    return of_a != of_b ? of_a > of_b : a < b;
  });
  result.rest = order.size() - named;
  for (auto i = middle; i != order.end(); ++i) result.rest_sum += static_cast<double>(terms[*i]);
  order.resize(named);
  result.largest = std::move(order);
  return result;
}

TermPatch patch_of(const inspect::TermList& list, const nn::Shape& map) {
  TermPatch patch;
  if (list.units.empty()) {
    patch.shape = {0, 0, 0};
    return patch;
  }
  constexpr int kMost = std::numeric_limits<int>::max();
  Place low{kMost, kMost, kMost}, high;
  for (const std::int64_t unit : list.units) {
    const Place at = place_of(map, unit);
    low = {std::min(low.y, at.y), std::min(low.x, at.x), std::min(low.channel, at.channel)};
    high = {std::max(high.y, at.y), std::max(high.x, at.x), std::max(high.channel, at.channel)};
  }
  patch.shape = {high.y - low.y + 1, high.x - low.x + 1, high.channel - low.channel + 1};
  patch.y = low.y;
  patch.x = low.x;
  patch.channel = low.channel;
  const auto size = static_cast<std::size_t>(patch.shape.size());
  const float none = std::numeric_limits<float>::quiet_NaN();
  patch.values.assign(size, none);
  patch.derivatives.assign(size, none);
  patch.terms.assign(size, none);
  patch.index.assign(size, -1);
  for (std::size_t i = 0; i < list.units.size(); ++i) {
    const Place at = place_of(map, list.units[i]);
    const std::int64_t cell = (std::int64_t{at.y - low.y} * patch.shape.width + (at.x - low.x)) * patch.shape.channels +
                              (at.channel - low.channel);
    const auto k = static_cast<std::size_t>(cell);
    patch.values[k] = list.values[i];
    patch.derivatives[k] = list.derivatives[i];
    patch.terms[k] = list.terms[i];
    patch.index[k] = static_cast<std::int64_t>(i);
  }
  return patch;
}

CellRange range_of(std::span<const float> values, bool has_sign) {
  float low = 0, high = 0;
  for (const float value : values) {
    if (!(std::fabs(value) < std::numeric_limits<float>::infinity())) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!has_sign) return {low, std::max(high, low + kLeastRange)};
  const float most = std::max({-low, high, kLeastRange});
  return {-most, most};
}

}  // namespace descent::web
