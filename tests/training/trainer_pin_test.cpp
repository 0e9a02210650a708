// SPDX-License-Identifier: MIT
// What the trainer says beside a pin: which unit and weight its answer is of, where their weights are, and what a push
// really does.
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

TEST_CASE("pin: what the push really does is a pass of the pushed image") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 5);
  trainer->look({.test_index = 3, .jacobian = true});
  const training::Inspection seen = snapshot_of(*trainer).inspection;
  REQUIRE(seen.jacobian.has_value());
  REQUIRE(seen.jacobian->push_class >= 0);
  std::vector<float> pushed = seen.image;
  for (std::size_t i = 0; i < pushed.size(); ++i) pushed[i] += seen.jacobian->push[i];
  trainer->look({.image = pushed});
  CHECK(snapshot_of(*trainer).inspection.probabilities == seen.pushed_probabilities);
}

}  // namespace
}  // namespace descent::testing
