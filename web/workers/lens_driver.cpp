// SPDX-License-Identifier: MIT
#include "web/workers/lens_driver.h"

#include <algorithm>
#include <utility>

#include "engine/data/dataset.h"
#include "web/state/matrix_choice.h"

namespace descent::web {
namespace {

training::LensWish digit_wish(const LookedAtDigit& digit) {
  training::LensWish wish;
  wish.test_index = digit.test_index;
  wish.label = digit.own() ? digit.label : -1;
  wish.image.resize(digit.image.size());
  std::transform(digit.image.begin(), digit.image.end(), wish.image.begin(),
                 [](std::uint8_t byte) { return static_cast<float>(byte) / 255; });
  return wish;
}

void add_gradients(const NetworkLens& lens, training::LensWish& wish) {
  const NetworkPin& pin = lens.pin;
  wish.deltas = true;
  wish.jacobian = pin.kind == PinKind::pixel;
  if (wish.jacobian && lens.ink != 0) {
    wish.pixel = pin.position[0] * data::kDigitSize + pin.position[1];
    wish.ink = lens.ink;
  }
  if (pin.kind == PinKind::unit) wish.unit = training::UnitPlace{pin.layer, pin.position};
  if (pin.kind == PinKind::weight) wish.weight = training::WeightPlace{pin.parameter, pin.index};
}

void add_matrix(const NetworkLens& lens, const nn::NetworkSpec& network, training::LensWish& wish) {
  const MatrixChoice choice = choose_matrix(network, lens.matrix);
  const MatrixEntry* entry = lens.view == WeightsView::convolution ? digit_filters(choice) : choice.shown();
  if (entry != nullptr) wish.matrix = entry->weight.parameter;
  wish.spectra = lens.view == WeightsView::spectrum;
  if (wish.spectra) wish.rank = lens.rank;
  if (lens.view != WeightsView::product || entry == nullptr || entry->type != "dense") return;
  wish.product = true;
  wish.unit = training::UnitPlace{entry->layer, {0, 0, pinned_row(lens.pin, *entry)}};
}

}  // namespace

// Nothing is computed for lenses that nobody sees: in the other workspace only the digit and its answer are left.
void LensDriver::follow(const UiState& ui, Host& host) {
  const bool seen = ui.workspace == kNetworkWorkspace;
  if (!seen && !asked_) return;
  if (asked_ && !host.trainer().settled()) return;
  training::LensWish wish = digit_wish(ui.lens.digit);
  wish.rates = seen;
  const PredictionsView view = ui.lens.predictions;
  if (seen && ui.lens.name == kPredictionsLens) {
    wish.answers = view == PredictionsView::confusion || view == PredictionsView::calibration;
    if (view == PredictionsView::posterior) wish.posterior = training::PosteriorWish{ui.lens.precision, ui.lens.mala};
  }
  if (seen && ui.lens.name == kGradientsLens) add_gradients(ui.lens, wish);
  if (seen && ui.lens.name == kWeightsLens)
    add_matrix(ui.lens, host.snapshots().of<training::Trainer>().config.network, wish);
  if (asked_ == wish) return;
  asked_ = wish;
  host.trainer().post([wish = std::move(wish)](training::Trainer& trainer) { trainer.look(wish); });
}

}  // namespace descent::web
