// SPDX-License-Identifier: MIT
// MapFigure: the heat map of an optimizer with its axes and colour bar, the marks on it and the pointer's
// read-out.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/model/plots/survey_colors.h"
#include "web/panels/page/panel.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"

namespace descent::web {

class MapFigure {
 public:
  // Draws from the cursor on, in at most `room`; the caller has seen to a selected runner with two axes.
  void draw(PanelContext& context, ImVec2 room);
  [[nodiscard]] float width() const { return width_; }  // with axes and colour bar, as drawn last
  [[nodiscard]] const std::string& caption() const { return caption_; }

 private:
  void colour(const PanelContext& context);
  void draw_axes(const PanelContext& context) const;
  void draw_bar() const;
  // x, y: the present pair.
  void draw_marks(const PanelContext& context, double x, double y) const;
  void draw_readout(const PanelContext& context, double x, double y) const;
  [[nodiscard]] bool point(const PanelContext& context, const widgets::Item& item, double& x, double& y) const;

  widgets::PlotFigure figure_;
  HeatScale scale_;
  std::string caption_;
  float width_ = 0;
  std::vector<std::uint32_t> pixels_;
  std::uint64_t seen_version_ = 0, seen_progress_ = 0, pixels_version_ = 0;
  Theme seen_theme_ = Theme::dark;
  std::optional<double> seen_lowest_;
};

}  // namespace descent::web
