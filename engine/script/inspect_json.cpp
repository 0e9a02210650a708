// SPDX-License-Identifier: MIT
#include "engine/script/inspect_json.h"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/nn/plan.h"
#include "engine/script/config_fields.h"

namespace descent::script {
namespace {

using io::JsonReader;
using io::JsonValue;
using Digit = training::Trainer::Digit;

constexpr std::string_view kWhole = "the argument";  // what a sentence about all of it begins with
constexpr double kBeyondExtents = 4096;              // of every layer's output
constexpr std::size_t kMaxParameterName = 100;

void read_label(JsonReader& reader, Digit& digit) {
  using Limits = std::numeric_limits<std::int32_t>;
  int label = 0;
  if (reader.read("label", label, Limits::min(), Limits::max())) digit.label = label;
}

// Absent is what the call cannot do without.
void need(JsonReader& reader, std::string_view name) {
  if (!reader.has(name)) reader.fail(name, "is missing");
}

void read_weight(JsonReader& reader, training::WeightPlace& place) {
  need(reader, "parameter");
  need(reader, "index");
  reader.read("parameter", place.parameter, kMaxParameterName);
  reader.read("index", place.index, std::int64_t{0}, io::kMaxSafeInteger);
}

void read_unit(JsonReader& reader, training::UnitPlace& place) {
  need(reader, "layer");
  need(reader, "position");
  reader.read("layer", place.layer, 0, nn::kMaxLayers - 1);
  read_position(reader, "position", place.position);
}

// request_from() is what `read` reads; it fails when something is wrong, or when there is more than that.
template <class Request, class Read>
core::Result<Request> request_from(const JsonValue& value, const Read& read) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  Request request{};
  JsonReader reader(value, kWhole);
  read(reader, request);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

std::vector<std::int32_t> indices(const std::vector<std::int64_t>& units) {
  std::vector<std::int32_t> narrow;
  narrow.reserve(units.size());
  for (const std::int64_t unit : units) narrow.push_back(static_cast<std::int32_t>(unit));
  return narrow;
}

// null when the network has no such class.
JsonValue label_of(int place, std::span<const std::int32_t> class_labels) {
  if (place < 0) return {};
  return class_labels[static_cast<std::size_t>(place)];
}

JsonValue known(bool is_known, double value) {
  return is_known ? JsonValue(value) : JsonValue();
}

JsonValue extents(std::initializer_list<int> lengths) {
  JsonValue list = JsonValue::array();
  for (const int length : lengths) list.push_back(length);
  return list;
}

JsonValue layer_json(const inspect::LayerSheet& layer, AnswerBlocks& blocks) {
  const nn::Shape& shape = layer.shape;
  return JsonValue::object({{"type", layer.type},
                            {"shape", extents({shape.height, shape.width, shape.channels})},
                            {"output", blocks.add(layer.output)},
                            {"delta", blocks.add(layer.delta)}});
}

JsonValue spectrum_json(const inspect::Spectrum& spectrum, AnswerBlocks& blocks) {
  return JsonValue::object({{"parameter", spectrum.parameter},
                            {"rows", spectrum.rows},
                            {"columns", spectrum.columns},
                            {"singular_values", blocks.add(spectrum.singular_values)},
                            {"effective_rank", spectrum.effective_rank},
                            {"frobenius", spectrum.frobenius}});
}

}  // namespace

void read_digit(JsonReader& reader, std::span<const float> image, Digit& digit) {
  if (reader.has("image") && reader.has("test_index"))
    return reader.fail("image", "and test_index exclude each other: give one of them");
  bool beside = false;
  reader.read("image", beside);
  reader.read("test_index", digit.test_index, std::int64_t{0}, io::kMaxSafeInteger);
  if (beside)
    digit.image.assign(image.begin(), image.end());
  else if (digit.test_index < 0)
    reader.refuse(core::Error{"image or test_index is missing: give one of them"});
}

bool read_position(JsonReader& reader, std::string_view name, std::span<int> position) {
  std::vector<double> numbers(position.size());
  if (!reader.read_numbers(name, std::span(numbers))) return false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!(numbers[i] >= 0 && numbers[i] < kBeyondExtents && std::floor(numbers[i]) == numbers[i])) {
      reader.fail(name, "must be whole numbers from 0 on");
      return false;
    }
    position[i] = static_cast<int>(numbers[i]);
  }
  return true;
}

