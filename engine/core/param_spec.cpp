// SPDX-License-Identifier: MIT
#include "engine/core/param_spec.h"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/core/fill.h"

namespace descent::core {
namespace {

constexpr double kAllWhole = 9007199254740992.0;  // 2^53: below this limit doubles hold every whole number

std::string known_names(std::span<const ParamSpec> specs) {
  if (specs.empty()) return "it takes no parameters";
  std::string list = "known are ";
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (i > 0) list += ", ";
    list += specs[i].name;
  }
  return list;
}

std::string limits(const ParamSpec& spec) {
  const std::string low = format_number(spec.minimum), high = format_number(spec.maximum);
  return spec.kind == ParamKind::integer ? fill("a whole number between {} and {}", low, high)
                                         : fill("between {} and {}", low, high);
}

}  // namespace

std::vector<double> default_values(std::span<const ParamSpec> specs) {
  std::vector<double> values;
  values.reserve(specs.size());
  for (const ParamSpec& spec : specs) values.push_back(spec.default_value);
  return values;
}

int find_param(std::span<const ParamSpec> specs, std::string_view name) {
  for (std::size_t i = 0; i < specs.size(); ++i)
    if (specs[i].name == name) return static_cast<int>(i);
  return -1;
}

Status check_param(std::string_view owner, const ParamSpec& spec, double value) {
  const bool whole = spec.kind != ParamKind::integer || std::floor(value) == value;
  if (std::isfinite(value) && value >= spec.minimum && value <= spec.maximum && whole) return {};
  return Error{fill("{}: {} is {}; it must be {}", owner, spec.name, format_number(value), limits(spec))};
}

Status check_params(std::string_view owner, std::span<const ParamSpec> specs, std::span<const double> values) {
  if (values.size() != specs.size())
    return Error{fill("{}: the number of values is {}; it must be {}", owner, values.size(), specs.size())};
  for (std::size_t i = 0; i < specs.size(); ++i)
    if (Status status = check_param(owner, specs[i], values[i]); !status.ok()) return status;
  return {};
}

Result<std::vector<double>> resolve_params(std::string_view owner, std::span<const ParamSpec> specs,
                                           std::span<const NamedValue> given) {
  std::vector<double> values = default_values(specs);
  std::vector<bool> seen(specs.size(), false);
  for (const NamedValue& entry : given) {
    const int index = find_param(specs, entry.name);
    if (index < 0) return Error{fill("{}: there is no parameter '{}'; {}", owner, entry.name, known_names(specs))};
    const auto i = static_cast<std::size_t>(index);
    if (seen[i]) return Error{fill("{}: {} is given twice", owner, entry.name)};
    if (const Status status = check_param(owner, specs[i], entry.value); !status.ok()) return status.error();
    seen[i] = true;
    values[i] = entry.value;
  }
  return values;
}

std::string format_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  std::array<char, 32> text{};
  char* const last = text.data() + text.size();
  const bool whole = std::floor(value) == value && std::abs(value) < kAllWhole;
  const auto [end, code] = whole ? std::to_chars(text.data(), last, value, std::chars_format::fixed)
                                 : std::to_chars(text.data(), last, value);
  return {text.data(), end};
}

}  // namespace descent::core
