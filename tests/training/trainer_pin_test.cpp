// SPDX-License-Identifier: MIT
// Checks what the trainer says beside a pin: which unit and weight its answer is of, where their weights are, and what
// a push really does.
#include <cmath>
#include <cstddef>

#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

TEST_CASE("pin: a unit's weights are found again as weights, at their elements") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  trainer->look({.test_index = 3, .deltas = true, .unit = training::UnitPlace{0, {2, 3, 1}}});
  const training::TrainerSnapshot seen = snapshot_of(*trainer);
  REQUIRE(seen.inspection.unit.has_value());
  CHECK(seen.inspection.unit_place == training::UnitPlace{0, {2, 3, 1}});
  CHECK(seen.inspection.unit_parameter == "0.weight");
  const inspect::TermList& inputs = seen.inspection.unit->inputs;
  REQUIRE(seen.inspection.unit_weights.size() == inputs.terms.size());
  for (std::size_t i = 0; i < inputs.terms.size(); i += 4) {
    const auto weight = trainer->weight({.test_index = 3}, {"0.weight", seen.inspection.unit_weights[i]});
    REQUIRE(weight.ok());
    CHECK(weight->value == inputs.derivatives[i]);
    REQUIRE(weight->element.size() == 4);
    CHECK(weight->element[0] == 1);  // the unit's channel
  }
}

// The pushed image may leave 0 … 1, so that no call takes it; what the push was made for has to be seen in the answer.
TEST_CASE("pin: what the push really does is told, and nothing else changes with it") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 5);
  trainer->look({.test_index = 3});
  const training::Inspection plain = snapshot_of(*trainer).inspection;
  CHECK(plain.pushed_probabilities.empty());
  trainer->look({.test_index = 3, .jacobian = true});
  const training::Inspection seen = snapshot_of(*trainer).inspection;
  CHECK(seen.probabilities == plain.probabilities);
  REQUIRE(seen.jacobian.has_value());
  REQUIRE(seen.jacobian->push_class >= 0);
  REQUIRE(seen.pushed_probabilities.size() == seen.probabilities.size());
  const auto wanted = static_cast<std::size_t>(seen.jacobian->push_class);
  CHECK(seen.pushed_probabilities[wanted] > seen.probabilities[wanted]);
  double sum = 0;
  for (const float p : seen.pushed_probabilities) sum += static_cast<double>(p);
  CHECK(std::abs(sum - 1) < 1e-5);
}

}  // namespace
}  // namespace descent::testing
