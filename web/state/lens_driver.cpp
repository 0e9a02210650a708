// SPDX-License-Identifier: MIT
#include "web/state/lens_driver.h"

#include <algorithm>
#include <utility>

namespace descent::web {
namespace {

training::LensWish wish_of(const UiState& ui) {
  training::LensWish wish;
  const LookedAtDigit& digit = ui.lens.digit;
  wish.test_index = digit.test_index;
  wish.image.resize(digit.image.size());
  std::transform(digit.image.begin(), digit.image.end(), wish.image.begin(),
                 [](std::uint8_t byte) { return static_cast<float>(byte) / 255; });
  return wish;
}

}  // namespace

// Nothing is computed for lenses that nobody sees: in the other workspace the wish stays as it was.
void LensDriver::follow(const UiState& ui, Host& host) {
  if (ui.workspace != kNetworkWorkspace) return;
  if (asked_ && !host.trainer().settled()) return;
  training::LensWish wish = wish_of(ui);
  if (asked_ == wish) return;
  asked_ = wish;
  host.trainer().post([wish = std::move(wish)](training::Trainer& trainer) { trainer.look(wish); });
}

}  // namespace descent::web
