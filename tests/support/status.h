// SPDX-License-Identifier: MIT
// Tells what a call answered, as text: a refusal's sentence, and whether a sentence has a part.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace descent::testing {

inline std::string message(const core::Status& status) {
  return status.ok() ? std::string() : status.message();
}
inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace descent::testing
