// SPDX-License-Identifier: MIT
// ParamSpec: one number that a person may set (a hyper-parameter, a parameter of a surface or of a layer), declared
// once. Sliders, share link, help texts, the scripting interface and the generic tests all read the same declaration.
// Values travel as std::vector<double> in the order of the specs.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace descent::core {

enum class ParamScale { linear, log };
enum class ParamKind { real, integer };

struct ParamSpec {
  std::string_view name;  // lower snake case, as in the scripting interface
  double default_value = 0;
  double minimum = 0;  // hard limits: values outside are refused with a sentence
  double maximum = 1;
  ParamScale scale = ParamScale::linear;
  std::string_view doc;  // one or two sentences: what it does and why one would touch it
  ParamKind kind = ParamKind::real;
  double slider_minimum = minimum;  // the range a slider offers; inside the hard limits
  double slider_maximum = maximum;
  bool slider_follows = false;  // its values may have any size: the slider's range follows the value
};

struct NamedValue {
  std::string name;
  double value = 0;
};

[[nodiscard]] std::vector<double> default_values(std::span<const ParamSpec> specs);

// Index of `name` in `specs`, or -1.
[[nodiscard]] int find_param(std::span<const ParamSpec> specs, std::string_view name);

// An empty Status when `value` is finite, within the limits and (for integers) whole; else a sentence such as
// "adam: learning_rate is -0.1; it must be between 0 and 1000". `owner` names what the parameter belongs to.
[[nodiscard]] Status check_param(std::string_view owner, const ParamSpec& spec, double value);

// check_param for every value, in the order of the specs; also refuses a wrong number of values.
[[nodiscard]] Status check_params(std::string_view owner, std::span<const ParamSpec> specs,
                                  std::span<const double> values);

// Defaults overridden by `given`; refuses unknown names (listing the known ones), doubles and bad values.
[[nodiscard]] Result<std::vector<double>> resolve_params(std::string_view owner, std::span<const ParamSpec> specs,
                                                         std::span<const NamedValue> given);

// Shortest text that reads back as the same double ("0.1", "1e-08"), whole numbers below 2^53 with all their digits
// ("100000"); "NaN", "Infinity" for those.
[[nodiscard]] std::string format_number(double value);

}  // namespace descent::core
