// SPDX-License-Identifier: MIT
// The tabs under the curves: first-layer filters, activations of one digit through every layer, draw a digit.
#pragma once

#include <vector>

#include "web/panels/panel.h"

namespace descent::web {

class NetworkTabsPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // A layer's channels side by side in one picture, refilled when the inspection changes.
  struct Mosaic {
    std::uint64_t version = 0;
    int columns = 1, rows = 1;
    int width = 0, height = 0;  // of the whole picture in pixels, a gap of one between maps
    float low = 0, high = 0;
    std::vector<float> pixels;
  };

  void draw_filters(PanelContext& context);
  void draw_activations(PanelContext& context);
  void draw_layer(PanelContext& context, std::size_t index, float height);
  void draw_source(PanelContext& context, float height);

  Mosaic filters_;
  std::vector<Mosaic> layers_;
};

// The drawing pad with the network's probabilities beside it (network_draw.cpp).
void draw_pad(PanelContext& context);

// Ten horizontal bars, one a digit; the largest in the accent colour. probabilities: (10), or empty.
void draw_probabilities(std::span<const float> probabilities, int label, float width, float height);

}  // namespace descent::web
