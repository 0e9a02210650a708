// SPDX-License-Identifier: MIT
// The elements of a matrix as one picture, each row in the shape of what it reads; to be hovered, and to pin a weight
// on. Where the cells are small, one row stands below, enlarged: that of the pinned weight.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "web/model/network/weight_grid.h"
#include "web/panels/page/panel.h"
#include "web/widgets/arrow_keys.h"

namespace descent::web {

class WeightPicture {
 public:
  // It is as wide as the room; `height` points of it at most are the picture of the whole matrix.
  void draw(PanelContext& context, const nn::WeightOutline& weight, float height);

 private:
  struct Picture {
    WeightGrid grid;
    std::uint64_t version = 0;   // of the matrix' values in the pixels
    std::uint64_t uploaded = 0;  // changes with the pixels
    std::vector<float> pixels;
    float cell = 0;  // points
  };

  void refill(Picture& picture, const WeightGrid& grid, const training::MatrixView& view);
  void draw_picture(PanelContext& context, Picture& picture, std::string_view name, float width, float height);
  void follow_keys(PanelContext& context, const WeightGrid& grid, widgets::ArrowSteps steps) const;
  void pin(PanelContext& context, std::int64_t index) const;
  [[nodiscard]] std::optional<std::int64_t> pinned(const PanelContext& context) const;
  [[nodiscard]] std::string caption(std::int64_t enlarged) const;

  nn::WeightOutline weight_;
  float width_ = 0, height_ = 0;  // that the layout was made for
  WeightGrid layout_;
  Picture whole_, row_;
  float most_ = 0;  // the scale: the largest absolute value
};

}  // namespace descent::web
