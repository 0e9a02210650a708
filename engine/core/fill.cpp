// SPDX-License-Identifier: MIT
#include "engine/core/fill.h"

namespace descent::core {

std::string fill_values(std::string_view pattern, std::span<const FillValue> values) {
  std::size_t size = pattern.size();
  for (const FillValue& value : values) size += value.text().size();
  std::string sentence;
  sentence.reserve(size);
  std::size_t next = 0;
  while (!pattern.empty()) {
    const std::size_t hole = pattern.find('{');
    sentence += pattern.substr(0, hole);
    if (hole == std::string_view::npos) break;
    pattern.remove_prefix(hole + 1);
    if (pattern.starts_with('{')) {
      sentence += '{';
      pattern.remove_prefix(1);
      continue;
    }
    const std::size_t place =
        pattern.starts_with('}') || pattern.empty() ? next++ : static_cast<std::size_t>(pattern[0] - '0');
    if (place < values.size()) sentence += values[place].text();
    const std::size_t end = pattern.find('}');
    pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
  }
  return sentence;
}

}  // namespace descent::core
