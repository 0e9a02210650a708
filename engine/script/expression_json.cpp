// SPDX-License-Identifier: MIT
// Writes what the scripting interface says of a formula: its parameters and kinks, and the graph on which its gradient
// is computed. See config_json.h.
#include <utility>

#include "engine/autodiff/kinks.h"
#include "engine/script/config_fields.h"
#include "engine/script/config_json.h"
#include "engine/script/surface_fields.h"
#include "engine/surfaces/minima.h"
#include "engine/surfaces/surface_graph.h"

namespace descent::script {
namespace {

using io::JsonValue;

JsonValue pair(const std::array<double, 2>& values) {
  return JsonValue::array({values[0], values[1]});
}

// Characters of UTF-8 text before byte `at`.
std::size_t characters(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  for (const char c : text.substr(0, at))
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
  return count;
}

JsonValue node_json(const autodiff::GraphNode& node, std::string_view expression) {
  JsonValue inputs = JsonValue::array();
  JsonValue partials = JsonValue::array();
  for (std::size_t k = 0; k < 2; ++k) {
    if (node.inputs[k] < 0) continue;
    inputs.push_back(node.inputs[k]);
    partials.push_back(node.partials[k]);
  }
  return JsonValue::object({{"operation", node.operation},
                            {"text", node.text},
                            {"begin", characters(expression, node.begin)},
                            {"end", characters(expression, node.end)},
                            {"inputs", std::move(inputs)},
                            {"value", node.value},
                            {"adjoint", node.adjoint},
                            {"partials", std::move(partials)},
                            {"tangent", pair(node.tangent)},
                            {"at_kink", node.at_kink}});
}

JsonValue kinks_json(const autodiff::Expression& expression, std::span<const double> parameters, bool has_point,
                     surfaces::Point point) {
  std::vector<double> values;
  if (has_point)
    for (const autodiff::GraphNode& node : autodiff::make_graph(expression, parameters, point).nodes)
      values.push_back(node.value);
  JsonValue list = JsonValue::array();
  for (const autodiff::Kink& kink : autodiff::kinks_of(expression, parameters)) {
    JsonValue item = JsonValue::object(
        {{"function", kink.function}, {"text", expression.text_of(kink.node)}, {"sentence", kink.sentence}});
    if (has_point) item.set("here", autodiff::at_kink(kink, expression, values));
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace

core::Result<std::string> expression_json(std::string_view text) {
  const auto value = io::parse_json(text, "expression");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  surfaces::SurfaceChoice choice{.surface = std::string(surfaces::kExpressionName)};
  surfaces::Point point{};
  io::JsonReader reader(*value, "expression");
  const auto surface = read_surface(reader, choice);
  read_point(reader, "point", point);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  const autodiff::Expression& expression = *choice.expression.parsed();
  JsonValue notes = JsonValue::array();
  for (const std::string& note : expression.notes()) notes.push_back(note);
  const surfaces::SurfaceInfo& info = surface->info();
  JsonValue answer = JsonValue::object({{"expression", expression.text()}, {"reading", expression.reading()}});
  answer.set("parameters", specs_json(info.parameters));
  answer.set("start", pair(info.start));
  JsonValue minima = JsonValue::array();
  const surfaces::MinimaList found = surfaces::list_minima(*surface, info.domain);
  for (const surfaces::Minimum& minimum : found.minima)
    minima.push_back(JsonValue::object({{"point", pair(minimum.point)}, {"value", minimum.value}}));
  answer.set("minima", std::move(minima));
  answer.set("more_minima", found.more);
  answer.set("nonsmooth", kinks_json(expression, choice.parameters, reader.has("point"), point));
  answer.set("notes", std::move(notes));
  answer.set("nodes", expression.nodes().size());
  return io::write_json(answer);
}

core::Result<std::string> graph_json(std::string_view text) {
  const auto value = io::parse_json(text, "graph");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  surfaces::SurfaceChoice choice;
  surfaces::Point point{};
  io::JsonReader reader(*value, "graph");
  static_cast<void>(read_surface(reader, choice));
  read_point(reader, "point", point);
  reader.require({"point"});
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  const auto made = surfaces::make_surface_graph(choice, point);
  if (!made.ok()) return made.error();
  const autodiff::ExpressionGraph& graph = made->graph;
  JsonValue nodes = JsonValue::array();
  for (const autodiff::GraphNode& node : graph.nodes) nodes.push_back(node_json(node, made->expression));
  JsonValue parameter_gradient = JsonValue::object();
  for (std::size_t i = 0; i < made->parameters.size(); ++i)
    parameter_gradient.set(made->parameters[i], graph.parameter_gradient[i]);
  JsonValue answer = JsonValue::object({{"expression", made->expression}, {"value", graph.value}});
  answer.set("nodes", std::move(nodes));
  answer.set("gradient", JsonValue::object({{"reverse", pair(graph.reverse)},
                                            {"forward", pair(graph.forward)},
                                            {"difference", pair(graph.difference)}}));
  answer.set("step", pair(graph.step));
  answer.set("disagreement", JsonValue::object({{"forward", autodiff::mode_disagreement(graph)},
                                                {"difference", autodiff::difference_disagreement(graph)}}));
  answer.set("parameter_gradient", std::move(parameter_gradient));
  return io::write_json(answer);
}

}  // namespace descent::script
