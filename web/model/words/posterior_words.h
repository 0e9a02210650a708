// SPDX-License-Identifier: MIT
// Says what networks that vote make of a digit, in sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/training/posterior_answer.h"

namespace descent::web {

// A share of one in percent, to a tenth however large it is: 99.8 % is not sure yet.
[[nodiscard]] std::string share_text(double share);

// class_sentence() says what each of the answers makes of class k:
// "Class 7: the network 99.1 %, the mean 97.2 %, 981 of 1,000 votes; MALA 96.8 %."
[[nodiscard]] std::string class_sentence(const training::PosteriorsShown& shown, std::int32_t label, std::size_t k);

// "Weight decay 3.1e-5 is the same prior." With precision 0: and that it is as wide as the weights.
[[nodiscard]] std::string prior_sentence(const training::PosteriorAnswer& answer, bool own);

// total_sentence() says what the mean answer leaves open; of a check also both parts and the share of proposals taken.
[[nodiscard]] std::string total_sentence(const training::PosteriorAnswer& answer);
[[nodiscard]] std::string within_sentence(const inspect::Votes& votes);
[[nodiscard]] std::string between_sentence(const inspect::Votes& votes);

// posterior_caption() says what is left out: which weights, what shape, which images; and how long it took.
[[nodiscard]] std::string posterior_caption(const training::PosteriorAnswer& answer);

}  // namespace descent::web
