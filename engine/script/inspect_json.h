// SPDX-License-Identifier: MIT
// Reads what scripts ask about the inside of the network, and what they are answered (engine/inspect). A digit is
//   {image: true | test_index, label}
// where the image's numbers travel beside the JSON. Reading refuses as config_json.h says; classes are written and read
// as the data set calls them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/io/json_reader.h"
#include "engine/script/answer_blocks.h"
#include "engine/training/trainer.h"

namespace descent::script {

// read_position() reads as many whole numbers from 0 on as `position` has; true when they were set.
bool read_position(io::JsonReader& reader, std::string_view name, std::span<int> position);

// read_digit() reads {image: true | test_index}. image: the numbers beside the JSON, empty when there are none.
void read_digit(io::JsonReader& reader, std::span<const float> image, training::Trainer::Digit& digit);

struct WeightRequest {
  training::Trainer::Digit digit;
  training::WeightPlace place;
};
struct UnitRequest {
  training::Trainer::Digit digit;
  training::UnitPlace place;
};
struct RanksRequest {
  std::string parameter;
  std::int64_t images = 0;  // of the test set; 0: all
};
struct CalibrationRequest {
  int bins = inspect::kDefaultBins;
  double temperature = 1;
};

// image: the numbers beside the JSON, empty when there are none.
[[nodiscard]] core::Result<training::Trainer::Digit> explain_request_from(const io::JsonValue& value,
                                                                          std::span<const float> image);
// {parameter, index} and the digit.
[[nodiscard]] core::Result<WeightRequest> weight_request_from(const io::JsonValue& value, std::span<const float> image);
// {layer, position: [y, x, c]} and the digit.
[[nodiscard]] core::Result<UnitRequest> unit_request_from(const io::JsonValue& value, std::span<const float> image);
// The digit without a label: no loss is asked for.
[[nodiscard]] core::Result<training::Trainer::Digit> jacobian_request_from(const io::JsonValue& value,
                                                                           std::span<const float> image);
// {parameter}: one weight matrix, or all when it is absent (empty).
[[nodiscard]] core::Result<std::string> spectrum_request_from(const io::JsonValue& value);
// {parameter, images}
[[nodiscard]] core::Result<RanksRequest> ranks_request_from(const io::JsonValue& value);
// {}
[[nodiscard]] core::Status confusion_request_from(const io::JsonValue& value);
// {bins, temperature}
[[nodiscard]] core::Result<CalibrationRequest> calibration_request_from(const io::JsonValue& value);

// {label, loss, probabilities f32 (classes), layers: [{type, shape, output f32, delta f32}], image_delta f32 (pixels)}
[[nodiscard]] Answer explanation_answer(const inspect::Explanation& explanation,
                                        std::span<const std::int32_t> class_labels);
// {value, gradient, terms f32 (terms_shape), terms_shape, batch_gradient, batch_images i32, batch_gradients f32,
// difference, kink, memory: {name: number}, step}; batch_gradient and step are null, and memory and the arrays of the
// batch are empty, before the run's first step.
[[nodiscard]] Answer weight_answer(const training::WeightStudy& study);
// {value, bias, terms f32, units i32, delta, delta_terms f32, delta_units i32}
[[nodiscard]] Answer unit_answer(const inspect::UnitTerms& unit);
// {matrix f32 (classes, pixels), singular_values f64, push f32 (pixels), push_class, push_length}; push_class is null
// when there is no push.
[[nodiscard]] Answer jacobian_answer(const inspect::Jacobian& jacobian, std::span<const std::int32_t> class_labels);
// [{parameter, rows, columns, singular_values f64, effective_rank, frobenius}]
[[nodiscard]] Answer spectra_answer(std::span<const inspect::Spectrum> spectra);
// {ranks i32, accuracy f64, loss f64}
[[nodiscard]] Answer ranks_answer(const inspect::RankCurve& curve);
// {matrix i32 (labels, answers), mutual_information, answered i32 (images), costliest i32, losses f64, step}: classes
// are counted from 0, in the order of the data set's.
[[nodiscard]] Answer confusion_answer(const inspect::Confusion& confusion, std::int64_t step);
// {bins: [{confidence, accuracy, count}], ece, nll, fitted_temperature, judged_ece, judged_nll, fitted_ece, fitted_nll,
// step}
[[nodiscard]] Answer calibration_answer(const inspect::Calibration& calibration, std::int64_t step);

}  // namespace descent::script
