// SPDX-License-Identifier: MIT
// Checks what is said of chains, from facts made up here.
#include "engine/words/chain_words.h"

#include <doctest/doctest.h>

using namespace descent;

TEST_CASE("lost chains are counted and helped; of chains that are all there nothing is said") {
  sampling::SamplerSnapshot sampled;
  sampled.config.chains = 10000;
  sampled.config.learning_rate = 0.3;
  CHECK(words::lost_text(sampled).empty());
  sampled.lost = 1234;
  CHECK(words::lost_text(sampled) ==
        "1,234 of 10,000 chains left the surface at learning rate 0.3; a smaller rate, or MALA, keeps them");
}
