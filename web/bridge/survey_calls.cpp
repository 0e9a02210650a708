// SPDX-License-Identifier: MIT
// descent.sweep(), heatmap() and basins(), and race.tune(): surveys of a surface on the surveyor's threads. The next
// call of the same kind takes the place of one under way; `ticket` names a call that its caller may withdraw.
#include "engine/core/fill.h"
#include "engine/io/json_reader.h"
#include "engine/script/runner_fields.h"
#include "engine/script/survey_json.h"
#include "engine/survey/tuning.h"
#include "web/bridge/call.h"
#include "web/commands/race_tuning.h"

namespace descent::web::bridge {
namespace {

using survey::Surveyor;

// A survey's arguments are {ticket, arguments}, as the page's own JavaScript sends them.
struct Ticket {
  std::int64_t number = 0;
  const io::JsonValue* arguments = nullptr;
};

Ticket ticket_of(const Call& call) {
  static const io::JsonValue kNothing = io::JsonValue::object();
  Ticket ticket;
  io::JsonReader reader(*call.arguments, call.message->method());
  reader.read("ticket", ticket.number, std::int64_t{0}, io::kMaxSafeInteger);
  ticket.arguments = call.arguments->find("arguments");
  if (ticket.arguments == nullptr) ticket.arguments = &kNothing;
  return ticket;
}

// Reads the request on the surveyor's thread, where parsing a formula delays no frame, and hands it over.
template <class Job, auto read_request>
void survey(Context& context, const Call& call) {
  context.host.surveyor().post([call, present = context.ui.race](Surveyor& surveyor) {
    const Ticket ticket = ticket_of(call);
    const auto request = read_request(*ticket.arguments, present);
    if (!request.ok()) return settle(call.id, request.error());
    surveyor.ask(*request, ticket.number, [call](const core::Status& status, const Job& job) {
      if (!status.ok()) return settle(call.id, named(call, status.message()));
      settle(call.id, script::answer_of(job.result()));
    });
  });
}

void cancel(Context& context, const Call& call) {
  context.host.surveyor().post([call](Surveyor& surveyor) {
    surveyor.withdraw(ticket_of(call).number);
    settle(call.id, Answer{});
  });
}

void tune_call(Context& context, const Call& call) {
  const Ticket ticket = ticket_of(call);
  std::int64_t budget = 0;
  io::JsonReader reader(*ticket.arguments, "race.tune");
  reader.read("budget", budget, std::int64_t{1}, survey::kMaxSweepSteps);
  reader.refuse_others();
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  tune_race(context.host, budget, ticket.number, [call](const core::Result<race::TuningReport>& report) {
    if (!report.ok()) return settle(call.id, named(call, report.message()));
    settle(call.id, Answer{io::write_json(script::tuning_to_json(*report))});
  });
}

constexpr Method kMethods[] = {
    {"sweep", survey<survey::RateSweep, script::sweep_request_from>},
    {"heatmap", survey<survey::HeatMap, script::heat_map_request_from>},
    {"basins", survey<survey::BasinMap, script::basin_request_from>},
    {"survey.cancel", cancel},
    {"race.tune", tune_call},
};

}  // namespace

std::span<const Method> survey_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
