// SPDX-License-Identifier: MIT
// The list of lenses.
#include "web/panels/network/lenses/lens_catalog.h"

#include <array>

#include "web/panels/network/lenses/gradients/gradients_lens.h"
#include "web/panels/network/lenses/predictions/predictions_lens.h"
#include "web/panels/network/lenses/training_lens.h"
#include "web/panels/network/lenses/weights/weights_lens.h"

namespace descent::web {
namespace {

constexpr std::array kLenses{
    LensEntry{{"training", "η  Training", "How loss and accuracy change while the network learns.", make_training_lens},
              SymbolSubject::rate},
    LensEntry{{kGradientsLens, "∇  Gradients",
               "What every layer makes of the digit, and how the mistake flows back through all of them.",
               make_gradients_lens},
              SymbolSubject::gradient},
    LensEntry{{kWeightsLens, "w  Weights",
               "What one matrix of weights looks like, which directions it stretches, and what is left of the network "
               "when it is cut to a lower rank.",
               make_weights_lens},
              SymbolSubject::weights},
    LensEntry{
        {kPredictionsLens, "p  Predictions",
         "How probable each class is for the network, which classes it takes for which, and whether it is as sure as it "
         "may be.",
         make_predictions_lens},
        SymbolSubject::probability},
};

}  // namespace

std::span<const LensEntry> network_lenses() {
  return kLenses;
}

}  // namespace descent::web
