// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/distribution_figure.h"

#include <imgui.h>

#include <array>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr int kBins = 60;

}  // namespace

void DistributionFigure::draw(PanelContext& context, const nn::WeightOutline& weight, float height) {
  const training::MatrixView& view = context.trainer.matrices;
  if (view.parameter != weight.parameter || view.values.empty()) return;
  if (version_ != view.version) {
    version_ = view.version;
    law_ = nn::law_of(view.initialization);
    figures_ = weight_figures(view.values);
    const double reach = reach_of(figures_, law_);
    now_ = histogram(view.values, reach, kBins);
    first_ = law_curve(law_, reach);
  }
  const std::string_view scheme = scheme_title(view.initialization.scheme);
  const std::array<widgets::PlotSeries, 2> series{{
      {.label = "now", .color = widgets::runner_color(0), .y = now_.y, .x = now_.x, .ends_in_marker = false},
      {.label = scheme,
       .color = widgets::palette().text_muted,
       .y = first_.y,
       .x = first_.x,
       .dashed = true,
       .ends_in_marker = false},
  }};
  widgets::plot({.id = "weights distribution",
                 .title = "Distribution",
                 .x_label = "weight",
                 .y_label = "density",
                 .empty_text = "",
                 .height = height},
                series);
  widgets::readout("Standard deviation", display_number(figures_.deviation, 4));
  widgets::tooltip("Of all elements of this matrix, now.");
  widgets::readout("By the first law", display_number(law_.deviation(), 4));
  widgets::tooltip(law_words(view.initialization));
  const std::string text = core::fill("All {} elements in {} bins, and the law that the first ones were drawn from: {}",
                                      core::grouped(weight.size()), kBins, law_words(view.initialization));
  widgets::note(text);
  annotate_item("distribution caption", "text", {}, text);
}

}  // namespace descent::web
