// SPDX-License-Identifier: MIT
// The trainer and the whole test set: the answers of its weights, for calls and for the lens, beside training
// and never at the cost of the run's bits; nothing of another run or of other data stays.
#include <algorithm>
#include <optional>

#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerSnapshot;
using View = std::shared_ptr<const training::AnswerView>;

Trainer::AnswersDone keep(View& view) {
  return [&view](const core::Result<View>& result) {
    REQUIRE(result.ok());
    view = *result;
  };
}

// The answers to all test images, one prediction after the other.
std::vector<std::uint16_t> predicted(Trainer& trainer) {
  const auto split = small_split();
  std::vector<std::uint16_t> answers;
  std::vector<float> image(split->test.image_size());
  for (std::int64_t i = 0; i < split->test.size(); ++i) {
    data::read_image(split->test, data::Layout::upright, i, image);
    const auto p = trainer.predict(image);
    REQUIRE(p.ok());
    answers.push_back(static_cast<std::uint16_t>(std::max_element(p->begin(), p->end()) - p->begin()));
  }
  return answers;
}

TEST_CASE("answers: those of the weights, and known until the weights change") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 30);
  View view, again, later;
  trainer->answers(keep(view));
  CHECK(trainer->busy());
  run_until_idle(*trainer);
  REQUIRE(view != nullptr);
  CHECK(view->step == 30);
  CHECK(view->table.labels == small_split()->test.labels);
  CHECK(view->confusion.answered == predicted(*trainer));
  trainer->answers(keep(again));
  run_until_idle(*trainer);
  CHECK(again == view);
  train_steps(*trainer, 1);
  trainer->answers(keep(later));
  run_until_idle(*trainer);
  CHECK(later->step == 31);
  CHECK(later->table.logits != view->table.logits);
}

TEST_CASE("answers: a run ends at the same bits with and without them, and they follow it") {
  const auto plain = small_trainer();
  train_steps(*plain, 40);
  const auto watched = small_trainer();
  watched->look({.answers = true});
  TrainerSnapshot snapshot;
  REQUIRE(watched->train_steps(40).ok());
  std::int64_t seen = -1;
  while (watched->busy()) {
    watched->advance(0);
    watched->publish(snapshot);
    if (snapshot.answers.view) seen = snapshot.answers.view->step;
  }
  CHECK(hash_of_run(*plain) == hash_of_run(*watched));
  CHECK(seen == 40);
  CHECK(snapshot.answers.view->confusion.answered == predicted(*watched));
  CHECK(snapshot.answers.images == 0);
}

TEST_CASE("answers: nothing is computed that nobody wishes for, and nothing of another run is shown") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).answers.view == nullptr);
  trainer->look({.answers = true});
  CHECK(trainer->busy());
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).answers.view != nullptr);
  trainer->reset();
  const TrainerSnapshot begun = snapshot_of(*trainer);
  CHECK(begun.answers.view == nullptr);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).answers.view->step == 0);
  // Other first weights at the same step are other weights.
  const std::vector<float> before = snapshot_of(*trainer).answers.view->table.logits;
  training::TrainerConfig config = small_config();
  config.seed = 77;
  REQUIRE(trainer->configure(config).ok());
  CHECK(snapshot_of(*trainer).answers.view == nullptr);
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).answers.view->table.logits != before);
}

TEST_CASE("answers: without data there are none, with a sentence") {
  Trainer trainer;
  REQUIRE(trainer.configure(small_config()).ok());
  std::string why;
  trainer.answers([&](const core::Result<View>& result) { why = result.message(); });
  run_until_idle(trainer);
  CHECK(contains(why, "no test set yet"));
  trainer.look({.answers = true});
  run_until_idle(trainer);
  CHECK(contains(snapshot_of(trainer).answers.refusal, "no test set yet"));
  REQUIRE(trainer.load(small_split()).ok());
  run_until_idle(trainer);
  CHECK(snapshot_of(trainer).answers.refusal.empty());
  CHECK(snapshot_of(trainer).answers.view != nullptr);
}

}  // namespace
}  // namespace descent::testing
