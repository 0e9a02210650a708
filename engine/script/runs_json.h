// SPDX-License-Identifier: MIT
// The network's runs and the checkpoints of the present one as JSON, and what a branch is asked for with.
#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/training/trainer.h"

namespace descent::script {

// [{step, epoch, loss}], ascending
[[nodiscard]] std::string checkpoints_json(const training::TrainerSnapshot& snapshot);
// [{id, title, present, kept, state, step, dataset, branched: {run, step}, config, history}], the present run last
[[nodiscard]] std::string runs_json(const training::TrainerSnapshot& snapshot);

struct BranchRequest {
  std::int64_t step = 0;
  training::TrainerConfig config;
};
// {step, optimizer, hyperparameters, schedule, schedule_parameters, batch_size, epochs}: what is absent is as it was
// at that step.
[[nodiscard]] core::Result<BranchRequest> branch_request_from(const io::JsonValue& value,
                                                              const training::Trainer& trainer);

}  // namespace descent::script