core::Result<Digit> explain_request_from(const JsonValue& value, std::span<const float> image) {
  return request_from<Digit>(value, [image](JsonReader& reader, Digit& digit) {
    read_digit(reader, image, digit);
    read_label(reader, digit);
  });
}

core::Result<WeightRequest> weight_request_from(const JsonValue& value, std::span<const float> image) {
  return request_from<WeightRequest>(value, [image](JsonReader& reader, WeightRequest& request) {
    read_weight(reader, request.place);
    read_digit(reader, image, request.digit);
    read_label(reader, request.digit);
  });
}

core::Result<UnitRequest> unit_request_from(const JsonValue& value, std::span<const float> image) {
  return request_from<UnitRequest>(value, [image](JsonReader& reader, UnitRequest& request) {
    read_unit(reader, request.place);
    read_digit(reader, image, request.digit);
    read_label(reader, request.digit);
  });
}

core::Result<Digit> jacobian_request_from(const JsonValue& value, std::span<const float> image) {
  return request_from<Digit>(value, [image](JsonReader& reader, Digit& digit) { read_digit(reader, image, digit); });
}

core::Result<std::string> spectrum_request_from(const JsonValue& value) {
  return request_from<std::string>(value, [](JsonReader& reader, std::string& parameter) {
    reader.read("parameter", parameter, kMaxParameterName);
    if (reader.has("parameter") && parameter.empty()) reader.fail("parameter", "is empty; name a weight matrix");
  });
}

core::Result<RanksRequest> ranks_request_from(const JsonValue& value) {
  return request_from<RanksRequest>(value, [](JsonReader& reader, RanksRequest& request) {
    need(reader, "parameter");
    reader.read("parameter", request.parameter, kMaxParameterName);
    reader.read("images", request.images, std::int64_t{1}, io::kMaxSafeInteger);
  });
}

core::Status confusion_request_from(const JsonValue& value) {
  const auto request = request_from<int>(value, [](JsonReader&, int&) {});
  return request.ok() ? core::Status() : core::Status(request.error());
}

core::Result<CalibrationRequest> calibration_request_from(const JsonValue& value) {
  return request_from<CalibrationRequest>(value, [](JsonReader& reader, CalibrationRequest& request) {
    reader.read("bins", request.bins, 1, inspect::kMostBins);
    reader.read("temperature", request.temperature, inspect::kLowestTemperature, inspect::kHighestTemperature);
  });
}

Answer explanation_answer(const inspect::Explanation& explanation, std::span<const std::int32_t> class_labels) {
  AnswerBlocks blocks;
  JsonValue layers = JsonValue::array();
  for (const inspect::LayerSheet& layer : explanation.layers) layers.push_back(layer_json(layer, blocks));
  return blocks.answer(JsonValue::object({{"label", label_of(explanation.label, class_labels)},
                                          {"loss", explanation.loss},
                                          {"probabilities", blocks.add(explanation.probabilities)},
                                          {"layers", std::move(layers)},
                                          {"image_delta", blocks.add(explanation.image_delta)}}));
}

Answer weight_answer(const training::WeightStudy& study) {
  AnswerBlocks blocks;
  JsonValue memory = JsonValue::object();
  for (const training::WeightMemory& one : study.memory) memory.append(one.name, one.value);
  const auto [height, width] = study.terms_shape;
  const std::vector<std::int32_t> images(study.batch.images.begin(), study.batch.images.end());
  return blocks.answer(JsonValue::object({{"value", static_cast<double>(study.value)},
                                          {"gradient", static_cast<double>(study.gradient)},
                                          {"terms", blocks.add(study.terms)},
                                          {"terms_shape", extents({height, width})},
                                          {"batch_gradient", known(study.stepped, study.batch_gradient)},
                                          {"batch_images", blocks.add(images)},
                                          {"batch_gradients", blocks.add(study.batch.gradients)},
                                          {"difference", study.difference.value},
                                          {"kink", study.difference.kink},
                                          {"memory", std::move(memory)},
                                          {"step", known(study.stepped, study.step)}}));
}

