// SPDX-License-Identifier: MIT
#include "engine/inspect/unit.h"

#include <span>

#include "engine/core/fill.h"
#include "engine/inspect/lookup.h"

namespace descent::inspect {
namespace {

void append(TermList& list, std::int64_t unit, std::int64_t parameter, float value, float derivative) {
  list.units.push_back(unit);
  list.parameters.push_back(parameter);
  list.values.push_back(value);
  list.derivatives.push_back(derivative);
  list.terms.push_back(value * derivative);
}

// values: of the map at the other end. offset: of the layer's parameters.
TermList with_values(std::span<const nn::LocalTerm<float>> terms, std::span<const float> values, std::int64_t offset) {
  TermList list;
  for (const nn::LocalTerm<float>& term : terms)
    append(list, term.unit, term.parameter < 0 ? -1 : offset + term.parameter,
           values[static_cast<std::size_t>(term.unit)], term.derivative);
  return list;
}

core::Status check_place(const nn::Network<float>& network, int layer, const std::array<int, 3>& position) {
  const auto layers = static_cast<int>(network.spec().layers.size());
  if (layer < 0 || layer >= layers)
    return core::Error{core::fill("there is no layer {}; this network has layers 0 to {}", layer, layers - 1)};
  const nn::Shape shape = network.output_shape(layer);
  const auto [y, x, channel] = position;
  if (y >= 0 && y < shape.height && x >= 0 && x < shape.width && channel >= 0 && channel < shape.channels) return {};
  return core::Error{core::fill("layer {}'s output is {}x{}x{}; position [{}, {}, {}] is outside", layer, shape.height,
                                shape.width, shape.channels, y, x, channel)};
}

}  // namespace

core::Result<UnitTerms> unit(const nn::Network<float>& network, const Pass& pass, int layer,
                             const std::array<int, 3>& position) {
  if (core::Status status = check_place(network, layer, position); !status.ok()) return status.error();
  const nn::Shape shape = network.output_shape(layer);
  const auto [y, x, channel] = position;
  const std::int64_t own = (std::int64_t{y} * shape.width + x) * shape.channels + channel;
  const auto at = static_cast<std::size_t>(own), i = static_cast<std::size_t>(layer);
  const std::int64_t offset = network.parameter_offset(layer), bias = network.layer(layer).bias_of(own);
  std::vector<nn::LocalTerm<float>> terms;
  network.layer(layer).inputs_of(point_at(network, pass.trace, layer), own, terms);
  UnitTerms result{.value = pass.trace.outputs[i][at],
                   .bias = bias < 0 ? 0.0F : network.parameters()[static_cast<std::size_t>(offset + bias)],
                   .inputs = with_values(terms, layer == 0 ? pass.trace.image : pass.trace.outputs[i - 1], offset),
                   .delta = pass.back.deltas[i][at]};
  if (i + 1 < pass.trace.outputs.size()) {
    terms.clear();
    network.layer(layer + 1).outputs_of(point_at(network, pass.trace, layer + 1), own, terms);
    result.outputs = with_values(terms, pass.back.deltas[i + 1], network.parameter_offset(layer + 1));
  } else {
    append(result.outputs, own, -1, pass.probabilities[at], 1.0F);
    append(result.outputs, own, -1, own == pass.label ? 1.0F : 0.0F, -1.0F);
  }
  return result;
}

}  // namespace descent::inspect
