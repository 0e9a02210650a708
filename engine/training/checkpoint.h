// SPDX-License-Identifier: MIT
// Checkpoint: weights and the optimizer's memory as safetensors. Weights carry the names and layouts of the equal
// torch.nn.Sequential; the optimizer's memory stands under "optimizer.<slot>.<parameter>" in the same layout, scalars
// under "optimizer.<slot>"; step, epoch, position, seed, configuration and what the outputs stand for are metadata.
// Reading takes weights of other programs too (weight_match.h), and checks everything before it hands anything out:
// names, shapes, finite values, numbers in the metadata.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/training/run_record.h"

namespace descent::training {

struct RunPosition {
  std::int64_t step = 0;
  std::int64_t epoch = 0;
  std::int64_t position = 0;  // training images of this epoch done
  std::int64_t train_count = 0;
  std::uint64_t seed = 1;
  std::int64_t optimizer_since = 0;  // the step at which the optimizer's memory was empty
};

struct Checkpoint {
  std::vector<float> parameters;  // in the arena's order
  // The optimizer's memory, span after span of state(), each in the arena's order; empty together with
  // `has_optimizer` = false when the file has none that fits.
  bool has_optimizer = false;
  std::vector<float> optimizer_state;
  RunPosition run;                  // only with has_optimizer or a record
  std::optional<RunRecord> record;  // of this very network and optimizer
  std::string note;  // a sentence when something was left out or read in another way than it is written here
};

// record: RunRecord::numbers(), or nothing.
[[nodiscard]] std::vector<std::uint8_t> write_checkpoint(const nn::Network<float>& network,
                                                         optim::Optimizer<float>* optimizer, const RunPosition& run,
                                                         const std::string& dataset, const std::string& config_json,
                                                         std::span<const std::int32_t> class_labels,
                                                         const std::vector<double>& record);

// `name`: the file's, where it has one, for messages.
[[nodiscard]] core::Result<Checkpoint> read_checkpoint(std::span<const std::uint8_t> bytes,
                                                       const nn::Network<float>& network,
                                                       optim::Optimizer<float>& optimizer, std::string_view name = {});

// safetensors of an arena of gradients, loss in the metadata.
[[nodiscard]] std::vector<std::uint8_t> write_gradients(const nn::Network<float>& network,
                                                        std::span<const float> gradients, double loss);

}  // namespace descent::training
