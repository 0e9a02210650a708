// SPDX-License-Identifier: MIT
// Reads what scripts ask about how sure the network is of an image, and writes what they are answered. Reading refuses
// as config_json.h says.
#pragma once

#include <span>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/script/answer_blocks.h"
#include "engine/training/trainer.h"

namespace descent::script {

struct PosteriorRequest {
  training::Trainer::Digit digit;
  training::PosteriorSettings settings;
};

// {precision, samples, seed, method} and the image (inspect_json.h).
[[nodiscard]] core::Result<PosteriorRequest> posterior_request_from(const io::JsonValue& value,
                                                                    std::span<const float> image);

// {mean f32 (classes), votes i32 (classes), entropy, within, between, method, precision, weight_decay, images,
// acceptance, step, seconds}; what the method does not have is null.
[[nodiscard]] Answer posterior_answer(const training::PosteriorAnswer& answer);

}  // namespace descent::script
