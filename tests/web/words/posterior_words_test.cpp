// SPDX-License-Identifier: MIT
// The sentences about networks that vote.
#include "web/model/words/posterior_words.h"

#include <doctest/doctest.h>

#include <memory>

namespace descent::testing {
namespace {

using training::PosteriorAnswer;
using training::PosteriorMethod;

PosteriorAnswer laplace() {
  return {.step = 1200,
          .votes = {.samples = 1000,
                    .mean = {0.75, 0.25},
                    .entropy = 0.8113,
                    .within = 0.5,
                    .between = 0.3113,
                    .counts = {800, 200}},
          .precision = 30,
          .weight_decay = 0.0005,
          .images = 60000,
          .network = {0.9F, 0.1F},
          .curvature_seconds = 1.5,
          .seconds = 0.1};
}

TEST_CASE("posterior words: votes, prior, bits and what is left out") {
  const PosteriorAnswer answer = laplace();
  PosteriorAnswer chain = laplace();
  chain.method = PosteriorMethod::mala;
  chain.acceptance = 0.57;
  training::PosteriorsShown shown;
  shown[0].answer = std::make_shared<const PosteriorAnswer>(answer);
  CHECK(web::class_sentence(shown, 7, 0) ==
        "Class 7: the network 90.0 %; the mean of the drawn networks 75.0 %, 800 of 1,000 votes.");
  shown[1].answer = std::make_shared<const PosteriorAnswer>(chain);
  CHECK(web::class_sentence(shown, 7, 1) ==
        "Class 7: the network 10.0 %; the mean of the drawn networks 25.0 %, 200 of 1,000 votes; MALA 25.0 %.");
  CHECK(web::prior_sentence(answer, false) == "The same as a weight decay of 0.0005.");
  CHECK(web::prior_sentence(answer, true) != web::prior_sentence(answer, false));
  CHECK(web::total_sentence(answer) == "1,000 networks together leave 0.811 bits open, of at most 1.");
  CHECK(web::total_sentence(chain).find("57 % of its proposals were taken.") != std::string::npos);
  CHECK(web::within_sentence(answer.votes).rfind("0.5 bits within", 0) == 0);
  CHECK(web::between_sentence(answer.votes).rfind("0.311 bits between", 0) == 0);
  CHECK(web::posterior_caption(answer).find("All 60,000 training images: 1.5 s once") != std::string::npos);
}

}  // namespace
}  // namespace descent::testing
