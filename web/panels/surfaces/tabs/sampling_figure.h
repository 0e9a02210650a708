// SPDX-License-Identifier: MIT
// SamplingFigure: two images over the surface's domain with one colour scale, the density of the visited points and
// Boltzmann's, the chains' present points on both, and the colour bar. The bar counts density: probability divided by
// area.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "web/panels/page/panel.h"

namespace descent::web {

class SamplingFigure {
 public:
  // draw() begins at the cursor and takes at most `room`; there must be a histogram.
  void draw(PanelContext& context, ImVec2 room);
  [[nodiscard]] ImVec2 size() const { return size_; }  // as drawn last
  // The height of an image in that room, in points.
  [[nodiscard]] static float image_height(const sampling::SamplerSnapshot& sampled, ImVec2 room);

 private:
  // The pixels were made of what is Seen.
  struct Seen {
    std::uint64_t version = 0, samples = 0;
    std::int64_t step = -1;
    double temperature = -1;
    int bins = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
    [[nodiscard]] bool same_density(const Seen& other) const {
      return version == other.version && temperature == other.temperature && bins == other.bins;
    }
  };
  void update(const sampling::SamplerSnapshot& sampled);
  void draw_image(PanelContext& context, std::string_view label, std::string_view title,
                  const std::vector<float>& density, const ImRect& box) const;
  void draw_readout(const PanelContext& context, const ImRect& box) const;
  void draw_bar(const ImRect& box) const;

  Seen seen_;
  double updated_at_ = 0;  // ImGui time
  std::uint64_t pixels_version_ = 0;
  std::vector<float> visited_, exact_;  // (bins, bins) densities, row 0 on top
  double high_ = 1;                     // of the scale
  ImVec2 size_{};
};

}  // namespace descent::web
