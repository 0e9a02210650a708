// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/rank_figure.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "engine/core/fill.h"
#include "web/model/network/rank_words.h"
#include "web/model/words/number_format.h"
#include "web/panels/network/lenses/weights/spectrum_figure.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

void caption(std::string_view name, const std::string& text) {
  widgets::note(text);
  annotate_item(name, "text", {}, text);
}

// The state says 0 where the matrix is whole, so that it stays whole when another one is chosen.
void draw_slider(PanelContext& context, int ranks) {
  const core::ParamSpec spec{.name = "rank",
                             .default_value = static_cast<double>(ranks),
                             .minimum = 1,
                             .maximum = static_cast<double>(ranks),
                             .doc =
                                 "The digit is read with this matrix replaced by its nearest one of that rank: its "
                                 "largest singular values alone, the rest set to 0.",
                             .kind = core::ParamKind::integer};
  int& rank = context.ui.lens.rank;
  double value = rank > 0 ? std::min(rank, ranks) : ranks;
  if (widgets::param_slider("weights", spec, value))
    rank = static_cast<int>(value) < ranks ? static_cast<int>(value) : 0;
}

}  // namespace

void RankFigure::draw_curve(PanelContext& context, const training::RankView* study, float height) {
  const std::vector<double> nothing;
  const std::vector<double>& accuracy = study != nullptr ? study->curve.accuracy : nothing;
  order_.resize(accuracy.size());
  for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<double>(i + 1);
  const widgets::PlotSeries series{.label = "test accuracy",
                                   .color = widgets::runner_color(1),
                                   .y = accuracy,
                                   .x = order_,
                                   .markers = true,
                                   .ends_in_marker = false};
  const widgets::DrawnPlot drawn = widgets::plot({.id = "accuracy by rank",
                                                  .title = "Test accuracy by rank",
                                                  .x_label = "rank",
                                                  .share = true,
                                                  .empty_text = "Measured when you press the button.",
                                                  .height = height,
                                                  .legend = false},
                                                 std::span(&series, 1));
  const int rank = context.ui.lens.rank;
  if (!drawn.item.visible || rank <= 0 || rank > static_cast<int>(order_.size())) return;
  const widgets::PlotFigure& at = drawn.figure;
  ImGui::GetWindowDrawList()->AddLine(ImVec2(at.px(rank), at.box.Min.y), ImVec2(at.px(rank), at.box.Max.y),
                                      widgets::palette().accent, 1.5f);
}

void RankFigure::draw(PanelContext& context, const nn::WeightOutline& weight, float height) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const auto ranks = static_cast<int>(std::min(weight.rows(), weight.columns()));
  if (ranks < 2) return;
  widgets::section_title("Rank");
  draw_slider(context, ranks);
  const int rank = context.ui.lens.rank;
  if (const std::string text = cut_reading(trainer, rank, ranks); !text.empty()) caption("cut reading", text);
  if (const inspect::Spectrum* spectrum = newest_spectrum(trainer.matrices, weight.parameter); spectrum != nullptr) {
    widgets::readout("Kept of Σσ²", percent(kept_share(spectrum->singular_values, rank), 1));
    widgets::tooltip("Σ of the kept σ² by Σ of all: the share of the squared weights that the cut matrix still has.");
  }
  const training::RankView* study = nullptr;
  if (trainer.matrices.ranks && trainer.matrices.ranks->parameter == weight.parameter) study = &*trainer.matrices.ranks;
  const bool under_way = study != nullptr && study->under_way;
  if (widgets::button("Measure every rank", widgets::Icon::none,
                      "Reads all test images with the matrix cut to each rank, with the weights of now. Training goes "
                      "on meanwhile.",
                      trainer.test_count > 0 && !under_way))
    context.commands.study_ranks(weight.parameter);
  if (under_way)
    widgets::progress_bar(
        static_cast<double>(study->images_done) / static_cast<double>(study->images),
        core::fill("{} of {} images", core::grouped(study->images_done), core::grouped(study->images)));
  draw_curve(context, study, height);
  if (study != nullptr) caption("rank caption", study_words(*study, rank));
}

}  // namespace descent::web
