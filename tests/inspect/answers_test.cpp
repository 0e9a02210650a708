// SPDX-License-Identifier: MIT
// Confusion and calibration against NumPy's counts (golden/answers.json, make_answers.py says what it holds); the
// table of answers against the network's own evaluation; slices, threads, and answers that say nothing.
#include "engine/inspect/answers/answers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/inspect/answers/calibration.h"
#include "engine/inspect/answers/confusion.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/inspect_arrays.h"
#include "tests/support/random_dataset.h"

using namespace descent;
using testing::close;
using testing::formula_array;

namespace {

inspect::AnswerTable table_of(const testing::Json& golden) {
  const int images = golden["images"], classes = golden["classes"];
  const double scale = golden["scale"];
  inspect::AnswerTable table{.classes = classes};
  const std::vector<float> first = formula_array<float>(std::int64_t{images} * classes, 0, 1, 7);
  const std::vector<float> second = formula_array<float>(std::int64_t{images} * classes, 0, 1, 11);
  std::vector<float> noisy;
  for (std::size_t i = 0; i < first.size(); ++i) {
    table.logits.push_back(static_cast<float>(scale * static_cast<double>(first[i])));
    noisy.push_back(
        static_cast<float>(static_cast<double>(table.logits[i]) / scale * 3 + 0.6 * static_cast<double>(second[i])));
  }
  for (auto row = noisy.begin(); row != noisy.end(); row += classes)
    table.labels.push_back(static_cast<std::uint16_t>(std::max_element(row, row + classes) - row));
  return table;
}

void check_score(const inspect::CalibrationScore& score, const testing::Json& ece, const testing::Json& nll) {
  CHECK(close(score.ece, ece, 1e-10, 1e-14));
  CHECK(close(score.nll, nll, 1e-10, 0));
}

constexpr int kImages = 71;  // no whole number of blocks

inspect::AnswerTable answers(const nn::Network<float>& network, std::shared_ptr<const data::Dataset> dataset,
                             std::int64_t images, int threads, double seconds) {
  parallel::ThreadPool pool(threads);
  auto work = inspect::Answers::start(network, std::move(dataset), data::Layout::upright, images);
  REQUIRE(work.ok());
  std::int64_t done = 0;
  while (work->advance(pool, seconds)) {
    CHECK(work->images_done() > done);
    done = work->images_done();
  }
  CHECK(work->images_done() == images);
  return work->table();
}

}  // namespace

TEST_CASE("answers: the confusion matrix, its information and the costliest mistakes are NumPy's") {
  for (const testing::Json& golden : testing::load_golden("answers.json")) {
    const inspect::Confusion found = inspect::confusion(table_of(golden));
    const auto classes = static_cast<std::size_t>(found.classes);
    for (std::size_t i = 0; i < classes * classes; ++i)
      CHECK(found.matrix[i] == golden["confusion"][i / classes][i % classes].get<int>());
    CHECK(close(found.mutual_information, golden["mutual_information"], 1e-10, 0));
    REQUIRE(found.costliest.size() == golden["wrong"].get<std::size_t>());
    for (std::size_t i = 0; i < golden["costliest"].size(); ++i) {
      CHECK(found.costliest[i] == golden["costliest"][i].get<int>());
      CHECK(close(found.losses[i], golden["losses"][i], 1e-10, 0));
    }
  }
}

TEST_CASE("answers: bins, calibration error, loss and the fitted temperature are NumPy's") {
  for (const testing::Json& golden : testing::load_golden("answers.json")) {
    const inspect::AnswerTable table = table_of(golden);
    for (const auto& [temperature, expected] : golden["temperatures"].items()) {
      CAPTURE(temperature);
      const inspect::Calibration found = inspect::calibration(table, inspect::kDefaultBins, std::stod(temperature));
      for (std::size_t b = 0; b < found.bins.size(); ++b) {
        CHECK(close(found.bins[b].confidence, expected["bins"][b][0], 1e-10, 0));
        CHECK(close(found.bins[b].accuracy, expected["bins"][b][1], 1e-10, 0));
        CHECK(found.bins[b].count == expected["bins"][b][2].get<std::int64_t>());
      }
      check_score(found.all, expected["ece"], expected["nll"]);
      // The choice of the temperature does not depend on the one that is asked for.
      CHECK(close(found.fitted_temperature, golden["fitted_temperature"], 1e-9, 0));
      check_score(found.judged, golden["judged_ece"], golden["judged_nll"]);
      check_score(found.fitted, golden["fitted_ece"], golden["fitted_nll"]);
    }
    // Negative control: another label, another figure.
    inspect::AnswerTable other = table;
    other.labels[1] = static_cast<std::uint16_t>((other.labels[1] + 1) % other.classes);
    CHECK_FALSE(close(inspect::calibration(other).all.nll, golden["temperatures"]["1"]["nll"], 1e-10, 0));
  }
}

