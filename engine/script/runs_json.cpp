// SPDX-License-Identifier: MIT
#include "engine/script/runs_json.h"

#include <utility>

#include "engine/core/fill.h"
#include "engine/io/json_reader.h"
#include "engine/script/config_fields.h"
#include "engine/script/config_json.h"
#include "engine/script/curves_json.h"
#include "engine/words/kept_run_words.h"

namespace descent::script {

using io::JsonValue;

namespace {

JsonValue run_json(const training::KeptRun& run, std::string title, bool present) {
  const auto& from = run.branched;
  return JsonValue::object(
      {{"id", run.id},
       {"title", std::move(title)},
       {"present", present},
       {"kept", run.pinned},
       {"state", to_string(run.state)},
       {"step", run.step},
       {"dataset", run.dataset},
       {"branched", from ? JsonValue::object({{"run", from->run}, {"step", from->step}}) : JsonValue()},
       {"config", to_json(run.config)},
       {"history", history_json(run.train_curve, run.test_curve, run.changes, run.config.optimizer)}});
}

}  // namespace

std::string checkpoints_json(const training::TrainerSnapshot& snapshot) {
  JsonValue list = JsonValue::array();
  for (const training::CheckpointPoint& point : snapshot.checkpoints)
    list.push_back(JsonValue::object({{"step", point.step}, {"epoch", point.epoch}, {"loss", point.loss}}));
  return io::write_json(list);
}

std::string runs_json(const training::TrainerSnapshot& snapshot) {
  JsonValue list = JsonValue::array();
  for (const auto& run : snapshot.kept_runs) list.push_back(run_json(*run, words::title(*run, snapshot), false));
  const training::KeptRun present{.id = snapshot.run,
                                  .config = snapshot.config,
                                  .dataset = snapshot.dataset,
                                  .state = snapshot.state,
                                  .step = snapshot.step,
                                  .train_curve = snapshot.train_curve,
                                  .test_curve = snapshot.test_curve,
                                  .changes = snapshot.curve_changes,
                                  .branched = snapshot.branched,
                                  .pinned = snapshot.pinned};
  list.push_back(run_json(present, core::fill("Run {}", present.id), true));
  return io::write_json(list);
}

core::Result<BranchRequest> branch_request_from(const JsonValue& value, const training::Trainer& trainer) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  BranchRequest request;
  io::JsonReader reader(value, "network.branch");
  reader.require({"step"});
  reader.read("step", request.step, std::int64_t{0}, training::kMaxTrainSteps);
  training::TrainerConfig& config = request.config = trainer.config_at(request.step);
  read_optimizer(reader, config.optimizer, config.hyperparameters);
  reader.read("batch_size", config.batch_size, 1, nn::kMaxBatch);
  reader.read("epochs", config.epochs, 1, training::kMaxEpochs);
  read_schedule(reader, config.schedule, config.schedule_parameters);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

}  // namespace descent::script
