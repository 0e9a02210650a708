// SPDX-License-Identifier: MIT
#include "engine/words/chain_words.h"

#include <cstdint>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::words {

std::string lost_text(const sampling::SamplerSnapshot& sampled) {
  if (sampled.lost == 0) return {};
  return core::fill("{} of {} chains left the surface at learning rate {}; a smaller rate, or MALA, keeps them",
                    core::grouped(static_cast<std::int64_t>(sampled.lost)), core::grouped(sampled.config.chains),
                    core::short_number(sampled.config.learning_rate));
}

}  // namespace descent::words
