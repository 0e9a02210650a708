// SPDX-License-Identifier: MIT
// descent.surfaces(), optimizers(), evaluate(), descend(), sample(), expression() and graph(): the catalogs, and
// one-off computations on the worker for jobs. Trajectories travel as the engine's own doubles.
#include <cstring>

#include "engine/race/descend.h"
#include "engine/script/config_json.h"
#include "engine/script/sampler_json.h"
#include "engine/script/status_json.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

// A call that is answered by text from text.
template <core::Result<std::string> (*answer)(std::string_view)>
Outcome text_call(const Call& call) {
  auto json = answer(call.message->arguments());
  if (!json.ok()) return json.error();
  return Answer{.json = std::move(json).value()};
}

// Points, then losses.
std::vector<std::uint8_t> bytes_of(const race::DescentResult& result) {
  const std::size_t points = sizeof(double) * result.points.size();
  const std::size_t losses = sizeof(double) * result.losses.size();
  std::vector<std::uint8_t> bytes(points + losses);
  std::memcpy(bytes.data(), result.points.data(), points);
  std::memcpy(bytes.data() + points, result.losses.data(), losses);
  return bytes;
}

Outcome descend(const Call& call) {
  const auto request = script::descent_request_from_json(call.message->arguments());
  if (!request.ok()) return request.error();
  const auto result = race::descend(*request);
  if (!result.ok()) return result.error();
  io::JsonValue value = io::JsonValue::object({{"status", to_string(result->status)}});
  value.set("steps", result->steps);
  value.set("reason", result->reason);
  return Answer{.json = io::write_json(value), .bytes = bytes_of(*result)};
}

// The histogram, the exact density, then the points.
Outcome sample(const Call& call) {
  const auto request = script::sample_request_from_json(call.message->arguments());
  if (!request.ok()) return request.error();
  const auto result = sampling::sample(request->config, request->steps);
  if (!result.ok()) return result.error();
  Answer answer{.json = script::sample_json(*result)};
  for (const std::vector<double>* values : {&result->histogram, &result->exact, &result->points}) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(values->data());
    answer.bytes.insert(answer.bytes.end(), bytes, bytes + sizeof(double) * values->size());
  }
  return answer;
}

template <Outcome (*job)(const Call&)>
void on_jobs(Context& context, const Call& call) {
  context.host.jobs().post([call](parallel::Jobs&) { settle(call.id, job(call)); });
}

constexpr Method kMethods[] = {
    {"evaluate", on_jobs<text_call<script::evaluate_json>>},
    {"descend", on_jobs<descend>},
    {"sample", on_jobs<sample>},
    {"expression", on_jobs<text_call<script::expression_json>>},
    {"graph", on_jobs<text_call<script::graph_json>>},
};

constexpr Query kQueries[] = {
    {"surfaces", [](Context&, const io::JsonValue&) -> QueryAnswer { return script::surfaces_json(); }},
    {"optimizers", [](Context&, const io::JsonValue&) -> QueryAnswer { return script::optimizers_json(); }},
    {"schedules", [](Context&, const io::JsonValue&) -> QueryAnswer { return script::schedules_json(); }},
    {"layers", [](Context&, const io::JsonValue&) -> QueryAnswer { return script::layers_json(); }},
    {"datasets", [](Context&, const io::JsonValue&) -> QueryAnswer { return script::datasets_json(); }},
};

}  // namespace

std::span<const Method> surface_methods() {
  return kMethods;
}
std::span<const Query> surface_queries() {
  return kQueries;
}

}  // namespace descent::web::bridge
