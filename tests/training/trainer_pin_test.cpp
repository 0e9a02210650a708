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

// The weights before the step come back for it, and go again without a trace.
TEST_CASE("pin: the images of the newest step's batch, once for all digits, and the run's bits stay the same") {
  const auto trainer = small_trainer(), other = small_trainer();
  train_steps(*trainer, 3);
  train_steps(*other, 3);
  trainer->look({.test_index = 3, .deltas = true, .weight = training::WeightPlace{"0.weight", 4}});
  const training::Inspection first = snapshot_of(*trainer).inspection;
  REQUIRE(first.weight.has_value());
  CHECK(first.weight->plane.size() == 9);
  CHECK(first.weight->batch.gradients.empty());  // the weight itself is there at once
  REQUIRE(trainer->busy());
  run_until_idle(*trainer);
  const training::Inspection seen = snapshot_of(*trainer).inspection;
  const training::BatchImages& batch = seen.weight->batch;
  REQUIRE(batch.gradients.size() == 32);
  CHECK(batch.images.size() == 32);
  CHECK(batch.pixels.size() == 32 * 784);
  double mean = 0, sizes = 0;
  for (std::size_t i = 0; i < batch.gradients.size(); ++i) {
    mean += static_cast<double>(batch.gradients[i]) / 32;
    sizes += std::abs(static_cast<double>(batch.gradients[i])) / 32;
    CHECK(batch.labels[i] == small_split()->train.labels[batch.images[i]]);
    CHECK(batch.pixels[i * 784 + 400] == small_split()->train.image(batch.images[i])[400]);
  }
  CHECK(std::abs(mean - seen.weight->batch_gradient) < 1e-5 * sizes);
  const auto asked = trainer->weight({.test_index = 5}, {"0.weight", 4});
  REQUIRE(asked.ok());
  CHECK(asked->batch.gradients == batch.gradients);
  trainer->look({.test_index = 4, .deltas = true, .weight = training::WeightPlace{"0.weight", 4}});
  CHECK(snapshot_of(*trainer).inspection.weight->batch.gradients == batch.gradients);
  CHECK_FALSE(trainer->busy());
  train_steps(*trainer, 2);
  train_steps(*other, 2);
  CHECK(hash_of_weights(*trainer) == hash_of_weights(*other));
  CHECK(snapshot_of(*trainer).inspection.weight->batch.images != batch.images);
  trainer->reset();
  CHECK(snapshot_of(*trainer).inspection.weight->batch.images.empty());
}

TEST_CASE("pin: ink on a pixel changes the logits as a pass of the changed image does") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 5);
  std::vector<float> image(784, 0.25F);
  trainer->look({.image = image, .jacobian = true});
  CHECK_FALSE(snapshot_of(*trainer).inspection.ink.has_value());
  trainer->look({.image = image, .jacobian = true, .pixel = 300, .ink = 0.5});
  const training::Inspection seen = snapshot_of(*trainer).inspection;
  REQUIRE(seen.ink.has_value());
  CHECK(seen.ink->pixel == 300);
  image[300] = 0.75F;
  const auto changed = trainer->explain({.image = image});
  REQUIRE(changed.ok());
  CHECK(seen.ink->logits == changed->layers.back().output);
  // Where so little ink switches nothing over, the network is straight.
  trainer->look({.image = std::vector<float>(784, 0.25F), .jacobian = true, .pixel = 300, .ink = 1e-3});
  const training::Inspection small = snapshot_of(*trainer).inspection;
  REQUIRE(small.ink->switches == 0);
  for (std::size_t c = 0; c < 10; ++c) {
    const double actual =
        static_cast<double>(small.ink->logits[c]) - static_cast<double>(small.layers.back().values[c]);
    CHECK(std::abs(actual - 1e-3 * static_cast<double>(small.jacobian->matrix[c * 784 + 300])) < 2e-6);
  }
}

}  // namespace
}  // namespace descent::testing
