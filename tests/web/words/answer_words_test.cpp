// SPDX-License-Identifier: MIT
// Checks what the page says of the network's answer.
#include "web/model/words/answer_words.h"

#include <doctest/doctest.h>

namespace descent::testing {
namespace {

training::TrainerSnapshot answered(std::vector<float> probabilities, int label) {
  training::TrainerSnapshot trainer;
  trainer.learned = true;
  for (std::size_t i = 0; i < probabilities.size(); ++i)
    trainer.class_labels.push_back(static_cast<std::int32_t>(10 + i));
  trainer.inspection.probabilities = std::move(probabilities);
  trainer.inspection.label = label;
  return trainer;
}

TEST_CASE("answer: right, wrong, unsure, one's own digit, nothing learned, nothing there") {
  CHECK(web::answer_sentence(answered({0.05f, 0.9f, 0.05f}, 1)) == "Reads 11, 90 % · label 11 ✓");
  CHECK(web::answer_sentence(answered({0.05f, 0.9f, 0.05f}, 2)) == "Reads 11, 90 % · label 12 ✗");
  CHECK(web::answer_sentence(answered({0.35f, 0.25f, 0.4f}, -1)) == "Not sure: perhaps 12, 40 %");
  CHECK(web::answer_sentence(answered({0.0001f, 0.99985f, 0.00005f}, -1)) == "Reads 11, >99.9 %");
  training::TrainerSnapshot fresh = answered({0.5f, 0.5f}, 0);
  fresh.learned = false;
  CHECK(web::answer_sentence(fresh) == "It has not learned yet: press Train.");
  CHECK(web::answer_sentence({}).empty());
}

TEST_CASE("bits: entropy and surprise") {
  CHECK(web::bits_sentence(std::vector(4, 0.25f), 2) ==
        "The answer leaves 2 bits open, of at most 2. The label surprises by 2 bits.");
  CHECK(web::bits_sentence(std::vector{1.0f, 0.0f, 0.0f, 0.0f}, -1) == "The answer leaves 0 bits open, of at most 2.");
  CHECK(web::bits_sentence(std::vector{0.9999999f, 0.0000001f}, 0) ==
        "The answer leaves less than 0.001 bits open, of at most 1. The label surprises by less than 0.001 bits.");
}

}  // namespace
}  // namespace descent::testing
