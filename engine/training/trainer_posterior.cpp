// SPDX-License-Identifier: MIT
// Trainer: how sure the network is of one image, for scripts and for the lens (studies/posterior_study.h). The lens is
// answered about weights that stand: what takes two seconds of all threads would be about weights long gone.
#include <algorithm>
#include <utility>

#include "engine/training/studies/posterior_study.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
namespace {

constexpr std::string_view kScript = "posterior";
constexpr std::array<std::string_view, kPosteriorMethods> kLens{"posterior, lens", "MALA, lens", "dropout, lens"};

}  // namespace

core::Result<std::unique_ptr<Study>> Trainer::Impl::posterior_study(std::string_view kind, const Trainer::Digit& digit,
                                                                    const PosteriorSettings& settings,
                                                                    PosteriorDone done) {
  auto image = image_of(digit);
  if (!image.ok()) return image.error();
  PosteriorStudy::Question question{.kind = kind, .settings = settings, .step = step, .image = std::move(*image)};
  question.done = std::move(done);
  if (settings.method == PosteriorMethod::dropout) {
    auto dropout = inspect::DropoutVotes::start(*network, question.image, settings.samples, settings.seed);
    if (!dropout.ok()) return dropout.error();
    question.dropout.emplace(std::move(dropout).value());
  } else {
    if (!ground_holds()) {
      if (!split) return core::Error{"there is no training set yet; load a data set first"};
      auto curvature = inspect::Curvature::start(*network, std::shared_ptr<const data::Dataset>(split, &split->train),
                                                 layout, split->train.size());
      if (!curvature.ok()) return curvature.error();
      ground = std::make_shared<PosteriorGround>(PosteriorGround{
          .changes = changes, .step = step, .curvature = std::make_shared<inspect::Curvature>(std::move(*curvature))});
    }
    question.ground = ground;
  }
  return std::unique_ptr<Study>(std::make_unique<PosteriorStudy>(std::move(question)));
}

bool Trainer::Impl::ground_holds() const {
  return ground && ground->changes == changes && ground->step == step;
}

// posterior_wish() is asked for the lens by this method now; nothing where that is not wished for.
std::optional<PosteriorAsked> Trainer::Impl::posterior_wish(PosteriorMethod method) const {
  if (!wish.posterior) return {};
  if (method == PosteriorMethod::mala && !wish.posterior->mala) return {};
  const bool dropout = method == PosteriorMethod::dropout;
  if (dropout && !inspect::has_dropout(network->spec())) return {};
  return PosteriorAsked{changes, step, wish.own_image() ? -1 : wish.test_index, wish.image,
                        dropout ? 0 : wish.posterior->precision};
}

bool Trainer::Impl::wants_posterior() const {
  if (active()) return false;
  for (std::size_t m = 0; m < kPosteriorMethods; ++m)
    if (const auto wanted = posterior_wish(static_cast<PosteriorMethod>(m)); wanted && posteriors[m].asked != wanted)
      return true;
  return false;
}

// The approximation goes on to its end while the digit or the prior changes, so that it follows a hand; a chain does
// not.
void Trainer::Impl::go_on_with_posterior() {
  if (!ground_holds()) ground.reset();
  for (std::size_t m = 0; m < kPosteriorMethods; ++m) {
    const auto method = static_cast<PosteriorMethod>(m);
    PosteriorSlot& slot = posteriors[m];
    const auto wanted = posterior_wish(method);
    if (slot.under_way && (!wanted || wanted->changes != slot.asked->changes || wanted->step != slot.asked->step ||
                           (method == PosteriorMethod::mala && wanted != slot.asked))) {
      studies.erase(find_study(kLens[m]));
      slot.under_way = false;
      slot.asked.reset();
    }
    if (!wanted || active() || slot.under_way || slot.asked == wanted) continue;
    slot.asked = wanted;
    const auto done = [&slot](core::Result<PosteriorAnswer> answer) {
      slot.under_way = false;
      slot.answered = slot.asked;
      slot.answer = answer.ok() ? std::make_shared<const PosteriorAnswer>(std::move(*answer)) : nullptr;
      slot.refusal = slot.answer ? std::string() : answer.message();
    };
    auto begun = posterior_study(kLens[m], {.test_index = wanted->test_index, .image = wanted->image, .label = {}},
                                 {.method = method, .precision = wanted->precision}, done);
    if (!begun.ok()) {
      done(begun.error());
      continue;
    }
    slot.under_way = true;
    begin_study(std::move(*begun));
  }
}

// Nothing of another network, other data or another digit.
void Trainer::Impl::show_posterior(PosteriorsShown& shown) const {
  for (std::size_t m = 0; m < kPosteriorMethods; ++m) {
    const PosteriorSlot& slot = posteriors[m];
    PosteriorShown& part = shown[m];
    const auto wanted = posterior_wish(static_cast<PosteriorMethod>(m));
    part = {.under_way = slot.under_way};
    if (slot.under_way)
      for (const auto& one : studies)
        if (one->kind() == kLens[m]) part.progress = static_cast<const PosteriorStudy&>(*one).progress();
    if (!wanted || !slot.answered || slot.answered->changes != wanted->changes ||
        slot.answered->test_index != wanted->test_index || slot.answered->image != wanted->image)
      continue;
    part.answer = slot.answer;
    part.refusal = slot.refusal;
  }
}

void Trainer::posterior(const Digit& digit, const PosteriorSettings& settings, PosteriorDone done) {
  auto study = impl_->posterior_study(kScript, digit, settings, done);
  if (!study.ok()) return done(study.error());
  impl_->begin_study(std::move(*study));
}

}  // namespace descent::training
