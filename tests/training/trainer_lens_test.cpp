// SPDX-License-Identifier: MIT
// Checks what the trainer shows of its network: nothing unless it is wished for, the same as the calls answer, and
// never at the cost of the run's bits.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/support/close.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::LensWish;
using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;

LensWish everything() {
  return {.test_index = 3,
          .deltas = true,
          .jacobian = true,
          .unit = training::UnitPlace{0, {2, 3, 1}},
          .weight = training::WeightPlace{"0.weight", 5},
          .spectra = true,
          .matrix = "0.weight"};
}

TEST_CASE("lens: a run ends at the same bits with and without lenses and calls") {
  const auto plain = small_trainer();
  train_steps(*plain, 12);
  const auto watched = small_trainer();
  watched->look(everything());
  for (int i = 0; i < 4; ++i) {
    train_steps(*watched, 3);
    static_cast<void>(snapshot_of(*watched));
    CHECK(watched->explain({.test_index = i}).ok());
    CHECK(watched->weight({.test_index = i}, {"0.weight", i}).ok());
    CHECK(watched->jacobian({.test_index = i}).ok());
    CHECK(watched->spectrum({}).ok());
  }
  CHECK(hash_of_run(*plain) == hash_of_run(*watched));
}

TEST_CASE("lens: nothing is computed that nobody wishes for") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  REQUIRE(!snapshot.inspection.layers.empty());
  for (const training::LayerActivation& layer : snapshot.inspection.layers) CHECK(layer.delta.empty());
  CHECK_FALSE(snapshot.inspection.unit.has_value());
  CHECK_FALSE(snapshot.inspection.weight.has_value());
  CHECK_FALSE(snapshot.inspection.jacobian.has_value());
  CHECK(snapshot.matrices.history.empty());
  trainer->look(everything());
  trainer->publish(snapshot);
  for (const training::LayerActivation& layer : snapshot.inspection.layers)
    CHECK(layer.delta.size() == layer.values.size());
  CHECK(snapshot.inspection.unit.has_value());
  CHECK(snapshot.inspection.weight.has_value());
  CHECK(snapshot.inspection.jacobian.has_value());
  CHECK(snapshot.matrices.history.size() == 2);
  CHECK(snapshot.matrices.values.size() ==
        static_cast<std::size_t>(std::accumulate(snapshot.matrices.shape.begin(), snapshot.matrices.shape.end(),
                                                 std::int64_t{1}, std::multiplies<>())));
}

TEST_CASE("lens: the snapshot shows what the calls answer") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 3);
  trainer->look(everything());
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  const Trainer::Digit digit{.test_index = 3};
  const auto all = trainer->explain(digit);
  REQUIRE(all.ok());
  CHECK(all->loss == snapshot.inspection.loss);
  CHECK(all->probabilities == snapshot.inspection.probabilities);
  for (std::size_t i = 0; i < all->layers.size(); ++i) {
    CHECK(all->layers[i].output == snapshot.inspection.layers[i].values);
    CHECK(all->layers[i].delta == snapshot.inspection.layers[i].delta);
  }
  const auto weight = trainer->weight(digit, {"0.weight", 5});
  REQUIRE(weight.ok());
  CHECK(weight->terms == snapshot.inspection.weight->terms);
  CHECK(weight->step == snapshot.inspection.weight->step);
}

TEST_CASE("lens: a weight's way to the step is Adam's arithmetic") {
  TrainerConfig config = small_config();
  config.optimizer = "adam";
  config.hyperparameters = {0.01, 0.9, 0.999, 1e-7, 0, 1};
  const auto trainer = small_trainer(config);
  const auto fresh = trainer->weight({.test_index = 0}, {"0.weight", 0});
  REQUIRE(fresh.ok());
  CHECK_FALSE(fresh->stepped);
  train_steps(*trainer, 1);
  const auto weight = trainer->weight({.test_index = 0}, {"0.weight", 0});
  REQUIRE(weight.ok());
  REQUIRE(weight->stepped);
  REQUIRE(weight->memory.size() == 2);
  const double g = weight->batch_gradient;
  CHECK(close(weight->memory[0].value, 0.1 * g, 1e-5, 1e-12).ok);
  CHECK(close(weight->memory[1].value, 0.001 * g * g, 1e-4, 1e-15).ok);
  // In the first step m̂ = g and v̂ = g².
  if (std::abs(g) > 1e-5) CHECK(close(weight->step, -0.01 * g / std::abs(g), 1e-2, 0).ok);
}

TEST_CASE("lens: what does not fit is said, and the rest is still shown") {
  const auto trainer = small_trainer();
  trainer->look({.deltas = true, .weight = training::WeightPlace{"99.weight", 0}});
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(contains(snapshot.inspection.pin_refusal, "99.weight"));
  CHECK(!snapshot.inspection.layers.empty());
  CHECK(contains(trainer->explain({.test_index = 100000}).message(), "no test image 100000"));
  CHECK(contains(trainer->explain({.image = std::vector<float>(3)}).message(),
                 "image: 3 numbers given; an image has 784"));
  CHECK(contains(trainer->explain({.test_index = 0, .label = 77}).message(), "label is 77"));
  CHECK_FALSE(trainer->spectrum("0.bias").ok());
}

