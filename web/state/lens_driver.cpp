// SPDX-License-Identifier: MIT
#include "web/state/lens_driver.h"

#include <algorithm>
#include <utility>

#include "web/state/matrix_choice.h"

namespace descent::web {
namespace {

training::LensWish wish_of(const UiState& ui, const nn::NetworkSpec& network) {
  training::LensWish wish;
  const LookedAtDigit& digit = ui.lens.digit;
  wish.test_index = digit.test_index;
  wish.image.resize(digit.image.size());
  std::transform(digit.image.begin(), digit.image.end(), wish.image.begin(),
                 [](std::uint8_t byte) { return static_cast<float>(byte) / 255; });
  if (ui.lens.name == kWeightsLens) {
    const MatrixChoice choice = choose_matrix(network, ui.lens.matrix);
    wish.spectra = true;
    if (choice.shown() != nullptr) wish.matrix = choice.shown()->weight.parameter;
    wish.rank = ui.lens.rank;
  }
  return wish;
}

// What goes on while nobody looks: the digit and the answer to it.
training::LensWish unseen(training::LensWish wish) {
  wish.spectra = false;
  wish.matrix.clear();
  wish.rank = 0;
  return wish;
}

// What the lens that is open shows beyond the digit itself.
void add_gradients(const NetworkPin& pin, training::LensWish& wish) {
  wish.deltas = true;
  wish.jacobian = pin.kind == PinKind::pixel;
  if (pin.kind == PinKind::unit) wish.unit = training::UnitPlace{pin.layer, pin.position};
  if (pin.kind == PinKind::weight) wish.weight = training::WeightPlace{pin.parameter, pin.index};
}

}  // namespace

// Nothing is computed for lenses that nobody sees: in the other workspace the digit stays and all else ends.
void LensDriver::follow(const UiState& ui, Host& host) {
  const bool seen = ui.workspace == kNetworkWorkspace;
  if (!seen && !asked_) return;
  if (asked_ && !host.trainer().settled()) return;
  training::LensWish wish =
      seen ? wish_of(ui, host.snapshots().of<training::Trainer>().config.network) : unseen(*asked_);
  if (seen && ui.lens.name == kGradientsLens) add_gradients(ui.lens.pin, wish);
  if (asked_ == wish) return;
  asked_ = wish;
  host.trainer().post([wish = std::move(wish)](training::Trainer& trainer) { trainer.look(wish); });
}

}  // namespace descent::web
