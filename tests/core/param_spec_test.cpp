// SPDX-License-Identifier: MIT
// ParamSpec: defaults, limits, whole numbers, unknown and doubled names, and the sentences a person gets for them.
#include "engine/core/param_spec.h"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/rng.h"

using namespace descent::core;

namespace {

constexpr std::array kSpecs{
    ParamSpec{.name = "rate", .default_value = 0.1, .minimum = 0, .maximum = 1000, .doc = "Rate."},
    ParamSpec{
        .name = "count", .default_value = 3, .minimum = 1, .maximum = 20, .doc = "Count.", .kind = ParamKind::integer},
};

std::string message_of(const Status& status) {
  return status.ok() ? std::string() : status.message();
}

using Values = std::vector<NamedValue>;

std::string message_of(const Values& given) {
  const auto resolved = resolve_params("thing", kSpecs, given);
  return resolved.ok() ? std::string() : resolved.message();
}

}  // namespace

TEST_CASE("defaults and look-up") {
  CHECK(default_values(kSpecs) == std::vector{0.1, 3.0});
  CHECK(find_param(kSpecs, "count") == 1);
  CHECK(find_param(kSpecs, "Count") == -1);
  CHECK(kSpecs[0].slider_maximum == 1000);  // the hard limits unless said otherwise
}

TEST_CASE("limits are inclusive; what lies outside is refused with a sentence") {
  CHECK(check_param("thing", kSpecs[0], 0).ok());
  CHECK(check_param("thing", kSpecs[0], 1000).ok());
  CHECK(message_of(check_param("thing", kSpecs[0], -0.5)) == "thing: rate is -0.5; it must be between 0 and 1000");
  CHECK(message_of(check_param("thing", kSpecs[0], std::nextafter(1000, 2000))) ==
        "thing: rate is 1000.0000000000001; it must be between 0 and 1000");
  CHECK(message_of(check_param("thing", kSpecs[0], std::nan(""))) ==
        "thing: rate is NaN; it must be between 0 and 1000");
  CHECK(message_of(check_param("thing", kSpecs[0], -HUGE_VAL)) ==
        "thing: rate is -Infinity; it must be between 0 and 1000");
  CHECK(message_of(check_param("thing", kSpecs[1], 2.5)) ==
        "thing: count is 2.5; it must be a whole number between 1 and 20");
}

TEST_CASE("all values at once: their number and each of them") {
  CHECK(check_params("thing", kSpecs, std::array{1.0, 2.0}).ok());
  CHECK(message_of(check_params("thing", kSpecs, std::array{1.0})) == "thing: the number of values is 1; it must be 2");
  CHECK(message_of(check_params("thing", kSpecs, std::array{1.0, 0.0})) ==
        "thing: count is 0; it must be a whole number between 1 and 20");
}

TEST_CASE("named values override the defaults; unknown, doubled and bad ones are refused") {
  const auto resolved = resolve_params("thing", kSpecs, std::vector<NamedValue>{{"count", 7}});
  REQUIRE(resolved.ok());
  CHECK(resolved.value() == std::vector{0.1, 7.0});
  CHECK(message_of(Values{{"cuont", 7}}) == "thing: there is no parameter 'cuont'; known are rate, count");
  CHECK(message_of(Values{{"count", 7}, {"count", 8}}) == "thing: count is given twice");
  CHECK(message_of(Values{{"rate", -1}}) == "thing: rate is -1; it must be between 0 and 1000");
  const auto none = resolve_params("thing", {}, std::vector<NamedValue>{{"x", 1}});
  REQUIRE_FALSE(none.ok());
  CHECK(none.message() == "thing: there is no parameter 'x'; it takes no parameters");
}

TEST_CASE("numbers are written short and read back the same") {
  CHECK(format_number(0.1) == "0.1");
  CHECK(format_number(1e-8) == "1e-08");
  CHECK(format_number(-0.0) == "-0");
  CHECK(format_number(1.0 / 3) == "0.3333333333333333");
  CHECK(format_number(HUGE_VAL) == "Infinity");
  CHECK(format_number(1e5) == "100000");
  CHECK(format_number(-2e9) == "-2000000000");
  CHECK(format_number(9007199254740991.0) == "9007199254740991");
  CHECK(format_number(1e16) == "1e+16");
  CHECK(format_number(0.5e-4) == "5e-05");
  for (const double value : {1e300, 1e15, 1e22, 5e-324, 123456.789, -2.5, std::numeric_limits<double>::max()})
    CHECK(std::strtod(format_number(value).c_str(), nullptr) == value);
}

TEST_CASE("numbers are written as the standard library writes them") {
  const auto check = [](double value) {
    std::array<char, 64> text{};
    const auto [end, code] = std::to_chars(text.data(), text.data() + text.size(), value);
    CHECK(format_number(value) == std::string(text.data(), end));
  };
  // Around powers of two, where doubles are denser on one side, and of ten; and any.
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    for (const double value : {power, -3 * power, std::nextafter(power, 0), std::nextafter(power, 1e308)})
      if (std::isfinite(value) && std::floor(value) != value) check(value);
  }
  for (int exponent = -30; exponent < 0; ++exponent)
    for (int factor = 1; factor < 30; factor += 2) check(factor * std::pow(10, exponent));
  Rng rng(7);
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<double>(rng.next());
    if (std::isfinite(value) && std::floor(value) != value) check(value);
  }
  for (const double whole : {9007199254740992.0, 1e17, 123456789012345680000.0, 3e20, 1e21, 1.5e300}) check(whole);
}