Answer unit_answer(const inspect::UnitTerms& unit) {
  AnswerBlocks blocks;
  return blocks.answer(JsonValue::object({{"value", static_cast<double>(unit.value)},
                                          {"bias", static_cast<double>(unit.bias)},
                                          {"terms", blocks.add(unit.inputs.terms)},
                                          {"units", blocks.add(indices(unit.inputs.units))},
                                          {"delta", static_cast<double>(unit.delta)},
                                          {"delta_terms", blocks.add(unit.outputs.terms)},
                                          {"delta_units", blocks.add(indices(unit.outputs.units))}}));
}

Answer jacobian_answer(const inspect::Jacobian& jacobian, std::span<const std::int32_t> class_labels) {
  AnswerBlocks blocks;
  const std::vector<std::size_t> shape{static_cast<std::size_t>(jacobian.classes),
                                       static_cast<std::size_t>(jacobian.pixels)};
  return blocks.answer(JsonValue::object({{"matrix", blocks.add(jacobian.matrix, shape)},
                                          {"singular_values", blocks.add(jacobian.singular_values)},
                                          {"push", blocks.add(jacobian.push)},
                                          {"push_class", label_of(jacobian.push_class, class_labels)},
                                          {"push_length", jacobian.push_length}}));
}

Answer spectra_answer(std::span<const inspect::Spectrum> spectra) {
  AnswerBlocks blocks;
  JsonValue list = JsonValue::array();
  for (const inspect::Spectrum& spectrum : spectra) list.push_back(spectrum_json(spectrum, blocks));
  return blocks.answer(list);
}

Answer ranks_answer(const inspect::RankCurve& curve) {
  AnswerBlocks blocks;
  std::vector<std::int32_t> ranks(curve.accuracy.size());
  std::iota(ranks.begin(), ranks.end(), 1);
  return blocks.answer(JsonValue::object(
      {{"ranks", blocks.add(ranks)}, {"accuracy", blocks.add(curve.accuracy)}, {"loss", blocks.add(curve.loss)}}));
}

Answer confusion_answer(const inspect::Confusion& confusion, std::int64_t step) {
  AnswerBlocks blocks;
  const auto n = static_cast<std::size_t>(confusion.classes);
  const std::vector<std::int32_t> answered(confusion.answered.begin(), confusion.answered.end());
  return blocks.answer(JsonValue::object({{"matrix", blocks.add(confusion.matrix, {n, n})},
                                          {"mutual_information", confusion.mutual_information},
                                          {"answered", blocks.add(answered)},
                                          {"costliest", blocks.add(confusion.costliest)},
                                          {"losses", blocks.add(confusion.losses)},
                                          {"step", step}}));
}

Answer calibration_answer(const inspect::Calibration& calibration, std::int64_t step) {
  JsonValue bins = JsonValue::array();
  for (const inspect::CalibrationBin& bin : calibration.bins)
    bins.push_back(
        JsonValue::object({{"confidence", bin.confidence}, {"accuracy", bin.accuracy}, {"count", bin.count}}));
  return AnswerBlocks().answer(JsonValue::object({{"bins", std::move(bins)},
                                                  {"ece", calibration.all.ece},
                                                  {"nll", calibration.all.nll},
                                                  {"fitted_temperature", calibration.fitted_temperature},
                                                  {"judged_ece", calibration.judged.ece},
                                                  {"judged_nll", calibration.judged.nll},
                                                  {"fitted_ece", calibration.fitted.ece},
                                                  {"fitted_nll", calibration.fitted.nll},
                                                  {"step", step}}));
}

}  // namespace descent::script
