// SPDX-License-Identifier: MIT
// Numbers for sentences, see sentence_numbers.h.
#include "engine/core/sentence_numbers.h"

namespace descent::core {

std::string grouped(std::int64_t value) {
  std::string text = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3;) {
    i -= 3;
    text.insert(i, ",");
  }
  return text;
}

}  // namespace descent::core
