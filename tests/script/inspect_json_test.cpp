// SPDX-License-Identifier: MIT
// Questions about the inside of a network as JSON: what is read and refused, what the answers hold, and that classes go
// by the data set's names.
#include "engine/script/inspect_json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

#include "engine/data/synthetic_digits.h"
#include "tests/support/close.h"
#include "tests/support/status.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;

io::JsonValue parsed(std::string_view text) {
  auto value = io::parse_json(text, "the test");
  REQUIRE(value.ok());
  return std::move(value).value();
}

// Classes called 5 … 14.
std::shared_ptr<const data::DataSplit> split_of_other_labels() {
  data::DataSplit split = data::synthetic_split(7, 200, 40);
  for (std::int32_t& label : split.class_labels) label += 5;
  return std::make_shared<const data::DataSplit>(std::move(split));
}

std::unique_ptr<Trainer> trainer_of_small_network() {
  TrainerConfig config;
  config.network.layers = {{"conv2d", {{"out_channels", 2}, {"kernel", 3}, {"stride", 2}}},
                           {"relu", {}},
                           {"flatten", {}},
                           {"dense", {{"units", 10}}}};
  config.threads = 1;
  auto trainer = std::make_unique<Trainer>();
  REQUIRE(message(trainer->configure(config)).empty());
  REQUIRE(message(trainer->load(split_of_other_labels())).empty());
  return trainer;
}

// The elements of the block in that field.
template <class T>
std::vector<T> block_of(const script::Answer& answer, const io::JsonValue& object, std::string_view field) {
  const io::JsonValue* block = object.find(field);
  REQUIRE(block != nullptr);
  REQUIRE(block->find("$block") != nullptr);
  CHECK(block->find("$block")->as_string() == script::element_name<T>());
  std::size_t count = 1;
  for (const io::JsonValue& length : block->find("shape")->items())
    count *= static_cast<std::size_t>(length.as_number());
  std::vector<T> values(count);
  const auto at = static_cast<std::size_t>(block->find("at")->as_number());
  REQUIRE(at + count * sizeof(T) <= answer.bytes.size());
  if (count > 0) std::memcpy(values.data(), answer.bytes.data() + at, count * sizeof(T));
  return values;
}

std::vector<std::string> names_of(const io::JsonValue& object) {
  std::vector<std::string> names;
  for (const io::JsonValue::Member& member : object.members()) names.push_back(member.name);
  return names;
}

template <class T>
std::string refusal(const core::Result<T>& result) {
  return result.ok() ? "accepted" : result.message();
}

const std::vector<float> kImage(784, 0.5F);

}  // namespace

TEST_CASE("inspect: what a script asks is read") {
  const auto of_test_set = script::explain_request_from(parsed(R"({"test_index": 7, "label": -3})"), {});
  REQUIRE(of_test_set.ok());
  CHECK(of_test_set->test_index == 7);
  CHECK(of_test_set->label == std::optional<std::int32_t>(-3));
  const auto own = script::explain_request_from(parsed(R"({"image": true})"), kImage);
  REQUIRE(own.ok());
  CHECK(own->test_index == -1);
  CHECK(own->image == kImage);
  CHECK_FALSE(own->label.has_value());
  const auto weight =
      script::weight_request_from(parsed(R"({"parameter": "0.weight", "index": 4, "test_index": 0})"), {});
  REQUIRE(weight.ok());
  CHECK(weight->place == training::WeightPlace{"0.weight", 4});
  const auto unit = script::unit_request_from(parsed(R"({"layer": 2, "position": [1, 2, 3], "image": true})"), kImage);
  REQUIRE(unit.ok());
  CHECK(unit->place == training::UnitPlace{2, {1, 2, 3}});
  CHECK(unit->digit.image == kImage);
  CHECK(script::spectrum_request_from(parsed("{}")).value().empty());
  const auto ranks = script::ranks_request_from(parsed(R"({"parameter": "3.weight", "images": 12})"));
  REQUIRE(ranks.ok());
  CHECK(ranks->parameter == "3.weight");
  CHECK(ranks->images == 12);
  CHECK(script::ranks_request_from(parsed(R"({"parameter": "3.weight"})"))->images == 0);
}

