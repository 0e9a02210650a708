// SPDX-License-Identifier: MIT
#include "web/panels/network/curves.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/words/kept_run_words.h"
#include "web/model/words/curve_marks.h"
#include "web/model/words/number_format.h"
#include "web/panels/network/run_bar.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"
#include "web/widgets/plot_curve.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kSmoothingWidth = 260, kSmoothingRoom = 220;  // below that height the curves have it all
constexpr double kOneMark = 0.01;  // of the curve: changes of a setting closer together are one mark

constexpr core::ParamSpec kSmoothing{
    .name = "smoothing",
    .default_value = 0.6,
    .minimum = 0,
    .maximum = kMostSmoothing,
    .scale = core::ParamScale::linear,
    .doc =
        "The weight of what came before in the moving average that is drawn over the training batches' curves; 0 draws "
        "the curves as measured, which otherwise stay behind it, pale. As in TensorBoard it is exponential and freed of "
        "its bias at the beginning (Kingma and Ba, 2015), of the loss in its logarithm. Test figures are never smoothed.",
    .slider_minimum = 0,
    .slider_maximum = kMostSmoothing};

// The loss is averaged on the scale on which it is drawn: one batch of a loss of a million says no more there than one
// of a millionth.
void smooth_logarithms(const std::vector<double>& y, double weight, std::vector<double>& out) {
  std::vector<double> logarithms(y.size());
  std::transform(y.begin(), y.end(), logarithms.begin(), [](double value) { return std::log(value); });
  smoothed(logarithms, weight, out);
  std::transform(out.begin(), out.end(), out.begin(), [](double value) { return std::exp(value); });
}

}  // namespace

void NetworkCurves::refill(Columns& columns, const std::vector<training::CurvePoint>& curve) {
  columns.epoch.clear();
  columns.loss.clear();
  columns.accuracy.clear();
  for (const training::CurvePoint& point : curve) {
    columns.epoch.push_back(point.epoch);
    columns.loss.push_back(point.loss);
    columns.accuracy.push_back(point.accuracy);
  }
}

void NetworkCurves::smooth(const Columns& columns, double weight, Columns& out) {
  smooth_logarithms(columns.loss, weight, out.loss);
  smoothed(columns.accuracy, weight, out.accuracy);
}

void NetworkCurves::refresh_kept(const PanelContext& context) {
  const double weight = context.ui.lens.smoothing;
  std::vector<KeptCurve> former = std::exchange(kept_, {});
  for (const auto& run : context.trainer.kept_runs) {
    if (!run_shown(context, run->id)) continue;
    const auto same = std::find_if(former.begin(), former.end(),
                                   [&](const KeptCurve& one) { return one.run == run && one.weight == weight; });
    KeptCurve& curve = kept_.emplace_back(same != former.end() ? std::move(*same) : KeptCurve{run, {}, weight, {}});
    curve.name = words::title(*run, context.trainer);
    if (same != former.end()) continue;
    refill(curve.train, run->train_curve);
    if (weight > 0) smooth(Columns(curve.train), weight, curve.train);
  }
}

// The loss of the training batches alone, as a line without axes, on a logarithmic scale.
void NetworkCurves::draw_line(const PanelContext& context) {
  const std::string last = train_.loss.empty() ? std::string() : core::short_number(train_.loss.back());
  const widgets::Item item = widgets::place_item("network loss", ImVec2(context.width, context.height), "plot",
                                                 static_cast<double>(train_.loss.size()), last);
  if (!item.visible) return;
  widgets::tooltip("The loss of the training batches, on a logarithmic scale. The lens Training shows all curves.");
  ImDrawList* list = ImGui::GetWindowDrawList();
  const widgets::Palette& p = widgets::palette();
  widgets::push_font(widgets::Font::small);
  const float line = ImGui::GetTextLineHeight();
  const float middle = item.box.Min.y + line / 2;
  widgets::draw_text(list, ImVec2(item.box.Min.x, middle), item.box.Max.x, p.text_muted, core::fill("Loss {}", last));
  widgets::pop_font();
  list->AddLine(ImVec2(item.box.Min.x, item.box.Max.y - 0.5f), ImVec2(item.box.Max.x, item.box.Max.y - 0.5f),
                p.separator);
  std::vector<ImVec2> points;
  double low = 1e300, high = 0;
  for (const double loss : train_.loss)
    if (loss > 0 && std::isfinite(loss)) low = std::min(low, loss), high = std::max(high, loss);
  if (!(high > low)) return;
  const double last_epoch = std::max(train_.epoch.back(), 1e-9);
  const ImRect box(item.box.Min.x, item.box.Min.y + line + 4, item.box.Max.x, item.box.Max.y - 2);
  for (std::size_t i = 0; i < train_.loss.size(); ++i) {
    if (!(train_.loss[i] > 0) || !std::isfinite(train_.loss[i])) {
      widgets::draw_line(list, std::exchange(points, {}), widgets::runner_color(0), 1.5f);
      continue;
    }
    const auto share = static_cast<float>(std::log(train_.loss[i] / low) / std::log(high / low));
    points.emplace_back(box.Min.x + box.GetWidth() * static_cast<float>(train_.epoch[i] / last_epoch),
                        box.Max.y - box.GetHeight() * share);
  }
  widgets::draw_line(list, points, widgets::runner_color(0), 1.5f);
}

