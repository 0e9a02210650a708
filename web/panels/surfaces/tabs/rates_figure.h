// SPDX-License-Identifier: MIT
// RatesFigure: the sweep of learning rates as a figure. A curve for each optimizer, its present rate as its marker on
// it, its stability bound as a dashed line, where runs begin to diverge as a cross at the upper edge. A press (and a
// drag) sets the learning rate there: of the curve under the pointer, else of the selected optimizer.
#pragma once

#include <vector>

#include "engine/race/runner_names.h"
#include "engine/survey/tuning.h"
#include "web/model/plots/rate_curves.h"
#include "web/panels/page/panel.h"
#include "web/widgets/plot.h"

namespace descent::web {

class RatesFigure {
 public:
  // Takes what is left of the region. legend: names of the optimizers above the curves.
  void draw(PanelContext& context, bool legend);

 private:
  // A runner of the race on its curve of the sweep.
  struct Entry {
    int runner = 0;
    const survey::RateCurve* curve = nullptr;
    std::vector<double> y;  // (count)
    bool first = false;     // of the runners that share this curve
    double rate = 0;        // at present
    ImU32 color = 0;
    race::RunnerName name;
    std::string title;  // its short form
  };

  // A BoundPlace is the place of a run whose curvature a bound goes with.
  enum class BoundPlace { start, end };

  void gather(const PanelContext& context, const RateAxis& axis);
  void choose_range(double start);
  [[nodiscard]] widgets::DrawnPlot draw_plot(const PanelContext& context, const RateAxis& axis, bool legend) const;
  void draw_marks(const PanelContext& context, const widgets::PlotFigure& figure, const RateAxis& axis) const;
  [[nodiscard]] const Entry* entry_of(int runner) const;
  void draw_bounds(const PanelContext& context, const widgets::PlotFigure& figure) const;
  void draw_bound(const widgets::PlotFigure& figure, const Entry& entry, double bound, BoundPlace place,
                  bool named) const;
  void draw_cliffs(const widgets::PlotFigure& figure, const Entry& entry) const;
  void draw_present(const PanelContext& context, const widgets::PlotFigure& figure, const Entry& entry) const;
  [[nodiscard]] int runner_under(const PanelContext& context, const widgets::PlotFigure& figure, ImVec2 pointer) const;
  void draw_readout(const widgets::PlotFigure& figure, double rate, int runner) const;
  void point(PanelContext& context, const widgets::DrawnPlot& plot);

  const survey::RateSweepSnapshot* sweep_ = nullptr;
  std::vector<Entry> entries_;
  RateRange range_{survey::kTuningMin, survey::kTuningMax};  // of the last sweep that was complete
  int held_ = -1;                                            // the runner whose rate is being dragged
};

}  // namespace descent::web
