// SPDX-License-Identifier: MIT
// Trainer: what the network says of the whole test set, in slices beside everything else. While it trains and somebody
// looks, the next answers begin when the last ones are done; those of a script wait for them.
#include <utility>

#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

using View = std::shared_ptr<const AnswerView>;

void settle(std::vector<Trainer::AnswersDone> asked, const core::Result<View>& result) {
  for (const Trainer::AnswersDone& done : asked) done(result);
}

}  // namespace

void Trainer::Impl::everything_changed() {
  views_stale = true;
  ++changes;
}

void Trainer::Impl::begin_answers() {
  std::vector<Trainer::AnswersDone> asked = std::exchange(answers_asked, {});
  if (answers_known() && answers.view) return settle(std::move(asked), answers.view);
  const auto refuse = [&](const std::string& why) {
    answers = {};
    answers.refusal = why;
    answers_changes = changes;
    answers_step = step;
    settle(std::move(asked), core::Error{why});
  };
  if (!split) return refuse("there is no test set yet; load a data set first");
  auto begun = inspect::Answers::start(*network, std::shared_ptr<const data::Dataset>(split, &split->test), layout,
                                       split->test.size());
  if (!begun.ok()) return refuse(begun.message());
  answering.emplace(AnswerWork{std::move(begun).value(), changes, step, split, layout, std::move(asked)});
}

void Trainer::Impl::go_on_answering() {
  if (!answering && wants_answers()) begin_answers();
  if (!answering || answering->answers.advance(*pool, study_slice())) return;
  auto view = std::make_shared<AnswerView>();
  view->step = answering->step;
  view->split = answering->split;
  view->layout = answering->layout;
  view->table = answering->answers.table();
  view->confusion = inspect::confusion(view->table);
  view->calibration = inspect::calibration(view->table);
  const std::vector<Trainer::AnswersDone> asked = std::move(answering->done);
  if (answering->changes == changes) {
    answers = {};
    answers.view = view;
    answers_changes = answering->changes;
    answers_step = answering->step;
  }
  answering.reset();
  settle(asked, View(view));
}

// Answers of another network, or to other data, are not shown.
void Trainer::Impl::show_answers() {
  if (answers_changes != changes) answers = {};
  const bool ours = answering && answering->changes == changes;
  answers.images = ours ? answering->answers.images() : 0;
  answers.images_done = ours ? answering->answers.images_done() : 0;
}

void Trainer::answers(AnswersDone done) {
  impl_->answers_asked.push_back(std::move(done));
}

}  // namespace descent::training
