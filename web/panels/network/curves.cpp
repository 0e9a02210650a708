// SPDX-License-Identifier: MIT
#include "web/panels/network/curves.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"

namespace descent::web {

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
    if (!(train_.loss[i] > 0) || !std::isfinite(train_.loss[i])) continue;
    const auto share = static_cast<float>(std::log(train_.loss[i] / low) / std::log(high / low));
    points.emplace_back(box.Min.x + box.GetWidth() * static_cast<float>(train_.epoch[i] / last_epoch),
                        box.Max.y - box.GetHeight() * share);
  }
  list->AddPolyline(points.data(), static_cast<int>(points.size()), widgets::runner_color(0), ImDrawFlags_None, 1.5f);
}

void NetworkCurves::draw(PanelContext& context, CurveSize size) {
  refill(train_, context.trainer.train_curve);
  refill(test_, context.trainer.test_curve);
  if (size == CurveSize::tiny) return draw_line(context);
  const ImU32 train_color = widgets::runner_color(0);
  const ImU32 test_color = widgets::runner_color(1);
  const std::array<widgets::PlotSeries, 2> loss{{
      {.label = "training", .color = train_color, .y = train_.loss, .x = train_.epoch},
      {.label = "test", .color = test_color, .y = test_.loss, .x = test_.epoch, .markers = true},
  }};
  const std::array<widgets::PlotSeries, 2> accuracy{{
      {.label = "training", .color = train_color, .y = train_.accuracy, .x = train_.epoch},
      {.label = "test", .color = test_color, .y = test_.accuracy, .x = test_.epoch, .markers = true},
  }};
  const bool small = size == CurveSize::small;
  const bool stacked = context.width < (small ? 300 : 640);
  const float gap = small ? widgets::kGrid : 2 * widgets::kGrid;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  const ImVec2 box =
      stacked ? ImVec2(context.width, (context.height - gap) / 2) : ImVec2((context.width - gap) / 2, context.height);
  const char* hint = small ? "" : "Press Train to see it learn.";
  ImGui::BeginChild("loss", box);
  widgets::plot({.id = "network loss",
                 .title = "Loss",
                 .x_label = small ? "" : "epoch",
                 .y_label = small ? "" : "cross-entropy, log",
                 .log_y = true,
                 .empty_text = hint},
                loss);
  ImGui::EndChild();
  if (!stacked) ImGui::SameLine();
  ImGui::BeginChild("accuracy", box);
  widgets::plot({.id = "network accuracy",
                 .title = "Accuracy",
                 .x_label = small ? "" : "epoch",
                 .y_label = small ? "" : "fine near 100 %",
                 .share = true,
                 .empty_text = hint,
                 .legend = !small},
                accuracy);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace descent::web
