// SPDX-License-Identifier: MIT
// The scripting interface's one-off computations as JSON: evaluate and descend.
#include <utility>

#include "engine/race/descend.h"
#include "engine/script/config_fields.h"
#include "engine/script/config_json.h"
#include "engine/script/runner_fields.h"
#include "engine/script/surface_fields.h"
#include "engine/surfaces/point_kind.h"

namespace descent::script {
namespace {

// (2, 2) as a list of two rows.
io::JsonValue rows(const std::array<double, 4>& matrix) {
  io::JsonValue value = io::JsonValue::array();
  value.push_back(io::JsonValue::array({matrix[0], matrix[1]}));
  value.push_back(io::JsonValue::array({matrix[2], matrix[3]}));
  return value;
}

}  // namespace

core::Result<race::DescentRequest> descent_request_from_json(std::string_view text) {
  const auto value = io::parse_json(text, "descend");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  race::DescentRequest request;
  io::JsonReader reader(*value, "descend");
  surfaces::SurfaceChoice choice;
  if (const auto surface = read_surface(reader, choice); surface != nullptr) request.start = surface->info().start;
  request.set_surface(choice);
  read_optimizer(reader, request.optimizer, request.hyperparameters);
  read_point(reader, "start", request.start);
  reader.read("steps", request.steps, std::int64_t{0}, race::kMaxDescentSteps);
  read_schedule(reader, request.schedule, request.schedule_parameters);
  read_noise(reader, request.seed, request.noise);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

core::Result<std::string> evaluate_json(std::string_view text) {
  const auto value = io::parse_json(text, "evaluate");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  surfaces::SurfaceChoice choice;
  surfaces::Point point{};
  io::JsonReader reader(*value, "evaluate");
  const auto surface = read_surface(reader, choice);
  read_point(reader, "point", point);
  reader.require({"point"});
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  const surfaces::LocalModel model = surfaces::local_model(*surface, point);
  const surfaces::Point newton = surfaces::newton_step(model);
  io::JsonValue answer = io::JsonValue::object({
      {"value", model.value},
      {"gradient", io::JsonValue::array({model.gradient[0], model.gradient[1]})},
      {"hessian", rows(model.hessian)},
      {"eigenvalues", io::JsonValue::array({model.eigenvalues[0], model.eigenvalues[1]})},
      {"eigenvectors", rows(model.eigenvectors)},
      {"kind", surfaces::to_string(surfaces::point_kind(model, surfaces::domain_length(surface->info().domain)))},
      {"kinks", surface->kinks_at(point)},
      {"newton_step", io::JsonValue::array({newton[0], newton[1]})},
  });
  if (!surface->info().reading.empty()) answer.set("reading", surface->info().reading);
  return io::write_json(answer);
}

}  // namespace descent::script
