// SPDX-License-Identifier: MIT
// Says in sentences what there is to say of a sampler's chains, from the facts of its snapshot, for the page and for
// scripts alike.
#pragma once

#include <string>

#include "engine/sampling/sampler.h"

namespace descent::words {

// A sentence without its full stop: how many chains were lost and what keeps them; empty where none was.
[[nodiscard]] std::string lost_text(const sampling::SamplerSnapshot& sampled);

}  // namespace descent::words