TEST_CASE("inspect: what is wrong is named") {
  const auto explain = [](std::string_view text) {
    return refusal(script::explain_request_from(parsed(text), kImage));
  };
  CHECK(contains(explain("{}"), "image or test_index is missing"));
  CHECK(contains(explain(R"({"label": 1})"), "image or test_index is missing"));
  CHECK(contains(explain(R"({"image": true, "test_index": 0})"), "image and test_index exclude each other"));
  CHECK(contains(explain(R"({"test_index": -1})"), "test_index is -1"));
  CHECK(contains(explain(R"({"test_index": 1.5})"), "test_index is 1.5"));
  CHECK(contains(explain(R"({"test_index": null})"), "test_index is null"));
  CHECK(contains(explain(R"({"test_index": 1, "label": 0.5})"), "label is 0.5"));
  CHECK(contains(explain(R"({"test_index": 1, "label": 3000000000})"), "label is 3000000000"));
  CHECK(contains(explain(R"({"test": 1, "test_index": 1})"), "'test'"));
  const auto weight = [](std::string_view text) { return refusal(script::weight_request_from(parsed(text), {})); };
  CHECK(contains(weight(R"({"index": 1, "test_index": 0})"), "parameter is missing"));
  CHECK(contains(weight(R"({"parameter": "0.weight", "test_index": 0})"), "index is missing"));
  CHECK(contains(weight(R"({"parameter": 3, "index": 1, "test_index": 0})"), "parameter is 3"));
  CHECK(contains(weight(R"({"parameter": "0.weight", "index": -1, "test_index": 0})"), "index is -1"));
  CHECK(contains(weight(R"({"parameter": "0.weight", "index": 1})"), "image or test_index is missing"));
  const auto unit = [](std::string_view text) { return refusal(script::unit_request_from(parsed(text), {})); };
  CHECK(contains(unit(R"({"position": [0, 0, 0], "test_index": 0})"), "layer is missing"));
  CHECK(contains(unit(R"({"layer": 64, "position": [0, 0, 0], "test_index": 0})"), "layer is 64"));
  CHECK(contains(unit(R"({"layer": 0, "test_index": 0})"), "position is missing"));
  CHECK(contains(unit(R"({"layer": 0, "position": [0, 0], "test_index": 0})"), "position has 2 numbers"));
  CHECK(contains(unit(R"({"layer": 0, "position": [0, 0.5, 0], "test_index": 0})"), "position must be whole numbers"));
  CHECK(contains(refusal(script::jacobian_request_from(parsed(R"({"test_index": 0, "label": 1})"), {})), "'label'"));
  CHECK(contains(refusal(script::spectrum_request_from(parsed(R"({"parameter": ""})"))), "parameter is empty"));
  CHECK(contains(refusal(script::ranks_request_from(parsed("{}"))), "parameter is missing"));
  CHECK(contains(refusal(script::ranks_request_from(parsed(R"({"parameter": "a", "images": 0})"))), "images is 0"));
}

TEST_CASE("inspect: an explanation's arrays, under the data set's labels") {
  const auto trainer = trainer_of_small_network();
  CHECK(trainer->class_labels() == std::vector<std::int32_t>{5, 6, 7, 8, 9, 10, 11, 12, 13, 14});
  const auto explanation = trainer->explain({.test_index = 3, .label = 12});
  REQUIRE(explanation.ok());
  const script::Answer answer = script::explanation_answer(*explanation, trainer->class_labels());
  const io::JsonValue value = parsed(answer.json);
  CHECK(names_of(value) == std::vector<std::string>{"label", "loss", "probabilities", "layers", "image_delta"});
  CHECK(value.find("label")->as_number() == 12);
  CHECK(value.find("loss")->as_number() == explanation->loss);
  CHECK(block_of<float>(answer, value, "probabilities") == explanation->probabilities);
  CHECK(block_of<float>(answer, value, "image_delta") == explanation->image_delta);
  const auto& layers = value.find("layers")->items();
  REQUIRE(layers.size() == 4);
  CHECK(names_of(layers[0]) == std::vector<std::string>{"type", "shape", "output", "delta"});
  CHECK(layers[0].find("type")->as_string() == "conv2d");
  CHECK(io::write_json(*layers[0].find("shape")) == "[13,13,2]");
  CHECK(block_of<float>(answer, layers[3], "output") == explanation->layers[3].output);
  const std::vector<float> delta = block_of<float>(answer, layers[3], "delta");
  for (std::size_t c = 0; c < delta.size(); ++c)
    CHECK(close(static_cast<double>(delta[c]),
                static_cast<double>(explanation->probabilities[c]) - (c == 7 ? 1.0 : 0.0), 0, 1e-6));
}