// Guessing among n classes is right once in n times, and a network that gives each the same probability has a loss of
// ln n: what lies there has learned nothing.
void NetworkCurves::draw_plot(const PanelContext& context, CurveSize size, bool accuracy) {
  const auto column = [accuracy](const Columns& columns) -> const std::vector<double>& {
    return accuracy ? columns.accuracy : columns.loss;
  };
  std::vector<widgets::PlotSeries> series{
      {.label = "training",
       .color = widgets::runner_color(0),
       .y = column(train_),
       .x = train_.epoch,
       .smooth = column(smooth_)},
      {.label = "test", .color = widgets::runner_color(1), .y = column(test_), .x = test_.epoch, .markers = true},
  };
  for (const KeptCurve& kept : kept_)
    series.push_back(
        {.label = kept.name, .color = run_color(kept.run->id), .y = column(kept.train), .x = kept.train.epoch});
  const bool small = size == CurveSize::small;
  const std::vector<PlotMark> marks = curve_marks(context.trainer.curve_changes, context.trainer.config.optimizer,
                                                  train_.epoch.empty() ? 0 : kOneMark * train_.epoch.back());
  const auto classes = static_cast<double>(context.trainer.class_labels.size());
  const std::string chance = accuracy ? core::fill("chance {} %", display_number(100 / classes, 3))
                                      : core::fill("chance {}", display_number(std::log(classes), 3));
  widgets::PlotOptions options{.id = accuracy ? "network accuracy" : "network loss",
                               .title = accuracy ? "Accuracy" : "Loss",
                               .x_label = small ? "" : "epoch",
                               .log_y = !accuracy,
                               .marks = marks,
                               .share = accuracy,
                               .empty_text = small ? "" : "Press Train to see it learn.",
                               .legend = !accuracy || !small};
  if (!small) options.y_label = accuracy ? "fine near 100 %" : "cross-entropy, log";
  if (classes > 1)
    options.level = {accuracy ? 1 / classes : std::log(classes), chance, widgets::palette().text_faint, true};
  widgets::plot(options, series);
}

// The slider has a line of its own above the large curves.
void NetworkCurves::draw_smoothing(PanelContext& context) {
  ImGui::PushItemWidth(std::min(kSmoothingWidth, context.width));
  widgets::param_slider("curves", kSmoothing, context.ui.lens.smoothing);
  ImGui::PopItemWidth();
}

void NetworkCurves::draw(PanelContext& context, CurveSize size) {
  refill(train_, context.trainer.train_curve);
  refill(test_, context.trainer.test_curve);
  if (size == CurveSize::tiny) return draw_line(context);
  const float top = ImGui::GetCursorPosY();
  if (size == CurveSize::large && context.height >= kSmoothingRoom) draw_smoothing(context);
  const float height = context.height - (ImGui::GetCursorPosY() - top);
  if (context.ui.lens.smoothing > 0)
    smooth(train_, context.ui.lens.smoothing, smooth_);
  else
    smooth_ = {};
  if (size == CurveSize::large) refresh_kept(context);
  const bool small = size == CurveSize::small;
  const bool stacked = context.width < (small ? 300 : 640);
  const float gap = small ? widgets::kGrid : 2 * widgets::kGrid;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  const ImVec2 box = stacked ? ImVec2(context.width, (height - gap) / 2) : ImVec2((context.width - gap) / 2, height);
  ImGui::BeginChild("loss", box);
  draw_plot(context, size, false);
  ImGui::EndChild();
  if (!stacked) ImGui::SameLine();
  ImGui::BeginChild("accuracy", box);
  draw_plot(context, size, true);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace descent::web
