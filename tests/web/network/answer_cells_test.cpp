// SPDX-License-Identifier: MIT
// The images behind a cell of the confusion matrix, its colours, a digit at another temperature, and what is said of
// them.
#include "web/model/network/answer_cells.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "tests/support/close.h"
#include "web/model/words/prediction_words.h"

namespace descent::testing {
namespace {

// Six images of three classes; two are answered wrongly, number 4 at the higher cost.
training::AnswerView some_view() {
  training::AnswerView view;
  view.step = 1200;
  view.table = {
      .classes = 3, .logits = {2, 0, 0, 1, 0, 0, 0, 3, 0, 0, 2, 1, 5, 0, 0, 0, 0, 4}, .labels = {0, 0, 1, 2, 2, 2}};
  view.confusion = inspect::confusion(view.table);
  view.calibration = inspect::calibration(view.table);
  return view;
}

TEST_CASE("answer cells: mistakes come by their cost, right answers in the set's order, at most so many") {
  const training::AnswerView view = some_view();
  CHECK(web::images_of(view, -1, -1, 10).images == std::vector<std::int32_t>{4, 3});
  CHECK(web::images_of(view, 2, 1, 10).images == std::vector<std::int32_t>{3});
  CHECK(web::images_of(view, 0, 0, 10).images == std::vector<std::int32_t>{0, 1});
  CHECK(web::images_of(view, 1, 0, 10).total == 0);
  const web::CellImages few = web::images_of(view, -1, -1, 1);
  CHECK(few.images == std::vector<std::int32_t>{4});
  CHECK(few.total == 2);
}

TEST_CASE("answer cells: the diagonal and what never happens have no colour") {
  inspect::Confusion confusion{.classes = 2, .matrix = {90, 7, 0, 80}};
  const std::vector<float> shades = web::cell_shades(confusion);
  CHECK(std::isnan(shades[0]));
  CHECK(shades[1] == 1);
  CHECK(std::isnan(shades[2]));
  CHECK(std::isnan(shades[3]));
}

TEST_CASE("answer cells: a high temperature makes all classes alike, a low one a single class sure") {
  const std::vector<float> logits{1, 3, 2};
  const std::vector<float> plain = web::softened(logits, 1);
  CHECK(close(static_cast<double>(plain[1]), std::exp(2.0) / (1 + std::exp(2.0) + std::exp(1.0)), 1e-6, 0));
  CHECK(close(std::accumulate(plain.begin(), plain.end(), 0.0), 1, 1e-6, 0));
  CHECK(web::softened(logits, 0.05)[1] > 0.99999F);
  CHECK(web::softened(logits, 20)[1] < 0.36F);
}

TEST_CASE("prediction words: every number is that of the figures") {
  const training::AnswerView view = some_view();
  const std::vector<std::int32_t> labels{4, 5, 9};
  CHECK(web::answers_caption(view) == "All 6 test images, with the weights of step 1,200.");
  CHECK(web::cell_sentence(view.confusion, labels, 2, 1) == "Label 9, read as 5: 1 of 3 images, 33 %.");
  CHECK(web::information_sentence(view.confusion) ==
        "4 of 6 are right. The answer tells 0.667 bits of the label, of at most 1.58.");
  CHECK(web::temperature_sentence(view.calibration).find("No answer changes.") != std::string::npos);
}

}  // namespace
}  // namespace descent::testing