TEST_CASE("inspect: a weight before the first step and after it") {
  const auto trainer = trainer_of_small_network();
  const auto ask = [&] {
    const auto study = trainer->weight({.test_index = 0}, {"0.weight", 4});
    REQUIRE(study.ok());
    return script::weight_answer(*study);
  };
  const script::Answer before = ask();
  const io::JsonValue fresh = parsed(before.json);
  CHECK(names_of(fresh) == std::vector<std::string>{"value", "gradient", "terms", "terms_shape", "batch_gradient",
                                                    "batch_images", "batch_gradients", "difference", "kink", "memory",
                                                    "step"});
  CHECK(fresh.find("batch_gradient")->is_null());
  CHECK(fresh.find("step")->is_null());
  CHECK(fresh.find("memory")->members().empty());
  CHECK(fresh.find("kink")->is_bool());
  CHECK(io::write_json(*fresh.find("terms_shape")) == "[13,13]");
  double sum = 0, sizes = 0;
  for (const float term : block_of<float>(before, fresh, "terms")) {
    sum += static_cast<double>(term);
    sizes += std::abs(static_cast<double>(term));
  }
  CHECK(close(sum, fresh.find("gradient")->as_number(), 0, 1e-6 * sizes));
  REQUIRE(trainer->train_steps(1).ok());
  while (trainer->busy()) trainer->advance();
  const script::Answer after = ask();
  const io::JsonValue stepped = parsed(after.json);
  CHECK(block_of<std::int32_t>(after, stepped, "batch_images").size() ==
        block_of<float>(after, stepped, "batch_gradients").size());
  CHECK(stepped.find("batch_gradient")->is_number());
  CHECK(stepped.find("step")->as_number() == stepped.find("value")->as_number() - fresh.find("value")->as_number());
  CHECK(stepped.find("memory")->members().size() == 2);
}

TEST_CASE("inspect: a unit's terms and the other ends") {
  const auto trainer = trainer_of_small_network();
  const auto unit = trainer->unit({.test_index = 0}, {0, {2, 3, 1}});
  REQUIRE(unit.ok());
  const script::Answer answer = script::unit_answer(*unit);
  const io::JsonValue value = parsed(answer.json);
  CHECK(names_of(value) ==
        std::vector<std::string>{"value", "bias", "terms", "units", "delta", "delta_terms", "delta_units"});
  CHECK(block_of<float>(answer, value, "terms") == unit->inputs.terms);
  std::vector<std::int32_t> window = block_of<std::int32_t>(answer, value, "units");
  std::sort(window.begin(), window.end());
  CHECK(window == std::vector<std::int32_t>{118, 119, 120, 146, 147, 148, 174, 175, 176});  // rows 4 … 6, columns 6 … 8
  CHECK(block_of<float>(answer, value, "delta_terms").size() == 1);
  CHECK(block_of<std::int32_t>(answer, value, "delta_units") == std::vector<std::int32_t>{(2 * 13 + 3) * 2 + 1});
}