TEST_CASE("lens: accuracy at every rank, beside training, of the weights at the call") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 20);
  const auto spectrum = trainer->spectrum({});
  REQUIRE(spectrum.ok());
  const inspect::Spectrum& last = spectrum->back();
  std::optional<inspect::RankCurve> idle, beside;
  const auto keep = [](std::optional<inspect::RankCurve>& curve) {
    return [&curve](core::Result<inspect::RankCurve> result) {
      REQUIRE(result.ok());
      curve = std::move(result).value();
    };
  };
  trainer->ranks(last.parameter, 0, keep(idle));
  CHECK(trainer->busy());
  run_until_idle(*trainer);
  REQUIRE(idle.has_value());
  CHECK(idle->accuracy.size() == last.singular_values.size());
  trainer->ranks(last.parameter, 0, keep(beside));
  REQUIRE(trainer->train_steps(40).ok());
  run_until_idle(*trainer);
  REQUIRE(beside.has_value());
  CHECK(beside->accuracy == idle->accuracy);
  CHECK(beside->loss == idle->loss);
  // A second call takes the first one's place, which hears of it.
  std::string refused;
  trainer->ranks(last.parameter, 0, [&](core::Result<inspect::RankCurve> result) { refused = result.message(); });
  trainer->ranks(last.parameter, 10, keep(beside));
  CHECK(contains(refused, "took its place"));
  run_until_idle(*trainer);
  trainer->ranks("0.bias", 0, [&](core::Result<inspect::RankCurve> result) { refused = result.message(); });
  CHECK(contains(refused, "0.bias"));
}

TEST_CASE("lens: the snapshot shows a study as it grows, and a digit read at a rank as the study counts it") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 20);
  constexpr std::int64_t kImages = 20;
  const auto spectra = trainer->spectrum({});
  REQUIRE(spectra.ok());
  const std::string parameter = spectra->back().parameter;
  std::optional<inspect::RankCurve> curve;
  trainer->ranks(parameter, kImages, [&](core::Result<inspect::RankCurve> result) {
    REQUIRE(result.ok());
    curve = std::move(result).value();
  });
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  REQUIRE(snapshot.matrices.ranks.has_value());
  CHECK(snapshot.matrices.ranks->under_way);
  run_until_idle(*trainer);
  trainer->publish(snapshot);
  const training::RankView& view = *snapshot.matrices.ranks;
  CHECK_FALSE(view.under_way);
  CHECK(view.parameter == parameter);
  CHECK(view.step == 20);
  CHECK(view.images_done == kImages);
  CHECK(view.curve.accuracy == curve->accuracy);
  const auto ranks = static_cast<int>(curve->accuracy.size());
  for (const int rank : {1, 2, ranks}) {
    int correct = 0;
    for (std::int64_t i = 0; i < kImages; ++i) {
      trainer->look({.test_index = i, .matrix = parameter, .rank = rank});
      trainer->publish(snapshot);
      const std::vector<float>& read = snapshot.inspection.rank_probabilities;
      REQUIRE(read.size() == snapshot.inspection.probabilities.size());
      const auto best = std::max_element(read.begin(), read.end()) - read.begin();
      correct += best == snapshot.inspection.label ? 1 : 0;
      if (rank == ranks) CHECK(read == snapshot.inspection.probabilities);
    }
    CHECK(close(static_cast<double>(correct) / kImages, curve->accuracy[static_cast<std::size_t>(rank - 1)], 0, 1e-9));
  }
  trainer->ranks("0.bias", 0, [](const core::Result<inspect::RankCurve>&) {});
  trainer->publish(snapshot);
  CHECK(contains(snapshot.matrices.ranks->refusal, "0.bias"));
  // All that is known of a run's weights ends with it.
  trainer->reset();
  trainer->publish(snapshot);
  CHECK_FALSE(snapshot.matrices.ranks.has_value());
}

TEST_CASE("lens: an image of one's own is judged by the class that was meant, else by the answer") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 20);
  std::vector<float> image(small_split()->test.image_size());
  data::read_image(small_split()->test, data::Layout::upright, 5, image);
  trainer->look({.image = image});
  const training::Inspection plain = snapshot_of(*trainer).inspection;
  const auto best = std::max_element(plain.probabilities.begin(), plain.probabilities.end());
  CHECK(plain.label == -1);
  CHECK(plain.judged == best - plain.probabilities.begin());
  const int meant = (plain.judged + 1) % 10;
  trainer->look({.image = image, .label = meant});
  const training::Inspection judged = snapshot_of(*trainer).inspection;
  CHECK(judged.label == meant);
  CHECK(judged.judged == meant);
  CHECK(close(judged.loss, -std::log(static_cast<double>(plain.probabilities[static_cast<std::size_t>(meant)])), 1e-4,
              0));
  CHECK(judged.loss > plain.loss);
  // A test image has a label of its own.
  trainer->look({.test_index = 5, .label = meant});
  CHECK(snapshot_of(*trainer).inspection.label == small_split()->test.labels[5]);
}

TEST_CASE("lens: the history of the spectra begins with the first weights and is never longer than it may be") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  trainer->look({.spectra = true});
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  REQUIRE(snapshot.matrices.history.size() == 2);
  CHECK(snapshot.matrices.history[0].step == 0);
  CHECK(snapshot.matrices.history[1].step == 2);
  for (int i = 0; i < 100; ++i) {
    train_steps(*trainer, 1);
    trainer->publish(snapshot);
    CHECK(snapshot.matrices.history.size() <= training::kMaxSpectra);
  }
  CHECK(snapshot.matrices.history.front().step == 0);
  CHECK(snapshot.matrices.history.back().step == 102);
  trainer->reset();
  train_steps(*trainer, 1);
  trainer->publish(snapshot);
  CHECK(snapshot.matrices.history.size() == 2);
}

}  // namespace
}  // namespace descent::testing
