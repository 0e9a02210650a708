// SPDX-License-Identifier: MIT
// Cross-entropy of very many rows of logits, as curves over all ranks need them: exponentials in single precision by a
// polynomial, many at a time, where kernels/softmax.h asks the C library for one in double.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace descent::inspect {

struct RowResult {
  double loss = 0;           // summed over the rows
  std::int64_t correct = 0;  // rows whose first largest logit is the label's
};

// logits: (labels.size(), classes), rows `leading` apart; labels below `classes`. Each row's loss is off by at most
// 1e-6; NaN when a logit is NaN or infinite. scratch: of the caller, so that nothing is allocated.
[[nodiscard]] RowResult row_losses(int classes, int leading, const float* logits, std::span<const std::uint16_t> labels,
                                   std::vector<float>& scratch);

}  // namespace descent::inspect
