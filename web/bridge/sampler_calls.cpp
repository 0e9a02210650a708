// SPDX-License-Identifier: MIT
// descent.sampler: commands for the visible chains. Each opens their tab, and is answered when its effect stands in the
// snapshot.
#include "engine/core/fill.h"
#include "engine/io/json_reader.h"
#include "engine/script/sampler_json.h"
#include "web/bridge/call.h"
#include "web/state/redraw.h"
#include "web/state/sampling_json.h"
#include "web/state/strip_tabs.h"

namespace descent::web::bridge {
namespace {

using sampling::Sampler;

// The worker has the tab's settings before what comes next.
void show_chains(Context& context) {
  context.ui.workspace = kSurfacesWorkspace;
  context.ui.strip.tab = kSamplingTab;
  context.actions.follow_state();
  request_redraw();
}

// The answer is the sentence with which the sampler refused, if it did.
void answer(Context& context, const Call& call) {
  run_on<Sampler>(context.host.sampler(), call.id, [](Sampler& sampler) {
    const core::Status& last = sampler.last_command();
    return last.ok() ? Outcome(Answer{}) : Outcome(core::Error{core::fill("sampler: {}", last.message())});
  });
}

void configure(Context& context, const Call& call) {
  SamplingSettings settings = context.ui.sampling;
  io::JsonReader reader(*call.arguments, "sampler.configure");
  read_sampling(reader, settings);
  if (!reader.status().ok())
    return settle(call.id, core::Error{core::fill("sampler.configure: {}", reader.status().message())});
  context.ui.sampling = settings;
  show_chains(context);
  answer(context, call);
}

template <bool runs>
void run(Context& context, const Call& call) {
  context.ui.sampling_runs = runs;
  show_chains(context);
  answer(context, call);
}

void step(Context& context, const Call& call) {
  std::int64_t n = 1;
  io::JsonReader reader(*call.arguments, "sampler.step");
  reader.read("n", n, std::int64_t{1}, sampling::kMaxSamples / context.ui.sampling.chains);
  reader.refuse_others();
  if (!reader.status().ok())
    return settle(call.id, core::Error{core::fill("sampler.step: {}", reader.status().message())});
  context.ui.sampling_runs = false;
  show_chains(context);
  context.host.sampler().post([n](Sampler& sampler) { sampler.step(n); });
  answer(context, call);
}

void reset(Context& context, const Call& call) {
  context.ui.sampling_runs = false;
  show_chains(context);
  context.host.sampler().post([](Sampler& sampler) { sampler.reset(); });
  answer(context, call);
}

constexpr Method kMethods[] = {
    {"sampler.configure", configure}, {"sampler.play", run<true>}, {"sampler.pause", run<false>},
    {"sampler.step", step},           {"sampler.reset", reset},
};

constexpr Query kQueries[] = {
    {"sampler_status",
     [](Context& context, const io::JsonValue&) -> QueryAnswer {
       return script::sampler_status_json(context.host.snapshot<sampling::Sampler>());
     }},
};

}  // namespace

std::span<const Method> sampler_methods() {
  return kMethods;
}
std::span<const Query> sampler_queries() {
  return kQueries;
}

}  // namespace descent::web::bridge
