// SPDX-License-Identifier: MIT
// Finds which tensor of a file of weights is which parameter of a network. The network's own names come first, then the
// same names behind one prefix ("module.", "net.", "_orig_mod."), then layers by their shapes, whatever they are called
// and in whatever order they lie; several of one shape go by the numbers in their names. Where that leaves not exactly
// one way, the answer is a sentence with what is wanted and what was found.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/io/safetensors.h"
#include "engine/nn/network.h"

namespace descent::training {

struct WeightMatch {
  std::vector<const io::TensorView*> tensors;  // in the order of `wanted`
  // The note says how other names were read and what was left out: "conv1 is layer 0, …". Empty when names are the
  // network's own.
  std::string note;
};

// Tensors of the optimizer ("optimizer.…") and of the run ("descent.run") are not looked at. Left out are counters and
// the like: whole numbers, single numbers, `num_batches_tracked`. Any other tensor that finds no place is a reason to
// refuse: it belongs to a layer that this network has not. `what` names the file.
[[nodiscard]] core::Result<WeightMatch> match_weights(const io::Safetensors& file,
                                                      std::span<const nn::ParameterInfo> wanted,
                                                      const std::string& what);

// "[64, 32, 3, 3]"
[[nodiscard]] std::string shape_text(std::span<const std::int64_t> shape);

// "tensor 'fc.weight' has shape [10, 8]; this network needs [10, 16]"
[[nodiscard]] std::string wrong_shape(const io::TensorView& tensor, std::span<const std::int64_t> wanted);

inline constexpr std::string_view kOptimizerPrefix = "optimizer.";
inline constexpr std::string_view kRecordTensor = "descent.run";  // RunRecord::numbers()

}  // namespace descent::training
