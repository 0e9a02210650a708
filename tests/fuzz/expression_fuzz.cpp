// SPDX-License-Identifier: MIT
// libFuzzer's entry for formulas: the bytes as text, as words of the grammar and as a well-formed formula. Built and
// run by `./descent test --long`; a text that breaks a rule aborts, and libFuzzer keeps it.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "tests/autodiff/formula_checks.h"
#include "tests/autodiff/random_formulas.h"

namespace {

void check(const std::string& text) {
  const std::string wrong = descent::test::what_is_wrong_with(text);
  if (wrong.empty()) return;
  std::fprintf(stderr, "%s: %s\n", text.c_str(), wrong.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  check(std::string(bytes.begin(), bytes.end()));
  check(descent::test::formula_of_words(bytes));
  check(descent::test::FormulaWriter(bytes).formula());
  return 0;
}
