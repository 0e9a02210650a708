// SPDX-License-Identifier: MIT
// descent.network: back along the run, branches of it, and the runs of the visit.
#include "engine/core/rng.h"
#include "engine/io/json_reader.h"
#include "engine/script/runs_json.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

using training::Trainer;

Outcome named_outcome(const Call& call, const core::Status& status) {
  if (!status.ok()) return named(call, status.message());
  return Answer{};
}

Outcome seek(Trainer& trainer, const Call& call) {
  std::int64_t step = 0;
  io::JsonReader reader(*call.arguments, "network.seek");
  reader.require({"step"});
  reader.read("step", step, std::int64_t{0}, training::kMaxTrainSteps);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return named_outcome(call, trainer.seek(step));
}

Outcome branch(Trainer& trainer, const Call& call) {
  const auto request = script::branch_request_from(*call.arguments, trainer);
  if (!request.ok()) return request.error();
  return named_outcome(call, trainer.branch(request->step, request->config));
}

// {id, on}
Outcome keep(Trainer& trainer, const Call& call) {
  std::uint64_t id = 0;
  bool on = true;
  io::JsonReader reader(*call.arguments, "network.keep");
  reader.require({"id"});
  reader.read("id", id, std::uint64_t{0}, core::kMaxSeed);
  reader.read("on", on);
  if (!reader.status().ok()) return reader.status().error();
  return named_outcome(call, trainer.keep_run(id, on));
}

// {id}
Outcome remove(Trainer& trainer, const Call& call) {
  std::uint64_t id = 0;
  io::JsonReader reader(*call.arguments, "network.remove");
  reader.require({"id"});
  reader.read("id", id, std::uint64_t{0}, core::kMaxSeed);
  if (!reader.status().ok()) return reader.status().error();
  return named_outcome(call, trainer.remove_run(id));
}

constexpr Method kMethods[] = {
    {"network.seek", on_trainer<seek>},
    {"network.branch", on_trainer<branch>},
    {"network.keep", on_trainer<keep>},
    {"network.remove", on_trainer<remove>},
};

}  // namespace

std::span<const Method> run_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
