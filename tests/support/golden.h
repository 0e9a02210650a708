// SPDX-License-Identifier: MIT
// load_golden("optimizers.json"): a fixture of reference numbers from tests/golden/ (DESCENT_TEST_DATA). A file that is
// missing or is no JSON fails the running test case by name and yields a null value; nothing throws.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace descent::testing {

using Json = nlohmann::json;

inline std::string read_golden_text(const std::string& name) {
  std::ifstream file(std::string(DESCENT_TEST_DATA) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Json load_golden(const std::string& name) {
  Json json = Json::parse(read_golden_text(name), nullptr, false);
  CHECK_MESSAGE(!json.is_discarded(), "fixture ", name, " is missing or is no JSON");
  return json.is_discarded() ? Json() : json;
}

}  // namespace descent::testing
