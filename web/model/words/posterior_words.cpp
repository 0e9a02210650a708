// SPDX-License-Identifier: MIT
#include "web/model/words/posterior_words.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/words/answer_words.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using training::PosteriorAnswer;
using training::PosteriorMethod;

constexpr std::array<std::string_view, training::kPosteriorMethods> kNames{"Laplace", "MALA", "Dropout"};

const PosteriorAnswer* answer_by(const training::PosteriorsShown& shown, PosteriorMethod method) {
  return shown[static_cast<std::size_t>(method)].answer.get();
}

}  // namespace

std::string share_text(double share) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.1f %%", 100 * share);
  return text.data();
}

std::string class_sentence(const training::PosteriorsShown& shown, std::int32_t label, std::size_t k) {
  std::string text = core::fill("Class {}", label);
  std::string_view before = ": ";
  const auto add = [&](const std::string& part) {
    text += before;
    text += part;
    before = "; ";
  };
  if (const PosteriorAnswer* laplace = answer_by(shown, PosteriorMethod::laplace)) {
    add(core::fill("the network {}", share_text(static_cast<double>(laplace->network[k]))));
    add(core::fill("the mean of the drawn networks {}, {} of {} votes", share_text(laplace->votes.mean[k]),
                   core::grouped(laplace->votes.counts[k]), core::grouped(laplace->votes.samples)));
  }
  for (const PosteriorMethod method : {PosteriorMethod::mala, PosteriorMethod::dropout})
    if (const PosteriorAnswer* other = answer_by(shown, method))
      add(core::fill("{} {}", kNames[static_cast<std::size_t>(method)], share_text(other->votes.mean[k])));
  return text + ".";
}

std::string prior_sentence(const PosteriorAnswer& answer, bool own) {
  return core::fill("The same as a weight decay of {}.{}", core::short_number(answer.weight_decay),
                    own ? " So the prior is as wide as the weights are themselves." : "");
}

std::string total_sentence(const PosteriorAnswer& answer) {
  const inspect::Votes& votes = answer.votes;
  if (answer.method == PosteriorMethod::laplace)
    return core::fill("{} networks together leave {} bits open, of at most {}.", core::grouped(votes.samples),
                      bits_text(votes.entropy), core::short_number(std::log2(static_cast<double>(votes.mean.size()))));
  std::string text =
      core::fill("{}: {} bits = {} within + {} between.", kNames[static_cast<std::size_t>(answer.method)],
                 bits_text(votes.entropy), bits_text(votes.within), bits_text(votes.between));
  if (!std::isnan(answer.acceptance))
    text += core::fill(" {} of its proposals were taken.", percent(answer.acceptance));
  return text + core::fill(" {} s.", core::short_number(answer.seconds));
}

std::string within_sentence(const inspect::Votes& votes) {
  return core::fill("{} bits within each network: the ink is ambiguous.", bits_text(votes.within));
}

std::string between_sentence(const inspect::Votes& votes) {
  return core::fill("{} bits between them: the networks disagree, which more training images would settle.",
                    bits_text(votes.between));
}

std::string posterior_caption(const PosteriorAnswer& answer) {
  return core::fill(
      "The last layer alone is drawn, from a Gaussian round its weights of step {}, with all covariances; the layers "
      "before it stay. All {} training images: {} s once for these weights, {} s for this answer.",
      core::grouped(answer.step), core::grouped(answer.images), core::short_number(answer.curvature_seconds),
      core::short_number(answer.seconds));
}

}  // namespace descent::web
