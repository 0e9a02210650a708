// SPDX-License-Identifier: MIT
#include "engine/core/param_spec.h"

#include <array>
#include <charconv>
#include <cmath>

namespace descent::core {
namespace {

constexpr double kAllWhole = 9007199254740992.0;  // 2^53: below it doubles hold every whole number

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
  const std::string range = "between " + format_number(spec.minimum) + " and " + format_number(spec.maximum);
  return spec.kind == ParamKind::integer ? "a whole number " + range : range;
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
  return Error{std::string(owner) + ": " + std::string(spec.name) + " is " + format_number(value) + "; it must be " +
               limits(spec)};
}

Status check_params(std::string_view owner, std::span<const ParamSpec> specs, std::span<const double> values) {
  if (values.size() != specs.size())
    return Error{std::string(owner) + ": the number of values is " + std::to_string(values.size()) + "; it must be " +
                 std::to_string(specs.size())};
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
    if (index < 0)
      return Error{std::string(owner) + ": there is no parameter '" + entry.name + "'; " + known_names(specs)};
    const auto i = static_cast<std::size_t>(index);
    if (seen[i]) return Error{std::string(owner) + ": " + entry.name + " is given twice"};
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