TEST_CASE("answers: those that are all right ask for the lowest temperature, those of chance for the highest") {
  inspect::AnswerTable table{.classes = 2, .logits = {}, .labels = {}};
  for (int i = 0; i < 40; ++i) {
    const bool one = i % 3 == 0;
    table.logits.insert(table.logits.end(), {one ? 0.0F : 1.0F, one ? 1.0F : 0.0F});
    table.labels.push_back(one ? 1 : 0);
  }
  const inspect::Calibration sure = inspect::calibration(table);
  CHECK(sure.fitted_temperature == inspect::kLowestTemperature);
  CHECK(sure.fitted.nll < 1e-12);
  CHECK(inspect::confusion(table).costliest.empty());
  // 14 of 40 in one class: its entropy, for the answer tells all of the label.
  const double p = 14.0 / 40;
  CHECK(close(inspect::confusion(table).mutual_information, -p * std::log2(p) - (1 - p) * std::log2(1 - p), 1e-12, 0));
  for (std::size_t i = 0; i < table.labels.size(); ++i) table.labels[i] = static_cast<std::uint16_t>(i / 2 % 2);
  const inspect::Calibration lost = inspect::calibration(table);
  CHECK(lost.fitted.nll < lost.judged.nll);
  CHECK(close(lost.fitted.nll, std::log(2.0), 0.01, 0));
}

TEST_CASE("answers: logits that are no numbers leave every image counted") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const inspect::AnswerTable table{.classes = 3, .logits = {nan, nan, nan, 1, 2, 0, 0, 1, 2}, .labels = {1, 1, 0}};
  const inspect::Confusion found = inspect::confusion(table);
  CHECK(found.costliest == std::vector<std::int32_t>{0, 2});
  CHECK(std::isinf(found.losses[0]));
  std::int64_t count = 0;
  for (const inspect::CalibrationBin& bin : inspect::calibration(table).bins) count += bin.count;
  CHECK(count == 3);
}

TEST_CASE("answers: the table holds the logits of the network's evaluation, to the bit") {
  auto network = testing::build<float>(testing::mixed_network(0.5), 5);
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  const inspect::AnswerTable found = answers(network, dataset, kImages, 2, 0.001);
  std::vector<float> images(dataset->images.size());
  data::to_floats(dataset->images, images);
  parallel::ThreadPool pool(1);
  const nn::BatchLoss plain = network.evaluate(images, dataset->labels, {}, pool);
  const std::span<const float> logits = std::as_const(network).logits();
  CHECK(std::equal(logits.begin(), logits.end(), found.logits.begin(), found.logits.end()));
  CHECK(found.labels == dataset->labels);
  const inspect::Confusion confusion = inspect::confusion(found);
  std::int64_t right = 0;
  for (int c = 0; c < found.classes; ++c) right += confusion.count(c, c);
  CHECK(right == plain.correct);
  CHECK(close(inspect::calibration(found).all.nll, plain.loss, 1e-6, 0));
}

TEST_CASE("answers: threads and slices make no difference to a bit, and the first images are the first rows") {
  const auto network = testing::build<float>(testing::mixed_network(0), 5);
  const auto dataset = testing::random_dataset(network.spec(), network.classes(), kImages);
  const inspect::AnswerTable one = answers(network, dataset, kImages, 1, 1e-9);
  CHECK(one.logits == answers(network, dataset, kImages, 3, 1).logits);
  const inspect::AnswerTable few = answers(network, dataset, 10, 2, 0.01);
  CHECK(std::equal(few.logits.begin(), few.logits.end(), one.logits.begin()));
  auto others = testing::build<float>(testing::mixed_network(0), 6);
  CHECK(answers(others, dataset, kImages, 1, 1).logits != one.logits);
}
