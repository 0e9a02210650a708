// SPDX-License-Identifier: MIT
// Seeded random formulas: bytes, damaged words and well-formed ones. None may crash or run on; all keep what
// formula_checks.h asks. The same checks run under libFuzzer in tests/fuzz.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "tests/autodiff/formula_checks.h"
#include "tests/autodiff/random_formulas.h"
#include "tests/support/bytes.h"

using namespace descent;

TEST_CASE("random bytes are refused with a sentence or mean something") {
  core::Rng rng(1);
  for (int i = 0; i < 3000; ++i) {
    const test::Bytes bytes = test::random_bytes(rng, rng.below(60));
    const std::string text(bytes.begin(), bytes.end());
    REQUIRE_MESSAGE(test::what_is_wrong_with(text).empty(), text, ": ", test::what_is_wrong_with(text));
  }
}

TEST_CASE("random words of the grammar") {
  core::Rng rng(2);
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = test::formula_of_words(test::random_bytes(rng, 1 + rng.below(12)));
    REQUIRE_MESSAGE(test::what_is_wrong_with(text).empty(), text, ": ", test::what_is_wrong_with(text));
    accepted += autodiff::Expression::parse(text).ok() ? 1 : 0;
  }
  CHECK(accepted > 200);
}

TEST_CASE("well-formed random formulas are accepted, and all modes agree on them") {
  core::Rng rng(3);
  int finite = 0;
  for (int i = 0; i < 4000; ++i) {
    const test::Bytes bytes = test::random_bytes(rng, 40);
    const std::string text = test::FormulaWriter(bytes).formula();
    const auto expression = autodiff::Expression::parse(text);
    REQUIRE_MESSAGE((expression.ok() || text.size() > autodiff::kMaxExpressionLength), text);
    REQUIRE_MESSAGE(test::what_is_wrong_with(text).empty(), text, ": ", test::what_is_wrong_with(text));
    if (!expression.ok()) continue;
    const std::vector<double> parameters(expression->parameters().size(), 1.5);
    const auto graph = autodiff::make_graph(*expression, parameters, {0.4, 0.7});
    if (!std::isfinite(graph.value) || !(std::abs(graph.forward[0]) < 1e6) || !(std::abs(graph.forward[1]) < 1e6))
      continue;
    ++finite;
    const double disagreement = autodiff::mode_disagreement(graph);
    REQUIRE_MESSAGE((disagreement <= 1e-9 || std::isnan(disagreement)), text, ": ", disagreement);
  }
  CHECK(finite > 1000);
}

TEST_CASE("long texts of one word") {
  for (const char* word :
       {"(", "-", "sin(", "x", "1", "x+", "x^", "²", "x,", "min(", "π", ")", "x(", "1e", "\xF0\x9F"}) {
    std::string text;
    while (text.size() < 70000) text += word;
    for (const std::size_t size : {std::size_t{100}, std::size_t{4096}, std::size_t{4097}, text.size()}) {
      CAPTURE(word);
      CHECK(test::what_is_wrong_with(text.substr(0, size)) == "");
    }
  }
}
