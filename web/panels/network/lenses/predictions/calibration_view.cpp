// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/predictions/calibration_view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/words/prediction_words.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kWidestPlot = 620, kLeastPlot = 180, kMostPlot = 420, kCaptions = 120;

void caption(std::string_view name, const std::string& text) {
  widgets::note(text);
  annotate_item(name, "text", {}, text);
}

}  // namespace

void CalibrationView::take(const std::vector<inspect::CalibrationBin>& bins, Points& points) {
  points.confidence.clear();
  points.accuracy.clear();
  for (const inspect::CalibrationBin& bin : bins) {
    if (bin.count == 0) continue;
    points.confidence.push_back(bin.confidence);
    points.accuracy.push_back(bin.accuracy);
  }
}

void CalibrationView::draw(const training::AnswerView& view) {
  const inspect::Calibration& found = view.calibration;
  caption("calibration", calibration_sentence(found));
  take(found.judged_bins, plain_);
  take(found.fitted_bins, fitted_);
  const std::array<double, 2> ends{0, 1};
  const std::string fitted = core::fill("temperature {}", core::short_number(found.fitted_temperature));
  const std::array series{widgets::PlotSeries{.label = "as sure as right",
                                              .color = widgets::palette().text_faint,
                                              .y = ends,
                                              .x = ends,
                                              .dashed = true,
                                              .ends_in_marker = false},
                          widgets::PlotSeries{.label = "temperature 1",
                                              .color = widgets::runner_color(1),
                                              .y = plain_.accuracy,
                                              .x = plain_.confidence,
                                              .markers = true,
                                              .ends_in_marker = false},
                          widgets::PlotSeries{.label = fitted,
                                              .color = widgets::runner_color(2),
                                              .y = fitted_.accuracy,
                                              .x = fitted_.confidence,
                                              .markers = true,
                                              .ends_in_marker = false}};
  ImGui::PushItemWidth(std::min(ImGui::GetContentRegionAvail().x, kWidestPlot));
  widgets::plot({.id = "reliability",
                 .title = "How often it is right, by how sure it is",
                 .x_label = "largest probability",
                 .x_minimum = 0,
                 .x_maximum = 1,
                 .y_minimum = 0,
                 .y_maximum = 1,
                 .empty_text = "One test image is too few.",
                 .height = std::clamp(ImGui::GetContentRegionAvail().y - kCaptions, kLeastPlot, kMostPlot)},
                series);
  ImGui::PopItemWidth();
  caption("fitted temperature", temperature_sentence(found));
  caption("answers caption", answers_caption(view));
}

}  // namespace descent::web
