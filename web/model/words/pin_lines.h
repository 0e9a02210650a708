// SPDX-License-Identifier: MIT
// PinLines are what is said of something pinned, line by line; each line is found by its name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace descent::web {

struct PinLine {
  std::string name;  // "term 1", "weight step"
  std::string text;
  std::optional<double> value;
  std::optional<std::int64_t> weight;  // in torch's order, of Inspection::unit_parameter: pinned when it is pressed
  std::string place{};                 // what the line is about, behind its text or below it
};

// A number with its label, one of a row.
struct PinNumber {
  std::string label;
  double value = 0;
};

}  // namespace descent::web
