// SPDX-License-Identifier: MIT
// descent.surfaces(), optimizers(), evaluate(), descend(), sample(), expression() and graph(): the catalogs, and
// one-off computations on the worker for jobs. Trajectories travel as the engine's own doubles.
#include "engine/race/descend.h"
#include "engine/script/config_json.h"
#include "engine/script/sampler_json.h"
#include "engine/script/status_json.h"
#include "engine/words/run_words.h"
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

Outcome descend(const Call& call) {
  const auto request = script::descent_request_from_json(call.message->arguments());
  if (!request.ok()) return request.error();
  const auto result = race::descend(*request);
  if (!result.ok()) return result.error();
  script::AnswerBlocks blocks;
  return blocks.answer(io::JsonValue::object({{"points", blocks.add(result->points, {result->points.size() / 2, 2})},
                                              {"losses", blocks.add(result->losses)},
                                              {"status", to_string(result->status)},
                                              {"steps", result->steps},
                                              {"reason", words::reason_text(*result)}}));
}

Outcome sample(const Call& call) {
  const auto request = script::sample_request_from_json(call.message->arguments());
  if (!request.ok()) return request.error();
  const auto result = sampling::sample(request->config, request->steps);
  if (!result.ok()) return result.error();
  return script::sample_answer(*result);
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
