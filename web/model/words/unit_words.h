// SPDX-License-Identifier: MIT
// A pinned unit in words: what its value is made of, and what its share of the blame is made of.
#pragma once

#include <string>
#include <vector>

#include "engine/training/lens.h"
#include "web/model/words/pin_lines.h"

namespace descent::web {

inline constexpr std::size_t kNamedTerms = 5;

// All of these want an inspection with a unit whose layer has_layer().
// "Convolution, row 4, column 7, channel 12: z = 0.83"
[[nodiscard]] std::string unit_title(const training::Inspection& seen);
[[nodiscard]] std::vector<PinLine> unit_forward(const training::Inspection& seen);
[[nodiscard]] std::vector<PinLine> unit_backward(const training::Inspection& seen);
// weighs_inputs() says whether the unit adds up weighted inputs, so that its terms are a picture worth seeing.
[[nodiscard]] bool weighs_inputs(const training::Inspection& seen);

}  // namespace descent::web
