// SPDX-License-Identifier: MIT
#include "web/model/words/unit_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/network/terms.h"
#include "web/model/words/number_format.h"
#include "web/model/words/place_words.h"

namespace descent::web {
namespace {

using core::fill;
using core::short_number;

std::string number(double value) {
  return display_number(value, 4);
}
std::string number(float value) {
  return display_number(static_cast<double>(value), 4);
}

const inspect::UnitTerms& unit_of(const training::Inspection& seen) {
  return *seen.unit;
}
int layer_of(const training::Inspection& seen) {
  return seen.unit_place.layer;
}
const std::string& type_of(const training::Inspection& seen, int layer) {
  return seen.layers[static_cast<std::size_t>(layer)].type;
}

// "0.71 × 0.12 = 0.0852"
std::string product_text(const inspect::TermList& list, std::size_t i) {
  return fill("{} × {} = {}", short_number(static_cast<double>(list.values[i])),
              short_number(static_cast<double>(list.derivatives[i])), short_number(static_cast<double>(list.terms[i])));
}

// A sum and what it has to come to.
struct SumCheck {
  std::string prefix;     // of the lines' names
  std::string_view lead;  // what is added up
  double bias = 0;        // that the terms are added to
  std::string_view what;  // "The value"
  double whole = 0;
};

// The largest terms, the others together, and the check of the sum.
void append_sum(std::vector<PinLine>& lines, const inspect::TermList& list, const nn::Shape& map,
                const SumCheck& check) {
  const std::string& prefix = check.prefix;
  const TermSum sum = sum_terms(list.terms, kNamedTerms);
  for (std::size_t k = 0; k < sum.largest.size(); ++k) {
    const std::size_t i = sum.largest[k];
    lines.push_back({.name = fill("{} {}", prefix, k + 1),
                     .text = product_text(list, i),
                     .value = static_cast<double>(list.terms[i]),
                     .weight = {},
                     .place = place_words(map, list.units[i])});
  }
  if (sum.rest > 0)
    lines.push_back({.name = prefix + " rest",
                     .text = fill("and {} more, together {}", core::grouped(static_cast<std::int64_t>(sum.rest)),
                                  short_number(sum.rest_sum)),
                     .value = sum.rest_sum,
                     .weight = {}});
  if (sum.zeros > 0)
    lines.push_back({.name = prefix + " zeros",
                     .text = fill("{} of the {} are 0.", core::grouped(static_cast<std::int64_t>(sum.zeros)),
                                  core::grouped(static_cast<std::int64_t>(list.terms.size()))),
                     .value = static_cast<double>(sum.zeros),
                     .weight = {}});
  const double total = check.bias + sum.sum;
  lines.push_back({.name = prefix + " sum",
                   .text = fill("{} = {}. {} is {}, {} away.", check.lead, number(total), check.what,
                                number(check.whole), short_number(std::fabs(total - check.whole))),
                   .value = total,
                   .weight = {}});
}

// The terms of the inputs can be followed to their weights.
void link_weights(std::vector<PinLine>& lines, const training::Inspection& seen) {
  const inspect::TermList& inputs = unit_of(seen).inputs;
  if (seen.unit_weights.size() != inputs.terms.size()) return;
  const TermSum sum = sum_terms(inputs.terms, kNamedTerms);
  for (std::size_t k = 0; k < sum.largest.size(); ++k)
    for (PinLine& line : lines)
      if (line.name == fill("term {}", k + 1)) line.weight = seen.unit_weights[sum.largest[k]];
}

std::string winner_text(const training::Inspection& seen, const nn::Shape& map) {
  const inspect::TermList& cells = unit_of(seen).inputs;
  const auto won = std::find_if(cells.derivatives.begin(), cells.derivatives.end(), [](float d) { return d != 0; });
  if (won == cells.derivatives.end()) return "No cell of the window won.";
  const auto winner = static_cast<std::size_t>(won - cells.derivatives.begin());
  if (cells.units.size() == 1) return "Its window has a single cell.";
  float second = -INFINITY;
  for (std::size_t i = 0; i < cells.values.size(); ++i)
    if (i != winner) second = std::max(second, cells.values[i]);
  return fill("The cell at {} won with {}. The largest of the other {} is {}; they get no blame.",
              place_words(map, cells.units[winner]), number(cells.values[winner]), cells.units.size() - 1,
              number(second));
}

// passing_text() says what a layer does that has one input for each output.
std::string passing_text(const training::Inspection& seen, const std::string& type) {
  const inspect::UnitTerms& unit = unit_of(seen);
  const float input = unit.inputs.values.front(), slope = unit.inputs.derivatives.front();
  if (type == "relu")
    return slope != 0
               ? fill("Open: its input {} is above 0 and passes, and so does all the blame.", number(input))
               : fill("Shut: its input {} is not above 0. No value passes and no blame comes back.", number(input));
  if (type == "tanh" || type == "sigmoid")
    return fill("From input {} to {}. The slope there is {}: so much of the blame passes.", number(input),
                number(unit.value), number(slope));
  if (type == "dropout") return fill("Passes its input {} on as it is: dropout is off here.", number(input));
  return fill("Passes its input {} on as it is.", number(input));
}

}  // namespace

bool weighs_inputs(const training::Inspection& seen) {
  return !seen.unit_parameter.empty();
}

std::string unit_title(const training::Inspection& seen) {
  const int layer = layer_of(seen);
  const nn::Shape shape = shape_of(seen, layer);
  const auto [y, x, channel] = seen.unit_place.position;
  const std::int64_t at = (std::int64_t{y} * shape.width + x) * shape.channels + channel;
  const std::string where = fill("{}, {}", layer_words(seen, layer), place_words(shape, at));
  const std::string value = number(unit_of(seen).value);
  return weighs_inputs(seen) ? fill("{}: z = {}", where, value) : fill("{}: {}", where, value);
}

std::vector<PinLine> unit_forward(const training::Inspection& seen) {
  std::vector<PinLine> lines;
  const inspect::UnitTerms& unit = unit_of(seen);
  const int layer = layer_of(seen);
  const nn::Shape map = shape_of(seen, layer - 1);
  const std::string& type = type_of(seen, layer);
  const double value = static_cast<double>(unit.value);
  if (unit.inputs.units.empty() && !weighs_inputs(seen)) return lines;
  if (weighs_inputs(seen)) {
    const double bias = static_cast<double>(unit.bias);
    lines.push_back(
        {.name = "bias", .text = fill("Bias {}, then input × weight:", number(bias)), .value = bias, .weight = {}});
    append_sum(lines, unit.inputs, map, {"term", "Bias + Σ", bias, "The value", value});
    link_weights(lines, seen);
  } else if (type == "max_pool2d") {
    lines.push_back({.name = "winner", .text = winner_text(seen, map), .value = value, .weight = {}});
  } else if (unit.inputs.units.size() > 1) {
    lines.push_back({.name = "mean",
                     .text = fill("The mean of {} cells:", unit.inputs.units.size()),
                     .value = value,
                     .weight = {}});
    append_sum(lines, unit.inputs, map, {"term", "Σ", 0, "The value", value});
  } else {
    lines.push_back({.name = "gate",
                     .text = passing_text(seen, type),
                     .value = static_cast<double>(unit.inputs.derivatives.front()),
                     .weight = {}});
  }
  return lines;
}

std::vector<PinLine> unit_backward(const training::Inspection& seen) {
  std::vector<PinLine> lines;
  const inspect::UnitTerms& unit = unit_of(seen);
  const int layer = layer_of(seen), behind = layer + 1;
  const double delta = static_cast<double>(unit.delta);
  const inspect::TermList& readers = unit.outputs;
  if (!has_layer(seen, behind)) {
    // A logit: its probability, and 1 for the class judged.
    if (readers.values.size() == 2)
      lines.push_back({.name = "delta",
                       .text = fill("∂loss/∂z = p − y = {} − {} = {}", number(readers.values[0]),
                                    number(readers.values[1]), number(delta)),
                       .value = delta,
                       .weight = {}});
    return lines;
  }
  const std::string& type = type_of(seen, behind);
  const std::string name = layer_words(seen, behind);
  if (readers.units.empty()) {
    lines.push_back({.name = "delta",
                     .text = fill("∂loss/∂value = 0: nothing in the next layer ({}) reads it.", name),
                     .value = delta,
                     .weight = {}});
    return lines;
  }
  lines.push_back({.name = "delta",
                   .text = fill("∂loss/∂value = {}, from the next layer ({}):", number(delta), name),
                   .value = delta,
                   .weight = {}});
  if (readers.units.size() > 1 || type == "dense" || type == "conv2d") {
    lines.push_back({.name = "readers",
                     .text = fill("its delta × what is on the way, of {} that read this unit",
                                  core::counted(readers.units.size(), "unit")),
                     .value = static_cast<double>(readers.units.size()),
                     .weight = {}});
    append_sum(lines, readers, shape_of(seen, behind), {"blame", "Σ", 0, "The delta", delta});
    return lines;
  }
  const float gate = readers.derivatives.front(), above = readers.values.front();
  std::string text;
  if (type == "relu")
    text = gate != 0 ? fill("The ReLU there is open: the blame {} comes through whole.", number(above))
                     : fill("The ReLU there is shut: of the blame {} nothing comes through.", number(above));
  else if (type == "max_pool2d")
    text = gate != 0 ? fill("This cell won its window: the blame {} is all its own.", number(above))
                     : fill("Another cell won the window: of the blame {} nothing comes here.", number(above));
  else
    text = fill("{} × slope {} = {}", number(above), number(gate), number(readers.terms.front()));
  lines.push_back({.name = "reader gate", .text = std::move(text), .value = static_cast<double>(gate), .weight = {}});
  return lines;
}

}  // namespace descent::web
