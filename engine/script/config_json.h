// SPDX-License-Identifier: MIT
// Configurations as JSON: the shapes of the scripting interface and the share link.
//   race     {surface, parameters: {kappa: 10}, start: [x, y], seed, steps_per_second, freeze,  (surface_fields.h)
//             optimizers: [{optimizer: 'adam', hyperparameters: {learning_rate: 0.1}, slot, …}], noise, schedule_steps,
//             budget}                                                                       (runner_fields.h)
//   network  {network: [{type: 'conv2d', out_channels: 32, kernel: 3}, …], optimizer, hyperparameters,
//             batch_size, epochs, seed, threads, dataset}; `network` may also be {layers: […]}, a layer's numbers may
//             stand under `parameters`
// Reading keeps what `present` has for absent fields (another surface or optimizer brings its own defaults) and refuses
// wrong types, numbers outside their limits and unknown fields with a sentence that names the field by its path.
// Writing and reading back gives an equal configuration, every number to the last bit.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/training/trainer.h"

namespace descent::script {

// The list of layers that stands under `network`.
[[nodiscard]] io::JsonValue layers_to_json(const nn::NetworkSpec& spec);
[[nodiscard]] io::JsonValue to_json(const race::RaceConfig& config);
[[nodiscard]] io::JsonValue to_json(const training::TrainerConfig& config);

// `what` names the whole in messages: "race.configure", "the share link".
[[nodiscard]] core::Result<race::RaceConfig> race_config_from(const io::JsonValue& value, std::string_view what,
                                                              const race::RaceConfig& present);

// A trainer's configuration and the data set asked for ("" when none is).
struct TrainerRequest {
  training::TrainerConfig config;
  std::string dataset;
};
[[nodiscard]] core::Result<TrainerRequest> trainer_request_from(const io::JsonValue& value, std::string_view what,
                                                                const training::TrainerConfig& present);

// A network's outline: {network} in, {layers: [{type, output: [height, width, channels], parameters}], parameters} out,
// or the sentence with which a network is refused that cannot be built.
[[nodiscard]] core::Result<std::string> plan_json(std::string_view text);

// The trainer's weights as a file (trainer.h, save) that names its configuration.
[[nodiscard]] std::vector<std::uint8_t> weights_file(const training::Trainer& trainer, bool with_optimizer = true);

// The same from and to text.
[[nodiscard]] std::string race_config_json(const race::RaceConfig& config);
[[nodiscard]] std::string trainer_config_json(const training::TrainerConfig& config);
[[nodiscard]] core::Result<race::RaceConfig> race_config_from_json(std::string_view text,
                                                                   const race::RaceConfig& present);
[[nodiscard]] core::Result<TrainerRequest> trainer_request_from_json(std::string_view text,
                                                                     const training::TrainerConfig& present);

// {surface | expression, parameters, optimizer, hyperparameters, start, steps, seed}; start defaults to the surface's
// own.
[[nodiscard]] core::Result<race::DescentRequest> descent_request_from_json(std::string_view text);

// {surface | expression, parameters, point} in, {value, gradient, hessian, eigenvalues, eigenvectors, kind, kinks,
// newton_step, reading} out (null where not finite); `reading` only of a formula that is not taken as it stands.
[[nodiscard]] core::Result<std::string> evaluate_json(std::string_view text);

// expression_json() says what is to be known of a formula: {expression, parameters?, domain?, point?} in, {expression,
// reading, parameters: [ParamSpec], start, minima: [{point, value}] (found in the domain), more_minima, nonsmooth:
// [{function, text, sentence, here}], notes: […], nodes} out; `here` only with a point: whether that is on the kink.
[[nodiscard]] core::Result<std::string> expression_json(std::string_view text);

// The chain rule, node by node: {surface | expression, parameters, point} in, {value, nodes: [{operation, text, begin,
// end, inputs, value, adjoint, partials, tangent, at_kink}], gradient: {reverse, forward, difference}, step,
// disagreement: {forward, difference}, parameter_gradient: {name: ∂f/∂name}} out. begin and end count characters of
// `expression`, which is part of the answer. Surfaces without a formula are refused.
[[nodiscard]] core::Result<std::string> graph_json(std::string_view text);

}  // namespace descent::script
