// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/spectrum_figure.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/words/number_format.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using inspect::MarchenkoPastur;
using inspect::Spectrum;

constexpr float kHistory = 116;     // height of the plot, points
constexpr float kCombTooth = 3;     // the teeth of the comb stand at least so far apart, points
constexpr std::size_t kFewest = 2;  // values that make a curve

const Spectrum* find(const training::SpectraPoint& point, std::string_view parameter) {
  for (const Spectrum& spectrum : point.spectra)
    if (spectrum.parameter == parameter) return &spectrum;
  return nullptr;
}

// The law of random numbers with the variance of these weights, whose mean is about 0.
MarchenkoPastur law_of(const Spectrum& first) {
  const double count = static_cast<double>(first.rows) * static_cast<double>(first.columns);
  return {first.rows, first.columns, first.frobenius * first.frobenius / count};
}

void figure(std::string_view label, double value, std::string_view help) {
  widgets::readout(label, display_number(value, 4));
  widgets::tooltip(help);
}

void caption(std::string_view name, const std::string& text) {
  widgets::note(text);
  annotate_item(name, "text", {}, text);
}

}  // namespace

const Spectrum* newest_spectrum(const training::MatrixView& view, std::string_view parameter) {
  return view.history.empty() ? nullptr : find(view.history.back(), parameter);
}

void SpectrumFigure::refill(const training::MatrixView& view, const std::string& parameter) {
  if (version_ == view.version && parameter_ == parameter) return;
  version_ = view.version;
  parameter_ = parameter;
  first_.reset();
  newest_.reset();
  steps_.clear();
  effective_.clear();
  for (const training::SpectraPoint& point : view.history) {
    const Spectrum* spectrum = find(point, parameter);
    if (spectrum == nullptr) continue;
    if (!first_) first_ = *spectrum;
    newest_ = *spectrum;
    steps_.push_back(static_cast<double>(point.step));
    effective_.push_back(spectrum->effective_rank);
  }
  order_.clear();
  if (newest_)
    for (std::size_t i = 0; i < newest_->singular_values.size(); ++i) order_.push_back(static_cast<double>(i + 1));
}

void SpectrumFigure::draw_values(PanelContext& context, float height) {
  const widgets::Palette& p = widgets::palette();
  const ImU32 color = widgets::runner_color(0);
  const MarchenkoPastur law = law_of(*first_);
  const std::array<widgets::PlotSeries, 2> series{{
      {.label = "first weights",
       .color = p.text_faint,
       .y = first_->singular_values,
       .x = order_,
       .ends_in_marker = false},
      {.label = "now", .color = color, .y = newest_->singular_values, .x = order_, .ends_in_marker = false},
  }};
  const double top = std::max({first_->spectral, newest_->spectral, law.upper, 1e-30});
  const widgets::DrawnPlot drawn = widgets::plot({.id = "singular values",
                                                  .title = "Singular values",
                                                  .x_label = "i",
                                                  .y_label = "σ",
                                                  .y_minimum = 0,
                                                  .y_maximum = std::isfinite(top) ? 1.05 * top : 1,
                                                  .empty_text = "",
                                                  .height = height},
                                                 series);
  if (!drawn.item.visible) return;
  const widgets::PlotFigure& at = drawn.figure;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(at.box.Min, at.box.Max, true);
  list->AddRectFilled(ImVec2(at.box.Min.x, at.py(law.upper)), ImVec2(at.box.Max.x, at.py(law.lower)),
                      widgets::with_alpha(p.text_muted, 0.12f));
  for (const double edge : {law.lower, law.upper})
    list->AddLine(ImVec2(at.box.Min.x, at.py(edge)), ImVec2(at.box.Max.x, at.py(edge)),
                  widgets::with_alpha(p.text_muted, 0.6f));
  if (at.box.GetWidth() >= kCombTooth * static_cast<float>(order_.size()))
    for (std::size_t i = 0; i < order_.size() && at.shown(newest_->singular_values[i]); ++i)
      list->AddLine(ImVec2(at.px(order_[i]), at.box.Max.y),
                    ImVec2(at.px(order_[i]), at.py(newest_->singular_values[i])), widgets::with_alpha(color, 0.45f));
  const int rank = context.ui.lens.rank;
  if (rank > 0 && rank < static_cast<int>(order_.size()))
    list->AddLine(ImVec2(at.px(rank + 0.5), at.box.Min.y), ImVec2(at.px(rank + 0.5), at.box.Max.y), p.accent, 1.5f);
  list->PopClipRect();
}

void SpectrumFigure::draw_figures() const {
  const Spectrum& now = *newest_;
  figure("Effective rank", now.effective_rank,
         "e to the entropy of σ / Σσ: over how many directions the matrix spreads, from 1 to the number of singular "
         "values.");
  figure("Spectral norm", now.spectral, "σ₁, the largest singular value: no input is stretched by more.");
  figure("Frobenius norm", now.frobenius, "√Σσ², which is the root of the sum of all squared weights.");
  figure("Condition number", now.condition,
         "The largest singular value by the smallest: how unequally directions are stretched; ∞ where one is lost.");
}

void SpectrumFigure::draw_history(std::int64_t first_weights_seed) {
  const widgets::PlotSeries series{.label = "effective rank",
                                   .color = widgets::runner_color(1),
                                   .y = effective_,
                                   .x = steps_,
                                   .markers = true,
                                   .ends_in_marker = false};
  widgets::plot({.id = "effective rank history",
                 .title = "Effective rank over the run",
                 .x_label = "step",
                 .empty_text = "",
                 .height = kHistory,
                 .legend = false},
                std::span(&series, 1));
  caption("history caption",
          core::fill("Measured at {} while this lens was open, beside the first weights of seed {}; straight "
                     "lines between.",
                     core::counted(steps_.empty() ? 0 : steps_.size() - 1, "moment"), first_weights_seed));
}

void SpectrumFigure::draw(PanelContext& context, const nn::WeightOutline& weight, float height) {
  refill(context.trainer.matrices, weight.parameter);
  if (!newest_ || first_->singular_values.size() != newest_->singular_values.size()) return;
  if (order_.size() >= kFewest) draw_values(context, height);
  const MarchenkoPastur law = law_of(*first_);
  const auto above = std::count_if(newest_->singular_values.begin(), newest_->singular_values.end(),
                                   [&](double sigma) { return sigma > law.upper; });
  caption("spectrum caption",
          core::fill("{} of {} singular values stand above the band. Between {} and {} lie those of a large matrix of "
                     "independent random numbers with the first weights' variance (Marchenko–Pastur); a small one "
                     "strays a little.",
                     above, order_.size(), display_number(law.lower, 3), display_number(law.upper, 3)));
  draw_figures();
  draw_history(static_cast<std::int64_t>(context.trainer.config.seed));
}

}  // namespace descent::web
