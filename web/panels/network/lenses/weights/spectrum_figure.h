// SPDX-License-Identifier: MIT
// The singular values of a matrix, now and before training, with what they say and how it changed over the run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/nn/outline.h"
#include "web/panels/page/panel.h"

namespace descent::web {

// The newest spectrum of that matrix; nullptr while there is none.
[[nodiscard]] const inspect::Spectrum* newest_spectrum(const training::MatrixView& view, std::string_view parameter);

class SpectrumFigure {
 public:
  // It is as wide as the room; `height` points of it are the plot of the singular values. The rank that the matrix is
  // cut to is marked there.
  void draw(PanelContext& context, const nn::WeightOutline& weight, float height);

 private:
  void refill(const training::MatrixView& view, const std::string& parameter);
  void draw_values(PanelContext& context, float height);
  void draw_figures() const;
  void draw_history(std::int64_t first_weights_seed);

  std::uint64_t version_ = 0;
  std::string parameter_;
  std::optional<inspect::Spectrum> first_, newest_;
  std::vector<double> order_;              // 1, 2, … beside the singular values
  std::vector<double> steps_, effective_;  // of the history's points
};

}  // namespace descent::web