TEST_CASE("inspect: Jacobian, spectra and ranks") {
  const auto trainer = trainer_of_small_network();
  const auto jacobian = trainer->jacobian({.test_index = 3});
  REQUIRE(jacobian.ok());
  const script::Answer of_image = script::jacobian_answer(*jacobian, trainer->class_labels());
  const io::JsonValue matrix = parsed(of_image.json);
  CHECK(names_of(matrix) == std::vector<std::string>{"matrix", "singular_values", "push", "push_class", "push_length"});
  CHECK(block_of<float>(of_image, matrix, "matrix").size() == 7840);
  CHECK(block_of<double>(of_image, matrix, "singular_values") == jacobian->singular_values);
  CHECK(block_of<float>(of_image, matrix, "push").size() == 784);
  CHECK(matrix.find("push_class")->as_number() == jacobian->push_class + 5);
  inspect::Jacobian without = *jacobian;
  without.push_class = -1;
  CHECK(contains(script::jacobian_answer(without, trainer->class_labels()).json, "\"push_class\":null"));

  const auto spectra = trainer->spectrum({});
  REQUIRE(spectra.ok());
  const script::Answer of_all = script::spectra_answer(*spectra);
  const io::JsonValue list = parsed(of_all.json);
  REQUIRE(list.items().size() == 2);
  CHECK(names_of(list.items()[1]) ==
        std::vector<std::string>{"parameter", "rows", "columns", "singular_values", "effective_rank", "frobenius"});
  CHECK(list.items()[1].find("parameter")->as_string() == "3.weight");
  CHECK(block_of<double>(of_all, list.items()[1], "singular_values") == (*spectra)[1].singular_values);

  std::optional<script::Answer> of_ranks;
  trainer->ranks("3.weight", 0, [&](core::Result<inspect::RankCurve> curve) {
    REQUIRE(curve.ok());
    of_ranks = script::ranks_answer(*curve);
  });
  while (trainer->busy()) trainer->advance();
  REQUIRE(of_ranks.has_value());
  const io::JsonValue curve = parsed(of_ranks->json);
  CHECK(names_of(curve) == std::vector<std::string>{"ranks", "accuracy", "loss"});
  CHECK(block_of<std::int32_t>(*of_ranks, curve, "ranks") == std::vector<std::int32_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(block_of<double>(*of_ranks, curve, "accuracy").size() == 10);
  CHECK(block_of<double>(*of_ranks, curve, "loss").size() == 10);
}

TEST_CASE("inspect: confusion and calibration") {
  CHECK(script::confusion_request_from(parsed("{}")).ok());
  CHECK(contains(refusal(script::calibration_request_from(parsed(R"({"bins": 0})"))), "bins is 0"));
  CHECK(contains(refusal(script::calibration_request_from(parsed(R"({"temperature": 0})"))), "temperature is 0"));
  CHECK(contains(script::confusion_request_from(parsed(R"({"bins": 3})")).message(), "bins"));
  const auto trainer = trainer_of_small_network();
  std::shared_ptr<const training::AnswerView> view;
  trainer->answers([&](const core::Result<std::shared_ptr<const training::AnswerView>>& result) {
    REQUIRE(result.ok());
    view = *result;
  });
  while (trainer->busy()) trainer->advance();
  REQUIRE(view != nullptr);
  const script::Answer confusion = script::confusion_answer(view->confusion, view->step);
  const io::JsonValue value = parsed(confusion.json);
  CHECK(names_of(value) ==
        std::vector<std::string>{"matrix", "mutual_information", "answered", "costliest", "losses", "step"});
  CHECK(block_of<std::int32_t>(confusion, value, "matrix") == view->confusion.matrix);
  CHECK(block_of<std::int32_t>(confusion, value, "costliest") == view->confusion.costliest);
  CHECK(block_of<double>(confusion, value, "losses") == view->confusion.losses);
  CHECK(value.find("step")->as_number() == static_cast<double>(view->step));
  const io::JsonValue calibration = parsed(script::calibration_answer(view->calibration, view->step).json);
  CHECK(names_of(calibration) == std::vector<std::string>{"bins", "ece", "nll", "fitted_temperature", "judged_ece",
                                                          "judged_nll", "fitted_ece", "fitted_nll", "step"});
  CHECK(calibration.find("bins")->items().size() == inspect::kDefaultBins);
  CHECK(calibration.find("nll")->as_number() == view->calibration.all.nll);
}

}  // namespace descent::testing
