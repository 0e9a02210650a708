// SPDX-License-Identifier: MIT
#include "engine/core/param_spec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "engine/core/fill.h"
#include "engine/core/shortest_decimal.h"

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
  std::string text = std::signbit(value) ? "-" : "";
  const double size = std::abs(value);
  if (std::floor(size) == size && size < kAllWhole) return text + std::to_string(static_cast<std::uint64_t>(size));
  const ShortestDecimal decimal = shortest_decimal(size);
  const std::string digits = std::to_string(decimal.digits);
  const int count = static_cast<int>(digits.size());
  const int exponent = decimal.exponent + count - 1;  // of the first digit
  // Whichever is shorter, as std::to_chars does it: "0.0001", but "1e-05".
  const int scientific = (count > 1 ? count + 1 : count) + (std::abs(exponent) < 100 ? 4 : 5);
  const int plain =
      exponent < 0 ? count - exponent + 1 : std::max(exponent + 1, count + (exponent + 1 < count ? 1 : 0));
  if (plain > scientific) {
    text += digits;
    if (count > 1) text.insert(text.size() - digits.size() + 1, ".");
    const std::string power = std::to_string(std::abs(exponent));
    return text + (exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
  }
  if (exponent < 0) return text + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (decimal.exponent < 0) return (text + digits).insert(text.size() + static_cast<std::size_t>(exponent) + 1, ".");
  std::array<char, 32> whole{};  // a number from 2^53 to below 10^21, with all its digits
  std::snprintf(whole.data(), whole.size(), "%.0f", size);
  return text + whole.data();
}

}  // namespace descent::core
